"""What a grant gives less than was asked: that part is a rejection, and needs its own reasons (Awb 3:46, 4:7)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from casework import clock
from casework.deadline_words import format_day
from exemptions.doubts import last_day_of

if TYPE_CHECKING:
    from exemptions.models.application import Application
    from exemptions.models.decision import Decision


@dataclass(frozen=True)
class Shortfall:
    """From when until when it was asked, where it is granted from a later day or until an earlier one; else None."""

    asked_from: date | None = None
    asked_until: date | None = None

    def __bool__(self) -> bool:
        return bool(self.asked_from or self.asked_until)


def find_shortfall(application: "Application", *, starts_on: date, ends_on: date) -> Shortfall:
    """What is missing of what was asked.

    Who named no last day asks for it as long as possible: as long as the kind, the vehicle and the answers make it.
    Days that passed while we decided cannot be granted any more.
    """
    first = max(application.wanted_from or clock.today(), clock.today())
    last = application.wanted_until or last_day_of(application, starts_on=starts_on).usual(starts_on=starts_on)
    return Shortfall(
        asked_from=first if starts_on > first else None, asked_until=last if last and ends_on < last else None
    )


def tell_shortfall(decision: "Decision | None") -> str:
    """The sentences of the letter: what was asked, what is given; empty where nothing is missing."""
    if decision is None or not decision.in_part or decision.starts_on is None or decision.ends_on is None:
        return ""
    missing = find_shortfall(decision.application, starts_on=decision.starts_on, ends_on=decision.ends_on)
    days = {
        "asked_from": missing.asked_from and format_day(missing.asked_from),
        "asked_until": missing.asked_until and format_day(missing.asked_until),
        "first": format_day(decision.starts_on),
        "last": format_day(decision.ends_on),
    }
    told = [
        _("You asked for the exemption from %(asked_from)s. It applies from %(first)s.") if missing.asked_from else "",
        tell_asked_end(decision) if missing.asked_until else "",
        _("So we reject part of your application. This is why:"),
    ]
    return " ".join(filter(None, told)) % days


def tell_asked_end(decision: "Decision") -> str:
    """Who named no last day asked for the longest term that can be."""
    if decision.application.wanted_until:
        return _("You asked for the exemption until %(asked_until)s. It applies until %(last)s.")
    return _(
        "You asked for the exemption for as long as possible. That is until %(asked_until)s. It applies until %(last)s."
    )
