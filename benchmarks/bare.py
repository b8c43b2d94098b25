"""The product's URLs plus bare views: the baseline for the time to first byte."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from enforcement.models import EnforcementQuestion, MachineClient
from zesportal import urls


def bare(_request: HttpRequest) -> HttpResponse:
    """A page that does nothing: what Django, the middleware and the server cost."""
    return HttpResponse("bare")


def bare_row(_request: HttpRequest) -> HttpResponse:
    """Writes one row: what any view costs that must log each request."""
    machine = pick_machine()
    EnforcementQuestion.objects.create(machine=machine, purpose=machine.purpose, zone="GM0344", plates=[b"bare"])
    return HttpResponse("bare")


def bare_session(request: HttpRequest) -> HttpResponse:
    """Loads the session and the user: what any page costs that must know who is asking."""
    return HttpResponse(f"bare for {request.user}")


@cache
def pick_machine() -> MachineClient:
    """The program that the row is logged for."""
    return MachineClient.objects.all()[0]


urlpatterns = [
    path("bare/", bare),
    path("bare-row/", bare_row),
    path("bare-session/", bare_session),
    path("", include("zesportal.urls")),
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
