"""Letters by post: who wants them, and noting at the desk that they went on a day."""

from datetime import date

from accounts.models import User
from casework import clock
from casework.models import AwbCase, Letter
from casework.shared_steps import to_post
from exemptions.models import Applicant, ChannelChoice


def choose_post(applicant: Applicant, *, by: User) -> Applicant:
    """Wants letters by post from now on."""
    about = {"text_version": clock.today(), "text": "Per post."}
    ChannelChoice.objects.create(applicant=applicant, electronic=False, chosen_by=by, **about)
    return applicant


def post(case: AwbCase, *kinds: str, by: User, on: date | None = None) -> None:
    """Of these kinds, or all that wait, today or on a day."""
    waiting = Letter.objects.filter(pk__in=to_post(case).values("letter"))
    chosen = waiting.filter(kind__in=kinds) if kinds else waiting
    case.post_letters(by=by, letters=list(chosen), posted_on=on or clock.today())  # type: ignore[attr-defined]
