"""The progress of an application between receipt and decision, in three stages. Pure functions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.deadline_words import format_day
from exemptions.models import Application, Status
from exemptions.portal.progress import LABELS
from exemptions.steps.statuses import OPEN, WITH_APPLICANT


class Place(StrEnum):
    """Whether a stage is past, present or future."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True)
class Stage:
    """A stage with a short text below it; the last stage is done once it is reached."""

    label: str
    place: Place
    note: str = ""


def build_track(application: Application, *, usual_days: int | None, today: date) -> list[Stage]:
    """Receipt, handling and decision; empty for a draft, and for a day exemption, which is decided at once.

    `usual_days`: the days after receipt within which most applications of this kind are decided; None if unknown.
    """
    if application.received_at is None or (application.kind and application.kind.is_day):
        return []
    return list(_list_stages(application, usual_days=usual_days, today=today))


def _list_stages(application: Application, *, usual_days: int | None, today: date) -> Iterator[Stage]:
    status = Status(application.status)
    received = format_day(timezone.localdate(application.received_at))
    is_open, is_new = status in OPEN, status == Status.SUBMITTED
    yield Stage(_("Received"), Place.NOW if is_new else Place.DONE, received)
    handling = _("Waiting for you") if status in WITH_APPLICANT else _("Being handled")
    yield Stage(handling, Place.LATER if is_new else Place.NOW if is_open else Place.DONE)
    if not is_open:
        yield Stage(_("Decision"), Place.DONE, str(LABELS[status][0]))
        return
    usual = usual_day(application, usual_days)
    yield Stage(_("Decision"), Place.LATER, _describe_day(usual, last=application.decide_by, today=today))


def _describe_day(usual: date | None, *, last: date | None, today: date) -> str:
    """When to expect a decision: usually, or by law if that is earlier. Empty once that day has passed."""
    if usual and last and last < usual:
        return _("by %(day)s at the latest") % {"day": format_day(last)} if last >= today else ""
    return _("usually by %(day)s") % {"day": format_day(usual)} if usual and usual >= today else ""


def usual_day(application: Application, usual_days: int | None) -> date | None:
    """The day by which most applications received on the same day are decided; None if unknown."""
    if usual_days is None or application.received_at is None:
        return None
    return timezone.localdate(application.received_at) + timedelta(days=usual_days)


def describe_usual(application: Application, usual_days: int | None, *, today: date) -> str:
    """How long a decision usually takes, and whether this one takes longer; empty if unknown, or once decided."""
    usual = usual_day(application, usual_days)
    if usual is None or application.status not in OPEN:
        return ""
    words = _("Nine in ten applications for this exemption were decided within %(days)s days in the past year.")
    took = words % {"days": usual_days}
    return took if usual >= today else f"{took} {_('Yours takes longer than usual.')}"
