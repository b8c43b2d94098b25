"""What moves the term to decide on an objection (Awb 7:10), and what being late costs (7:14, 4:17)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import penalties, shared_steps
from casework.announcement import MADE_KNOWN, Sent
from casework.models import EquatedDay
from casework.steps import Button, StepRefused, step
from exemptions.steps.clock import refuse_far
from objections import reasons
from objections.steps.announcement import send_letter
from objections.steps.permissions import may_answer, may_decide, may_handle
from objections.steps.statuses import DECIDED, FILED, OPEN

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models import Objection


class Consent(TextChoices):
    """The bases for a further delay (Awb 7:10(4))."""

    ALL = "all", _("everyone concerned agrees")
    OBJECTOR = "objector", _("the objector agrees, and nobody else is harmed")
    PROCEDURE = "procedure", _("a rule of procedure in the law requires it")


@step(
    source=OPEN,
    target=None,
    permission=may_handle,
    conditions=[lambda o: o.adjourned_on is None and not waits_to_be_posted(o, "objection_adjourned")],
    records=(MADE_KNOWN,),
    done=_("Decision on the objection adjourned by six weeks"),
    told=_("We need more time to decide"),
    button=Button(
        _("Adjourn by six weeks"),
        _("Once, told before the term lapses (Awb 7:10, paragraph 3)."),
        sends_letter=True,
        rare=True,
    ),
)
def adjourn(objection: "Objection", *, by: "User | None", reason: str) -> Sent:
    """Adjourn the decision by six weeks, once, telling the objector before the term ends (Awb 7:10(3) and (5))."""
    refuse_late(objection)
    if objection.extended_to:
        raise StepRefused(gettext("A later day was agreed, or a court set one: six weeks more would not move it."))
    return send_letter(objection, "objection_adjourned", more={"explanation": reason})


@step(
    source=OPEN,
    target=None,
    permission=may_handle,
    conditions=[lambda o: o.delay_to_tell is None],
    records=("until", "consent", MADE_KNOWN),
    done=_("Decision on the objection delayed further"),
    told=_("We need more time to decide, as agreed"),
    button=Button(
        _("Delay further"),
        _("To a later day, with consent, told before the term lapses (Awb 7:10, paragraph 4)."),
        sends_letter=True,
        rare=True,
    ),
)
def delay_further(objection: "Objection", *, by: "User | None", until: date, consent: str, reason: str) -> Sent:
    """Adjourn further with consent, telling the objector before the term ends (Awb 7:10(4) and (5))."""
    refuse_late(objection)
    if consent not in Consent.values:
        raise StepRefused(gettext("Choose what the delay is based on (Awb 7:10, paragraph 4)."), field="consent")
    if objection.decide_by and until <= objection.decide_by:
        raise StepRefused(gettext("The new day is not later than the present one."), field="until")
    refuse_far(until, years=1, field="until")
    if EquatedDay.calendar().is_off(until):
        raise StepRefused(gettext("The last day is a weekend day or a holiday: choose a working day."), field="until")
    objection.delay_to_tell = until
    more = {"explanation": reason, "delayed_because": reasons.DELAYED[consent]}
    return send_letter(objection, "objection_delayed", more=more)


receive_default_notice = step(
    source=(*OPEN, *DECIDED),
    target=None,
    permission=may_answer,
    conditions=[lambda o: o.is_being_decided],
    records=("received_on",),
    done=_("Notice of default on the objection received"),
    told=_("Told us that we are late (notice of default)"),
    button=Button(
        _("Note a notice of default"),
        _("The objector tells us that we are late: two weeks later each day costs money (Awb 7:14, 4:17)."),
        sends_letter=True,
        rare=True,
    ),
)(shared_steps.receive_default_notice)


set_penalty = step(
    source=FILED,
    target=None,
    permission=may_decide,
    conditions=[penalties.is_to_set],
    records=("without", "amount_eur", MADE_KNOWN),
    done=_("Penalty set for deciding late on the objection"),
    told=_("We decided about the penalty for being late"),
    button=shared_steps.SET_PENALTY,
)(shared_steps.set_penalty)


def waits_to_be_posted(objection: "Objection", kind: str) -> bool:
    """Whether a letter of this kind has been written but not posted."""
    return shared_steps.to_post(objection).filter(letter__kind=kind, letter__made_known_on=None).exists()


def refuse_late(objection: "Objection") -> None:
    """Raise StepRefused once the term has lapsed: it can then no longer be extended (Awb 7:10(5))."""
    if objection.is_late:
        raise StepRefused(gettext("The term to decide has ended: it can no longer be lengthened (Awb 7:10)."))
