"""Requests for completion: asking, answering, reminding, and what follows from silence (Awb 4:5, 4:15)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.announcement import MADE_KNOWN, Sent
from casework.clock import now, today
from casework.current_policy import CurrentPolicy, term_from_today
from casework.models import Deadline, EquatedDay
from casework.models.information_request import find_day_sent
from casework.steps import Button, StepRefused, step
from exemptions import letters
from exemptions.models.completion import CompletionRequest, RequestedItem
from exemptions.models.evidence import EvidenceItem
from exemptions.steps import clock
from exemptions.steps.announcement import send_letter
from exemptions.steps.permissions import may_answer, may_handle
from exemptions.steps.statuses import DECIDABLE, WITH_DESK, Status

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application


@step(
    source=DECIDABLE,
    target=Status.WAITING,
    permission=may_handle,
    records=("ends_on", MADE_KNOWN),
    done=_("Completion asked"),
    told=_("We asked you to complete the application"),
    button=Button(
        _("Ask for completion"), _("The decision period is suspended until the applicant answers."), sends_letter=True
    ),
)
def ask_completion(
    application: "Application",
    *,
    by: "User | None",
    items: Mapping[EvidenceItem, str],
    ends_on: date,
    explanation: str = "",
) -> Sent:
    """Ask for missing items, each with a reason, until an end date; without that date the term is not suspended.

    What is no item of the checklist, such as a signature or a plate, is asked in the explanation.
    """
    if not items and not explanation.strip():
        raise StepRefused(gettext("Choose at least one item, or write in the explanation what you ask for."))
    refuse_bad_term(ends_on, least_days=least_completion_days())
    earlier = application.completion_requests.count()
    request = new_request(application, items=items, ends_on=ends_on, explanation=explanation, by=by, after=earlier)
    clock.open_supply_term(application, ends_on=request.ends_on)
    return send_letter(application, "completion_request", request=request)


@step(
    source=Status.WAITING,
    target=Status.SUPPLIED,
    permission=may_answer,
    done=_("Answer received"),
    told=_("Application completed"),
    button=Button(_("Note an answer"), _("Write down what the applicant answered outside the portal.")),
)
def supply(application: "Application", *, by: "User | None", answer: str = "") -> None:
    """Note the applicant's response: the term to decide runs again from tomorrow."""
    request = application.completion_requests.latest("round")
    if not answer and not answers_something(request):
        raise StepRefused(gettext("Add a file or an explanation first: nothing new has been handed in yet."))
    request.take_answer(answer)
    application.dossier.close_deadline(application, Deadline.Kind.SUPPLY)
    # An answer after the last day does not extend the time in which we may set aside (Awb 4:5(4)).
    clock.open_set_aside_term(application, term_ended=min(today(), request.ends_on))
    clock.open_decision_term(application)


@step(
    source=Status.WAITING,
    target=None,
    permission=may_handle,
    conditions=[lambda a: a.has_request_to_remind()],
    done=_("Reminded"),
    told=_("We sent a reminder"),
    button=Button(_("Remind"), _("The applicant is reminded of the open request, once."), sends_letter=True),
)
def remind(application: "Application", *, by: "User | None") -> None:
    """Remind of the open request, once: the system after two weeks, or the caseworker earlier."""
    request = application.open_request()
    request.note_reminder()
    letters.place_letter(application, "reminder", request=request)


@step(
    source=Status.WAITING,
    target=None,
    permission=may_handle,
    conditions=[lambda a: a.has_lapsed_request()],
    records=(MADE_KNOWN,),
    done=_("Completion asked again"),
    told=_("No answer came: we asked once more"),
    button=Button(
        _("Ask again"),
        _("The term has passed without an answer: the same is asked once more, with a new term."),
        sends_letter=True,
        main=True,
    ),
)
def ask_again(application: "Application", *, by: "User | None") -> Sent:
    """Ask for the same items again, with a new term, after one that passed without a response."""
    lapsed = application.open_request()
    items = {asked.item: asked.why for asked in lapsed.asked_items}
    lapsed.end_in_silence()
    ends_on = term_from_today("completion_days")
    request = new_request(
        application, items=items, ends_on=ends_on, explanation=lapsed.explanation, by=by, after=lapsed.round
    )
    clock.open_supply_term(application, ends_on=request.ends_on)
    return send_letter(application, "completion_request", request=request)


@step(
    source=Status.WAITING,
    target=None,
    permission=may_handle,
    conditions=[lambda a: a.has_lapsed_last_request()],
    done=_("Request ended without an answer"),
    told=_("The last day to complete passed without an answer"),
    button=Button(
        _("End the request"),
        _("The term has passed without an answer: from now on the application can be set aside, for four weeks."),
    ),
)
def let_lapse(application: "Application", *, by: "User | None") -> None:
    """End the request without a response: until four weeks later the application can be set aside (Awb 4:5(4))."""
    lapsed = application.open_request()
    lapsed.end_in_silence()
    application.dossier.close_deadline(application, Deadline.Kind.SUPPLY)
    clock.open_set_aside_term(application, term_ended=lapsed.ends_on)
    clock.open_decision_term(application)


