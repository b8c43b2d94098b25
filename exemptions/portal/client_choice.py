"""For users who act for several applicants: whose pages to show, chosen until they change it or log out.

The session has the primary key, which is checked against those for whom the user acts now: when a mandate ends, so
does the choice.
"""

from django.http import HttpRequest

from accounts.models import User
from exemptions.models import Applicant

KEPT = "chosen_applicant"


def find_chosen(request: HttpRequest) -> Applicant | None:
    """The chosen applicant; None for everybody for whom the user acts. One query if there is a choice."""
    kept = request.session.get(KEPT)
    if kept is None or not isinstance(request.user, User):
        return None
    chosen: Applicant | None = Applicant.objects.of(request.user).filter(pk=kept).first()
    if chosen is None:
        del request.session[KEPT]
    return chosen


def choose_applicant(request: HttpRequest, wanted: str) -> bool:
    """Choose one of those for whom the user acts, or none with an empty `wanted`; returns whether that succeeded."""
    if not wanted:
        request.session.pop(KEPT, None)
        return True
    own = list_choices(request)
    chosen = next((one for one in own if str(one.pk) == wanted), None)
    if chosen is not None:
        request.session[KEPT] = chosen.pk
    return chosen is not None


def list_choices(request: HttpRequest) -> list[Applicant]:
    """The applicants for whom the user acts now, in one query."""
    if not isinstance(request.user, User):
        return []
    return list(Applicant.objects.of(request.user).order_by("name", "pk"))
