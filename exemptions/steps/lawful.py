"""What law and policy require before a decision is taken; each check raises a helpful sentence."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from casework.batch import find_answer
from casework.clock import today
from casework.current_policy import CurrentPolicy
from casework.deadline_words import format_day as day_in_words
from casework.deadlines import roll_day
from casework.models import CourtOrder, EquatedDay
from casework.steps import StepRefused
from exemptions import access_today, doubts, terms
from exemptions.doubts import find_shortfall
from exemptions.models.decision import Decision, Outcome
from exemptions.models.facts import FactsRecord
from exemptions.models.kind import Ground
from exemptions.steps import clock
from exemptions.steps.completion import count_unanswered

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application


ONE_DAY = timedelta(days=1)
NOT_NEEDED = "not_needed"
"""The ground that the vehicle may enter without an exemption."""


def describe_waiting_letter(application: "Application") -> str:
    """Why nothing can replace a decision before its letter is posted, as it has no effect yet (Awb 3:40); else empty.

    Otherwise our term to decide, and a penalty, would run on until a second letter was posted.
    """
    return explain_waiting_letter() if find_answer(find_waiting_letters, application) else ""


def explain_waiting_letter() -> str:
    """That sentence."""
    return _("The letter about the last decision has not been posted yet. This is possible as soon as it has been.")


def find_waiting_letters(applications: "Sequence[Application]") -> dict[int, bool]:
    """The applications with a decision that waits to be posted, by primary key."""
    waiting = Decision.objects.waiting_for_post().filter(application__in=applications)
    return dict.fromkeys(waiting.order_by().values_list("application", flat=True), True)


def refuse_bad_grant(application: "Application", *, ground: Ground, starts_on: date, ends_on: date) -> None:
    """Raise StepRefused for a grant that begins in the past, or is unfounded."""
    if starts_on < today():
        raise StepRefused(_("An exemption cannot apply to the past: let it start today or later."), field="starts_on")
    refuse_unfounded_grant(application, ground=ground, starts_on=starts_on, ends_on=ends_on)


def refuse_unfounded_grant(application: "Application", *, ground: Ground, starts_on: date, ends_on: date) -> None:
    """Raise StepRefused unless it has a ground for granting, verified facts, and days within the kind's term."""
    refuse_other_ground(application, ground=ground, outcome=Ground.Outcome.GRANT)
    refuse_hindered(hindrance_to_grant(application))
    if ends_on < starts_on:
        raise StepRefused(_("The last day is before the first day."), field="ends_on")
    refuse_far_end(ends_on)
    latest = terms.latest_end(application.chosen_kind, facts=application.current_facts, starts_on=starts_on)
    if latest and ends_on > latest:
        raise StepRefused(
            _("This kind of exemption ends on %(day)s at the latest.") % {"day": day_in_words(latest)}, field="ends_on"
        )


def is_in_part(
    application: "Application", *, starts_on: date, ends_on: date, explanation: str, on_other_data: bool = False
) -> bool:
    """Whether a grant gives less than was asked. Raises StepRefused if that lacks reasons (Awb 3:46), or a hearing
    where the reasons rest on data that differ from the applicant's own (4:7)."""
    missing = find_shortfall(application, starts_on=starts_on, ends_on=ends_on)
    if not missing:
        return False
    if not explanation.strip():
        asked = missing.asked_until or missing.asked_from or ends_on
        words = _("This is less than was asked (%(day)s). Explain why: the letter must give the reasons (Awb 3:46).")
        raise StepRefused(words % {"day": day_in_words(asked)}, field="explanation")
    if on_other_data and not application.was_heard():
        raise StepRefused(
            _("This rests on data other than the applicant's: offer a hearing first (Awb 4:7)."), field="on_other_data"
        )
    return True


def refuse_far_end(ends_on: date) -> None:
    """Raise StepRefused for a last day so far away that it must be a typing error."""
    clock.refuse_far(ends_on, years=CurrentPolicy.on(today()).number("exemption_max_years"), field="ends_on")


