"""The penalty for deciding late, which a notice of default sets going (Awb 4:17 to 4:20). Called by steps only."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django_stubs_ext import StrOrPromise

from casework import clock, deadlines, running_terms
from casework.batch import find_answer
from casework.models import CourtOrder, Deadline, DefaultNotice, EquatedDay
from casework.models.default_notice import DefaultNoticeQuerySet
from casework.steps import StepRefused
from casework.texts import Markup

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case

NO_PENALTY: Mapping[str, StrOrPromise] = {
    DefaultNotice.Without.UNREASONABLY_LATE: gettext_lazy(
        "You get no penalty: your notice of default came unreasonably late (article 4:17 Awb)."
    ),
    DefaultNotice.Without.NOT_INTERESTED: gettext_lazy(
        "You get no penalty: you are no interested party in this case (article 4:17 Awb)."
    ),
    DefaultNotice.Without.MANIFESTLY_UNFOUNDED: gettext_lazy(
        "You get no penalty: it was clear at once that you could not get what you asked for (article 4:17 Awb)."
    ),
}


def with_effect(case: "Case") -> DefaultNoticeQuerySet:
    """The notices with effect on a case: at most one until the decision, and another if we are late again."""
    return DefaultNotice.objects.filter(case_type=case.CASE_TYPE, case_id=case.pk).exclude(first_day=None)


def is_to_set(case: "Case") -> bool:
    """Whether the amount of a penalty is still to be set."""
    return with_effect(case).filter(set_on=None).exists()


def receive_notice(case: "Case", *, by: "User | None", received_on: date, due: date) -> DefaultNotice:
    """Record the notice; if it has effect, the penalty begins two weeks later unless we decide before."""
    if received_on > clock.today():
        raise StepRefused(_("The notice cannot have come in on a day that is still to come."), field="received_on")
    if received_on < timezone.localdate(case.dossier.opened_at):
        raise StepRefused(_("The notice cannot have come in before there was a case."), field="received_on")
    if with_effect(case).filter(decided_on=None).exists():
        raise StepRefused(_("There is already a notice of default on this case; a second one changes nothing."))
    calendar = EquatedDay.calendar()
    notice = DefaultNotice(
        dossier=case.dossier, case_type=case.CASE_TYPE, case_id=case.pk, received_on=received_on, due=due, noted_by=by
    )
    if deadlines.notice_has_effect(due, notice_received=received_on):
        notice.first_day = deadlines.penalty_first_day(due, notice_received=received_on, calendar=calendar)
    notice.save()
    running_terms.forget_terms(case)
    keep_term_to_set(case)
    return notice


def stop_penalty(case: "Case", *, on: date) -> None:
    """Stop the penalty from the day our decision is made known; its amount is then to be set (Awb 4:18).

    A penalty by order of a court stops too (8:55d).
    """
    if not (running_terms.may_be_costly(case) and find_answer(find_costly, case)):
        return
    CourtOrder.objects.of(case).end(on=on)
    notice = with_effect(case).filter(decided_on=None).first()
    if notice is None or notice.last_day is None:
        return
    notice.decided_on = on
    notice.save(update_fields=["decided_on"])
    if notice.set_on is None and notice.days(today=notice.decided_on) == 0:
        # We decided before any day cost money, so nothing is due and no amount is to be set.
        notice.set_on, notice.amount_eur = notice.decided_on, 0
        notice.save(update_fields=["set_on", "amount_eur"])
    keep_term_to_set(case)


def find_costly(cases: "Sequence[Case]") -> dict[int, bool]:
    """The cases, all of one sort, with a running notice or order, by key; most have neither."""
    about = {"case_type": cases[0].CASE_TYPE, "case_id__in": [case.pk for case in cases]}
    orders = CourtOrder.objects.running().filter(**about)
    notices = DefaultNotice.objects.exclude(first_day=None).filter(decided_on=None, **about)
    found = orders.values_list("case_id").union(notices.values_list("case_id"), all=True)
    return {case: True for (case,) in found}


def carry_over_notice(case: "Case", successor: "Case") -> None:
    """Move the notices to the case that takes this one's place: that decides nothing, so the days go on (Awb 4:17(1)).

    Also if the 42 days have passed and the amount was set: one request cannot lead to a second penalty.
    """
    if not with_effect(case).exists():
        return
    with_effect(case).filter(decided_on=None).update(dossier=successor.dossier, case_id=successor.pk)
    running_terms.forget_terms(successor)
    keep_term_to_set(case)
    keep_term_to_set(successor)


def keep_term_to_set(case: "Case") -> None:
    """Reopen the term to set the amount of the first open notice: two weeks after its last penalty day (Awb 4:18)."""
    case.dossier.close_deadline(case, Deadline.Kind.SET_PENALTY)
    notice = with_effect(case).filter(set_on=None).first()
    if notice is None or notice.last_day is None:
        return
    last_day = notice.last_day
    if notice.decided_on:  # that day itself costs nothing
        last_day = min(last_day, notice.decided_on - timedelta(days=1))
    due = deadlines.penalty_decision_due(last_day, calendar=EquatedDay.calendar())
    basis = {"term_ended": last_day.isoformat(), "weeks": 2}
    case.dossier.open_deadline(case, Deadline.Kind.SET_PENALTY, due=due, basis=basis)


def set_amount(case: "Case", *, by: "User | None", without: str = "") -> DefaultNotice:
    """Set the amount by decision: the sum of the days, or nothing on a ground of Awb 4:17(5)."""
    notice = with_effect(case).filter(set_on=None).first()
    if notice is None or notice.last_day is None:
        raise StepRefused(_("There is no penalty to set on this case."))
    if without and without not in DefaultNotice.Without.values:
        raise StepRefused(_("Choose why no penalty is due (Awb 4:17, paragraph 5)."), field="without")
    today = clock.today()
    if notice.decided_on is None and today <= notice.last_day:
        raise StepRefused(_("The penalty is still running: decide on the case first."))
    notice.amount_eur = 0 if without else notice.amount(today=today)
    notice.without, notice.set_on, notice.set_by = without, today, by
    notice.save(update_fields=["amount_eur", "without", "set_on", "set_by"])
    keep_term_to_set(case)
    return notice


def take_amount_of_court(case: "Case", amount: int, *, on: date) -> None:
    """Record a penalty set by the court that judged our failure to decide (Awb 8:55c), instead of setting one."""
    notice = with_effect(case).filter(set_on=None).first()
    if notice is None:
        raise StepRefused(_("There is no penalty to set on this case."), field="penalty_eur")
    notice.amount_eur, notice.set_on, notice.by_court = amount, on, True
    notice.save(update_fields=["amount_eur", "set_on", "by_court"])
    keep_term_to_set(case)


def replace_amount(notice: DefaultNotice, amount: int) -> None:
    """Replace the amount after an objection (Awb 7:11)."""
    highest = compute_highest_penalty(notice)
    if amount > highest:
        raise StepRefused(
            _("The penalty is at most %(amount)s (Awb 4:17).") % {"amount": format_amount(highest)}, field="penalty_eur"
        )
    notice.amount_eur, notice.without = amount, "" if amount else notice.without
    notice.save(update_fields=["amount_eur", "without"])


def build_penalty_context(notice: DefaultNotice, *, language: str) -> dict[str, object]:
    """The placeholders of a letter about a notice: when it came in, the penalty days, and the amount."""
    with override(language):
        return _build_context(notice, today=clock.today())


def _build_context(notice: DefaultNotice, *, today: date) -> dict[str, object]:
    amount = notice.amount(today=today)
    return {
        "notice_received_on": notice.received_on,
        "notice_due": notice.due,
        "first_penalty_day": notice.first_day or "",
        "last_penalty_day": notice.last_day or "",
        "penalty_days": str(notice.days(today=today)),
        "amount": format_amount(amount),
        "penalty_sum": list_sum(notice, amount),
        "penalty_paying": describe_paying(amount),
        "no_penalty_because": no_penalty_because(notice),
        "most": format_amount(compute_highest_penalty(notice)),
    }


def no_penalty_because(notice: DefaultNotice) -> str:
    """A sentence to the applicant with the ground of Awb 4:17 for no penalty; empty if there is none."""
    return str(NO_PENALTY.get(notice.without, ""))


def list_sum(notice: DefaultNotice, amount: int) -> Markup:
    """The amount and, if it is not zero, the days that it is made up of."""
    days = (
        (_("First day with a penalty"), date_format(notice.first_day) if notice.first_day else ""),
        (_("Number of days that count"), str(notice.days(today=clock.today()))),
    )
    lines = [f"- {what}: {value}" for what, value in days if amount]
    return Markup("\n".join([*lines, f"- {_('Amount')}: **{format_amount(amount)}**"]))


def describe_paying(amount: int) -> str:
    """When the amount is paid (Awb 4:87); empty if there is none."""
    if not amount:
        return ""
    return _(
        "We will pay you this amount within six weeks after this letter (article 4:87 Awb). You do "
        "not need to do anything, unless we do not have your account number yet. In that case we will"
        " ask you for it."
    )


def format_amount(amount: int) -> str:
    """An amount in whole euros, as in a letter."""
    return f"€\N{NO-BREAK SPACE}{number_format(amount, force_grouping=True)}"


def compute_highest_penalty(notice: DefaultNotice) -> int:
    """The penalty over all 42 days."""
    return deadlines.penalty_amount(deadlines.PENALTY_DAYS, on=notice.received_on)
