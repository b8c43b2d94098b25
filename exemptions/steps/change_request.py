"""After the grant: requests of the holder for a change, which wait until we carry them out or refuse them.

A request is an application (aanvraag) in the sense of the Awb, so we confirm its receipt (2:17) and answer within the
term of 4:13, and one can object to a refusal (1:3). The steps of `amendment` and `temporary_vehicle` carry it out, and
settle it by their decision (`ChangeRequestQuerySet.settle_by`).
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from casework import deadlines
from casework.announcement import MADE_KNOWN, Sent
from casework.clock import today
from casework.deadline_words import format_day
from casework.models import EquatedDay
from casework.steps import Button, StepRefused, person, step
from exemptions import letters
from exemptions.models.applicant import Applicant
from exemptions.models.change_request import ChangeRequest, ChangeRequestQuerySet
from exemptions.models.decision import Change, Decision, Outcome
from exemptions.models.exemption import Exemption
from exemptions.models.note import Note
from exemptions.models.registration import Channel
from exemptions.steps.amendment import get_standing, has_exemption, refuse_beyond_kind
from exemptions.steps.announcement import send_letter
from exemptions.steps.permissions import may_act_for_applicant, may_answer, may_decide
from exemptions.steps.statuses import Status
from exemptions.steps.temporary_vehicle import refuse_bad_days

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application

Result = ChangeRequest.Result
NOTED = (Channel.POST, Channel.COUNTER, Channel.PHONE)
"""The channels of requests that a colleague records. Email is not an open channel (Awb 2:23)."""


def is_change_asked(application: "Application") -> bool:
    """Whether the holder waits for our answer to a request."""
    return application.change_requests.open().exists()


def has_known_holder(application: "Application") -> bool:
    """Whether there is a standing exemption, in the name of a known holder."""
    return application.applicant is not None and has_exemption(application)


# --- Asking -------------------------------------------------------------------------------------------------


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_answer,
    conditions=[has_exemption],
    records=("what", "came_by", "came_in_on", "answer_by"),
    done=_("Change asked"),
    told=_("Change of the exemption asked"),
    button=Button(
        _("Note a request for a change"),
        _(
            "The holder asked it by post, at the counter or by telephone. Our term to answer is counted from the day "
            "on which it came in (Awb 4:13)."
        ),
        sends_letter=True,
        rare=True,
    ),
)
def ask_change(
    application: "Application",
    *,
    by: "User | None",
    what: Change,
    plate: str = "",
    country: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    name: str = "",
    explanation: str = "",
    channel: Channel = Channel.PORTAL,
    came_in_on: date | None = None,
) -> Mapping[str, object]:
    """Request another vehicle, a temporary one, a later last day or another name; nothing changes yet.

    `channel`, `came_in_on`: by which way and when it came, where a colleague writes it down.
    """
    refuse_bad_receipt(application, by=by, channel=channel, came_in_on=came_in_on)
    refuse_second(application, what, by=by)
    request = ChangeRequest(
        application=application,
        what=what,
        plate=plate,
        country=country,
        starts_on=starts_on,
        ends_on=ends_on,
        name=name,
        explanation=explanation,
        channel=channel,
        came_in_on=came_in_on,
        asked_by=person(by),
        answer_by=find_last_day(application, since=came_in_on or today()),
    )
    refuse_idle(request, get_standing(application))
    request.save()
    with override(application.language):
        more = {"wish": request.in_words, "asked_on": request.asked_on, "answer_by": request.answer_by}
    letters.place_letter(application, "change_asked", more=more)
    return {"answer_by": request.answer_by, **({"came_by": channel} if request.is_on_paper else {})}


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_act_for_applicant,
    conditions=[is_change_asked],
    records=("what",),
    done=_("Request for a change taken back"),
    told=_("Request for a change taken back"),
)
def take_back_change(application: "Application", *, by: "User | None", request: ChangeRequest) -> Mapping[str, object]:
    """Withdraw the holder's request."""
    settle_one(application, request, Result.TAKEN_BACK)
    return {"what": request.what}


# --- Answering ----------------------------------------------------------------------------------------------


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_decide,
    conditions=[is_change_asked],
    records=("what", MADE_KNOWN),
    done=_("Change refused"),
    told=_("We refused the change that you asked for"),
    button=Button(
        _("Refuse the change"),
        _("What the holder asked cannot be. The exemption stays as it is, and the holder can object to this decision."),
        sends_letter=True,
        prefilled=("request",),
    ),
)
def refuse_change(application: "Application", *, by: "User | None", request: ChangeRequest, explanation: str) -> Sent:
    """Refuse the request, with reasons: a decision beside the current one (Awb 1:3, 3:46)."""
    if not explanation.strip():
        raise StepRefused(gettext("Explain why this cannot be: the letter must give the reasons."), field="explanation")
    answered = application.decisions.answering().last()
    decision = application.take_decision(
        outcome=Outcome.REFUSED,
        change=request.what,
        ground=answered.ground if answered else None,
        explanation=explanation,
        taken_by=by,
        facts=application.current_facts,
    )
    settle_one(application, request, Result.REFUSED, decision=decision)
    with override(application.language):
        more = {"wish": request.in_words, "asked_on": request.asked_on}
    sent = send_letter(application, "change_refused", decision=decision, more=more)
    return {**sent, "what": request.what}


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_decide,
    conditions=[has_known_holder],
    records=("former_name", "name"),
    done=_("Name of the holder changed"),
    told=_("We changed the name of the holder"),
    button=Button(
        _("Change the name of the holder"),
        _(
            "The firm was renamed, or has another legal form now, and stays the same in law. The new name stands in "
            "all cases of this holder."
        ),
        sends_letter=True,
        rare=True,
    ),
)
def rename_holder(
    application: "Application", *, by: "User | None", name: str, explanation: str = ""
) -> Mapping[str, object]:
    """Record the holder's new name; legally the same person, so this is no decision and rights are unaffected.

    The applicant is one row for all of its cases: the colleagues who handle another one find a note in it.
    """
    holder = Applicant.objects.select_for_update(no_key=True, of=("self",)).get(applications=application)
    former, name = holder.name, " ".join(name.split())
    refuse_same_name(name, former=former)
    holder.name = name
    holder.save(update_fields=["name"])
    application.applicant = holder
    ChangeRequest.objects.filter(application__applicant=holder, what=Change.NAME).settle(Result.CARRIED_OUT)
    note_new_name(application, by=by, former=former, name=name)
    letters.place_letter(application, "holder_renamed", by=by, explanation=explanation, more={"former_name": former})
    return {"former_name": former, "name": name}