@step(
    source=Status.WAITING,
    target=Status.IN_REVIEW,
    permission=may_handle,
    conditions=[lambda a: not a.has_running_request()],
    done=_("Continued without an answer"),
    told=_("No answer came: a caseworker continued"),
    button=Button(
        _("Continue without an answer"), _("The term has passed without an answer: decide on what there is."), main=True
    ),
)
def go_on_unanswered(application: "Application", *, by: "User | None") -> None:
    """Continue without a response, and decide on what there is; setting aside stays possible within its term."""
    if lapsed := application.completion_requests.open().first():
        lapsed.end_in_silence()
        application.dossier.close_deadline(application, Deadline.Kind.SUPPLY)
        if lapsed.sent_on:  # a letter that was never posted gave no opportunity to complete (Awb 4:5(1))
            clock.open_set_aside_term(application, term_ended=lapsed.ends_on)
        clock.open_decision_term(application)


@step(
    source=WITH_DESK,
    target=None,
    permission=may_handle,
    records=("item", "verdict"),
    done=_("Item judged"),
    button=Button(_("Judge an item"), _("Accepted, or not sufficient and why."), prefilled=("item", "verdict")),
)
def judge(
    application: "Application", *, by: "User | None", item: EvidenceItem, verdict: str, because: str = ""
) -> None:
    """Judge an item of the checklist; special-category documents are deleted once they are found sufficient."""
    if verdict == EvidenceItem.Verdict.INSUFFICIENT and not because:
        raise StepRefused(gettext("Say why this is not sufficient: the applicant will read it."), field="because")
    if verdict == EvidenceItem.Verdict.ACCEPTED and because.strip():
        raise StepRefused(
            gettext(
                "You gave a reason why this is not sufficient. Empty it to accept the item, or choose ‘not sufficient’."
            ),
            field="because",
        )
    item.verdict, item.because, item.judged_at = verdict, because, now()
    item.save(update_fields=["verdict", "because", "judged_at"])
    if item.requirement.sensitive and verdict == EvidenceItem.Verdict.ACCEPTED:
        item.documents.update(removed_at=now())


def new_request(
    application: "Application",
    *,
    items: Mapping[EvidenceItem, str],
    ends_on: date,
    explanation: str,
    by: "User | None",
    after: int,
) -> CompletionRequest:
    """Create the rows of a request; its letter sends it. `after`: the number of earlier ones."""
    request = application.completion_requests.create(
        round=after + 1,
        sent_on=None if application.goes_by_post else find_day_sent(today(), ends_on=ends_on),
        ends_on=ends_on,
        explanation=explanation,
        asked_by=by,
    )
    asked = [RequestedItem(request=request, item=item, why=why) for item, why in items.items()]
    request.asked_items = RequestedItem.objects.bulk_create(asked)
    return request


def answers_something(request: CompletionRequest) -> bool:
    """Whether a file came in for a requested item since the request."""
    return request.items.filter(item__documents__added_at__gte=request.sent_at).exists()


def refuse_bad_term(ends_on: date, *, least_days: int, field: str = "ends_on") -> None:
    """Raise StepRefused for a term that is too short, or does not end on a working day: the law extends no day of ours.

    A request for completion must leave time for the reminder, which goes out before its last day.
    """
    if ends_on < today() + timedelta(days=least_days):
        raise StepRefused(gettext("Give the applicant at least %(days)s days.") % {"days": least_days}, field=field)
    clock.refuse_far(ends_on, years=1, field=field)
    if EquatedDay.calendar().is_off(ends_on):
        raise StepRefused(gettext("The last day is a weekend day or a holiday: choose a working day."), field=field)


def earliest_end(least_days: int) -> date:
    """The first day on which a term can end that leaves at least the minimum number of days."""
    return EquatedDay.calendar().next_working_day(today() + timedelta(days=least_days))


def least_completion_days() -> int:
    """The minimum number of days for a request, which leaves time for the reminder and an answer to it (policy)."""
    return CurrentPolicy.on(today()).number("remind_after_days") + 1


def least_answer_days() -> int:
    """The minimum number of days to give a view, to repair, or to say whether one wants to be heard (policy)."""
    return CurrentPolicy.on(today()).number("least_answer_days")


def count_unanswered(requests: Sequence[CompletionRequest], *, today: date, days: int) -> int:
    """The number of requests unanswered for at least this many days."""
    return sum(request.answered_on is None and request.silent_days(today=today) >= days for request in requests)
