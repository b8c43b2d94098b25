"""Putting a case aside until a day: it leaves its caseworker's lists, while the term to decide goes on.

The case comes back by itself on that day, or as soon as anything happens in its dossier.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.current_policy import CurrentPolicy
from casework.deadline_words import format_day
from casework.models import Deadline, Snooze
from casework.steps import Button, StepRefused, person, shared_step

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import AwbCase


def find_snooze(case: "AwbCase") -> Snooze | None:
    """The running snooze of a case; None if it is not put aside."""
    running = Snooze.objects.of(case).running(today=clock.today())
    return running.select_related("by").first()


def find_last_day(case: "AwbCase") -> date:
    """The last day until which the case can be put aside, leaving a margin before each of our own terms ends."""
    policy = CurrentPolicy.on(clock.today())
    margin = timedelta(days=policy.number("snooze_margin_days"))
    ours = case.dossier.deadlines.open().filter(case_type=case.CASE_TYPE, case_id=case.pk)
    terms = ours.filter(kind__in=(case.DECIDES, Deadline.Kind.SET_ASIDE)).values_list("due", flat=True)
    return min([clock.today() + timedelta(days=policy.number("snooze_most_days")), *(due - margin for due in terms)])


def explain_hindrance(case: "AwbCase") -> str:
    """Why the case cannot be put aside until any day; empty if it can."""
    if find_last_day(case) > clock.today():
        return ""
    return gettext("The last day is too near, or has passed: this case cannot be put aside.")


@shared_step(
    records=("until",),
    done=_("Put aside"),
    button=Button(
        _("Put aside until a day"),
        _(
            "The case leaves your lists and comes back by itself on that day, or at once when something new comes in "
            "or a colleague does something with it. The term to decide goes on meanwhile."
        ),
        rare=True,
    ),
)
def snooze(case: "AwbCase", *, by: "User | None", until: date) -> None:
    """Put the case aside until a future day, well before the last day to decide."""
    if why := explain_hindrance(case):
        raise StepRefused(why)
    if until <= clock.today():
        raise StepRefused(gettext("Choose a day that is still to come."), field="until")
    if until > (last := find_last_day(case)):
        said = gettext("Until %(day)s at the latest: the term to decide goes on.")
        raise StepRefused(said % {"day": format_day(last)}, field="until")
    known = case.dossier.events.aggregate(last=Max("pk"))["last"] or 0
    about = {"dossier": case.dossier, "by": person(by), "at": clock.now(), "until": until, "last_event": known}
    Snooze.objects.update_or_create(case_type=case.CASE_TYPE, case_id=case.pk, defaults=about)


@shared_step(
    conditions=[lambda case: find_snooze(case) is not None],
    done=_("Taken back to the lists"),
    button=Button(_("Take it back to my lists"), _("It is put aside no longer."), rare=True),
)
def wake(case: "AwbCase", *, by: "User | None") -> None:
    """Return a case that was put aside to the worklists."""
    Snooze.objects.of(case).delete()


def own_only(permission: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """A permission limited to the assigned colleague."""
    return lambda case, user: case.assigned_to_id == user.pk and permission(case, user)