# --- How ----------------------------------------------------------------------------------------------------


def find_last_day(application: "Application", *, since: date) -> date:
    """The last day to answer a request received on a day: the kind's term, which is the reasonable one of Awb 4:13."""
    weeks = application.chosen_kind.decision_weeks
    return deadlines.decision_due(since, weeks=weeks, calendar=EquatedDay.calendar())


def find_asked(application: "Application", what: Change) -> ChangeRequestQuerySet:
    """The open requests for a sort of change; a change of name counts for all cases of the holder."""
    same = ChangeRequest.objects.open().filter(what=what)
    if what == Change.NAME and application.applicant_id:
        return same.filter(application__applicant=application.applicant_id)
    return same.filter(application=application)


def refuse_bad_receipt(
    application: "Application", *, by: "User | None", channel: Channel, came_in_on: date | None
) -> None:
    """Raise StepRefused unless the holder's side uses the portal, or a colleague gives an open channel and the day."""
    if channel == Channel.PORTAL and application.is_of(person(by)):
        return
    if channel not in NOTED:
        raise StepRefused(gettext("Choose the way by which it came in."), field="channel")
    first = timezone.localdate(application.decisions.earliest("taken_at").taken_at)
    if came_in_on is None or not first <= came_in_on <= today():
        raise StepRefused(
            gettext("Fill in the day on which it came in: from %(day)s until today.") % {"day": format_day(first)},
            field="came_in_on",
        )


def refuse_second(application: "Application", what: Change, *, by: "User | None") -> None:
    """Raise StepRefused if a request for the same change is open."""
    if first := find_asked(application, what).first():
        about = {"asked": format_day(first.asked_on), "day": format_day(first.answer_by)}
        if not application.is_of(person(by)):
            raise StepRefused(
                gettext("The holder asked for this on %(asked)s already: answer that by %(day)s.") % about, field="what"
            )
        raise StepRefused(
            gettext(
                "You asked for this on %(asked)s already. We answer by %(day)s. Take that request back first if you "
                "want something else."
            )
            % about
        )


def refuse_idle(request: ChangeRequest, own: Exemption) -> None:
    """Raise StepRefused for a request that would change nothing, or that is impossible."""
    match request.what:
        case Change.VEHICLE | Change.LOAN if (request.plate, request.country) == (own.plate, own.country):
            raise StepRefused(gettext("The exemption is for this vehicle already."), field="plate")
        case Change.LOAN if request.starts_on and request.ends_on:
            refuse_bad_days(own, starts_on=request.starts_on, ends_on=request.ends_on)
        case Change.LONGER if request.ends_on:
            refuse_no_lengthening(request.application, own, ends_on=request.ends_on)
        case Change.NAME:
            refuse_same_name(" ".join(request.name.split()), former=str(request.application.applicant or ""))


def refuse_no_lengthening(application: "Application", own: Exemption, *, ends_on: date) -> None:
    """Raise StepRefused unless the last day becomes later, within what the kind allows."""
    if ends_on <= own.ends_on:
        raise StepRefused(
            gettext("Choose a day after the present last day, %(day)s.") % {"day": format_day(own.ends_on)},
            field="ends_on",
        )
    refuse_beyond_kind(application, own, ends_on=ends_on)


def refuse_same_name(name: str, *, former: str) -> None:
    """Raise StepRefused for an empty or unchanged name."""
    if not name:
        raise StepRefused(gettext("Fill in the new name."), field="name")
    if name == former:
        raise StepRefused(gettext("This is the name that we have already."), field="name")


def settle_one(
    application: "Application",
    request: ChangeRequest,
    result: ChangeRequest.Result,
    *,
    decision: Decision | None = None,
) -> None:
    """Settle one open request of this case; raises StepRefused if somebody was first."""
    if not application.change_requests.filter(pk=request.pk).settle(result, decision=decision):
        raise StepRefused(gettext("This request has already been answered or withdrawn."), field="request")


def note_new_name(application: "Application", *, by: "User | None", former: str, name: str) -> None:
    """Note the new name in the holder's other cases, for whoever handles them."""
    others = type(application).objects.filed().filter(applicant=application.applicant_id).exclude(pk=application.pk)
    about = {"former": former, "name": name, "number": application.dossier}
    text = gettext("The holder was called %(former)s, and is called %(name)s now: see case %(number)s.") % about
    Note.objects.bulk_create(
        Note(application_id=key, text=text, by=person(by)) for key in others.values_list("pk", flat=True)
    )
