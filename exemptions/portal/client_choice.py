"""For whom somebody who acts for several looks at their own pages: chosen once, until they leave it or log out.

Kept in the session as a key, and looked up anew among those for whom the user acts now: where a mandate ended, the
choice is gone with it.
"""

from django.http import HttpRequest

from accounts.models import User
from exemptions.models import Applicant

KEPT = "chosen_applicant"


def find_chosen(request: HttpRequest) -> Applicant | None:
    """Whose pages are shown; None for everybody for whom the user acts. One query where something was chosen."""
    kept = request.session.get(KEPT)
    if kept is None or not isinstance(request.user, User):
        return None
    chosen: Applicant | None = Applicant.objects.of(request.user).filter(pk=kept).first()
    if chosen is None:
        del request.session[KEPT]
    return chosen


def choose_applicant(request: HttpRequest, wanted: str) -> bool:
    """Choose one of those for whom the user acts, or with nothing leave the choice; whether that could be done."""
    if not wanted:
        request.session.pop(KEPT, None)
        return True
    own = list_choices(request)
    chosen = next((one for one in own if str(one.pk) == wanted), None)
    if chosen is not None:
        request.session[KEPT] = chosen.pk
    return chosen is not None


def list_choices(request: HttpRequest) -> list[Applicant]:
    """For whom the user acts now; one query."""
    if not isinstance(request.user, User):
        return []
    return list(Applicant.objects.of(request.user).order_by("name", "pk"))
