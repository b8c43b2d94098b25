"""The product with one bare view beside it, which the time to the first byte of a page is set beside."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from zesportal import urls


def bare(_request: HttpRequest) -> HttpResponse:
    """What Django needs for a page that does nothing, through the same server and middleware."""
    return HttpResponse("bare")


urlpatterns = [path("bare/", bare), path("", include("zesportal.urls"))]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