def doubts_about_grant(application: "Application", *, starts_on: date, ends_on: date, reason: str) -> list[str]:
    """The doubts about this grant; raises StepRefused if there are any and no reason to grant nevertheless."""
    found = doubts.against_grant(doubts.known_of(application), starts_on=starts_on, ends_on=ends_on)
    return check_explained(found, reason=reason)


def doubts_about_rejection(application: "Application", *, ground: Ground, reason: str) -> list[str]:
    """The doubts about this rejection; raises StepRefused if there are any and no reason to reject nevertheless."""
    return check_explained(doubts.against_rejection(doubts.known_of(application), ground=ground), reason=reason)


def check_explained(found: list[str], *, reason: str) -> list[str]:
    """The same doubts; raises StepRefused if there are any without a reason to decide nevertheless."""
    if found and not reason.strip():
        raise StepRefused([_("Say why you decide so all the same, for this speaks against it:"), *found])
    return found


def refuse_bad_rejection(application: "Application", *, ground: Ground, explanation: str) -> None:
    """Raise StepRefused if unfounded, or based on data other than the applicant's without a hearing (Awb 4:7)."""
    refuse_unfounded_rejection(application, ground=ground, explanation=explanation)
    if ground.rests_on_other_data and not application.was_heard():
        raise StepRefused(
            _("This ground is based on data other than the applicant's: offer a hearing first (Awb 4:7)."),
            field="ground",
        )


def refuse_unfounded_rejection(application: "Application", *, ground: Ground, explanation: str) -> None:
    """Raise StepRefused for a rejection without a fitting ground, or without reasons (Awb 3:46)."""
    refuse_other_ground(application, ground=ground, outcome=Ground.Outcome.REJECT)
    if not explanation.strip():
        raise StepRefused(
            _("Explain why this applies to this applicant: the letter must give the reasons."), field="explanation"
        )
    if ground.code == NOT_NEEDED:
        refuse_announced_access(application)


def refuse_announced_access(application: "Application") -> None:
    """Raise StepRefused if access rests on an announcement only: a decision must rest on the law (Awb 3:46)."""
    asked = max(application.wanted_until or application.wanted_from or date.min, today())
    answer = access_today.by_rules(application)
    if answer is None or answer.announcement is None or not answer.rests_on_announcement(on=asked):
        return
    about = {
        "last": day_in_words(answer.announcement.until_by_law - ONE_DAY),
        "first": day_in_words(answer.announcement.until_by_law),
        "day": day_in_words(answer.announcement.on),
    }
    raise StepRefused(
        _(
            "By law this vehicle may enter until %(last)s; longer access was announced on %(day)s, and a letter cannot "
            "be based on that alone. Grant from %(first)s, or choose another ground."
        )
        % about,
        field="ground",
    )


def refuse_bad_annulment(
    application: "Application", *, by: "User | None", ground: Ground, view: str, explanation: str
) -> None:
    """Raise StepRefused without reasons (Awb 3:46), the applicant's view (4:8), or findings by somebody else."""
    refuse_other_ground(application, ground=ground, outcome=Ground.Outcome.REJECT)
    refuse_hindered(hindrance_to_annulment(application))
    if not explanation.strip():
        raise StepRefused(
            _("Explain why this applies to this applicant: the letter must give the reasons."), field="explanation"
        )
    if not view.strip():
        raise StepRefused(
            _("Write down what the applicant said about it, or why you could not wait (Awb 4:8, 4:11)."), field="view"
        )
    facts = application.current_facts
    if facts and by is not None and facts.by_id == by.pk and application.needs_second_pair(Outcome.REJECTED):
        raise StepRefused(_("You recorded the vehicle data yourself: a colleague has to revoke the day exemption."))


def hindrance_to_annulment(application: "Application") -> str:
    """Why a day exemption cannot be revoked now; empty if it can."""
    facts = application.current_facts
    if facts is None or facts.source != FactsRecord.Source.CASEWORKER:
        return _("First record what you found: correct or confirm the vehicle data.")
    return ""


def refuse_undrawn(application: "Application") -> None:
    """Raise StepRefused until it was drawn by lot whether the grant needs a second pair of eyes."""
    if application.awaits_lot():
        raise StepRefused(_("The lot that can ask a second pair of eyes was not drawn yet: open 'Grant' once more."))


