"""Whether an objection came in time, as a sum that a person can follow (Awb 6:7 to 6:9, 6:11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import deadlines
from casework.deadline_words import format_day, sum_of
from casework.models import EquatedDay
from objections.admin.excuses import Excuse, list_excuses
from objections.models import Objection

WEEKS = 6
"""The term to object in weeks (Awb 6:7)."""


@dataclass(frozen=True)
class InTime:
    """The lines of the sum, the conclusion, whether that is favourable, and the possible excuses."""

    lines: list[str]
    verdict: str
    is_good: bool
    excuses: Sequence[Excuse] = ()


def in_time(objection: Objection) -> InTime:
    """Announced + six weeks = last day; day of receipt and, for post, the postmark and the extra week."""
    lines = [last_day(objection), _("Received on %(day)s") % {"day": format_day(objection.came_in_on)}]
    if objection.posted_on:
        lines.append(describe_posting(objection))
    excuses = () if objection.is_in_time else list_excuses(objection)
    is_good = objection.is_in_time or bool(objection.excused)
    return InTime(lines, describe_timeliness(objection), is_good, excuses)


def last_day(objection: Objection) -> str:
    """The sum of the term to object, which does not run before the decision's letter is posted."""
    if objection.decision.made_known_on is None:
        return _("The letter of the decision is still to be posted: the term to object has not begun.")
    announced = objection.decision.announced_on
    parts = [
        _("decision announced on %(day)s") % {"day": format_day(announced)},
        _("%(weeks)s weeks") % {"weeks": WEEKS},
    ]
    words = sum_of(parts, raw=announced + timedelta(weeks=WEEKS), due=objection.object_until)
    return _("Last day to object: %(sum)s") % {"sum": words}


def describe_posting(objection: Objection) -> str:
    """The postmark, and the last day of receipt for what was posted in time."""
    limit = deadlines.postal_limit(objection.object_until, calendar=EquatedDay.calendar())
    words = _("Postmark of %(day)s; what was posted in time may come in until %(limit)s")
    return words % {"day": format_day(objection.posted_on or objection.came_in_on), "limit": format_day(limit)}


def describe_timeliness(objection: Objection) -> str:
    """Whether it came in time or how many days late, and the judgement about that."""
    if objection.is_in_time:
        return _("It came in time.")
    late = (objection.came_in_on - objection.object_until).days
    days = ngettext("It came %(days)s day too late", "It came %(days)s days too late", late) % {"days": late}
    if objection.excused is None:
        return _("%(late)s: judge whether that is excused (Awb 6:11).") % {"late": days}
    if objection.excused:
        return _("%(late)s, and that is excused: %(why)s") % {"late": days, "why": objection.excused_because}
    return _("%(late)s, and that is not excused: %(why)s") % {"late": days, "why": objection.excused_because}
