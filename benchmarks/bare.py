"""The product with bare views next to it, as a baseline for the time to the first byte."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from enforcement.models import EnforcementQuestion, MachineClient
from zesportal import urls


def bare(_request: HttpRequest) -> HttpResponse:
    """Django's cost of a page that does nothing, through the same server and middleware."""
    return HttpResponse("bare")


def bare_row(_request: HttpRequest) -> HttpResponse:
    """The same, writing one row: the cost of any view that must leave one for each request."""
    machine = pick_machine()
    EnforcementQuestion.objects.create(machine=machine, purpose=machine.purpose, zone="GM0344", plates=[b"bare"])
    return HttpResponse("bare")


def bare_session(request: HttpRequest) -> HttpResponse:
    """The same for a logged-in user: the cost of any page that must know who asks."""
    return HttpResponse(f"bare for {request.user}")


@cache
def pick_machine() -> MachineClient:
    """The program recorded as the one that asked."""
    return MachineClient.objects.all()[0]


urlpatterns = [
    path("bare/", bare),
    path("bare-row/", bare_row),
    path("bare-session/", bare_session),
    path("", include("zesportal.urls")),
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