def refuse_bad_setting_aside(application: "Application", *, ground: Ground, explanation: str) -> None:
    """Raise StepRefused before a chance to complete (Awb 4:5(1)), after four weeks (4:5(4)), or too soon for silence.

    The letter says what was asked, when and until when; if an answer came, also why it falls short (3:46).
    """
    refuse_other_ground(application, ground=ground, outcome=Ground.Outcome.SET_ASIDE)
    refuse_hindered(hindrance_to_setting_aside(application))
    if application.was_answered() and not explanation.strip():
        raise StepRefused(
            _("Explain why the answer of the applicant is not enough: the letter must give the reasons (Awb 3:46)."),
            field="explanation",
        )
    if ground.category == Ground.Category.NO_RESPONSE:
        policy, requests = CurrentPolicy.on(today()), list(application.completion_requests.all())
        days, needed = policy.number("set_aside_silence_days"), policy.number("completion_rounds")
        silent = count_unanswered(requests, today=today(), days=days)
        if silent < needed:
            raise StepRefused(
                _(
                    "Not yet: this ground requires that the applicant left %(needed)s requests unanswered for %(days)s "
                    "days, and so far it is %(silent)s. Ask for the missing items again, or choose another ground."
                )
                % {"needed": needed, "days": days, "silent": silent},
                field="ground",
            )


def refuse_bad_extension(application: "Application", *, until: date) -> None:
    """Raise StepRefused unless it is the first extension, within the running term, to a later working day."""
    refuse_hindered(hindrance_to_extension(application))
    if application.decide_by and until <= application.decide_by:
        raise StepRefused(_("The new day is not later than the present one."), field="until")
    clock.refuse_far(until, years=1, field="until")
    if roll_day(until, calendar=EquatedDay.calendar()) != until:
        raise StepRefused(_("The last day is a weekend day or a holiday: choose a working day."), field="until")


def hindrance_to_grant(application: "Application") -> str:
    """Why nothing can be granted now, whatever the ground and the days; empty if it can."""
    if application.chosen_kind.is_day:
        return _("A day exemption is granted in the portal only, as long as the vehicle has some left that year.")
    if application.plate and not application.facts_verified:
        return _("The vehicle data are not verified yet: correct or confirm them first.")
    return ""


def hindrance_to_setting_aside(application: "Application") -> str:
    """Why it cannot be set aside now, whatever the ground; empty if it can (Awb 4:5)."""
    if running := application.completion_requests.running(on=today()).first():
        about = {"day": day_in_words(running.ends_on)}
        return _("The applicant can still answer until %(day)s: wait until that day has passed (Awb 4:5).") % about
    last_day = clock.set_aside_until(application)
    if last_day is not None:
        too_late = last_day < today()
        return (
            _("Too late: setting aside was possible until %(day)s.") % {"day": day_in_words(last_day)}
            if too_late
            else ""
        )
    if application.completion_requests.open().exists():
        return _("The last term has passed in silence: first end the request, or go on without an answer.")
    return _("Ask for completion first: the applicant must have had a chance (Awb 4:5).")


def hindrance_to_extension(application: "Application") -> str:
    """Why the term to decide cannot be extended now; empty if it can (Awb 4:14)."""
    if CourtOrder.objects.of(application).running().exists():
        return _("A court set the last day to decide: we cannot move it.")
    if application.extended_to is not None:
        return _("The term has been extended before.")
    if application.decide_by is None or application.decide_by < today():
        return _("The term has ended: it can no longer be extended (Awb 4:14).")
    return ""


def refuse_hindered(why: str) -> None:
    """Raise StepRefused with what stands in the way."""
    if why:
        raise StepRefused(why)


def refuse_other_ground(application: "Application", *, ground: Ground, outcome: Ground.Outcome) -> None:
    """Raise StepRefused for a ground that belongs to another outcome or kind."""
    if ground.outcome != outcome or not ground.fits(application.chosen_kind.code):
        raise StepRefused(_("This ground does not fit: %(ground)s") % {"ground": ground}, field="ground")
