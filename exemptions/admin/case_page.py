"""Everything that the page of an application shows, in a fixed number of queries."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.deadline_words import format_day
from casework.desk import case_page, mentions
from casework.desk.files import exclude_claimed
from casework.desk.labels import say_since
from casework.desk.steps import DeskStep
from casework.formats import format_boolean
from casework.models import Deadline, Document, PostalCopy
from exemptions import day_checks, duplicates, files, thresholds
from exemptions.admin.desk_steps import APPLICATIONS
from exemptions.admin.facts_form import in_words
from exemptions.intake import completeness
from exemptions.models import (
    Application,
    ChangeRequest,
    CompletionRequest,
    Exemption,
    FactsRecord,
    KindQuestion,
    RegisterFinding,
    RequestedItem,
    Status,
    ThresholdVersion,
    ViewRequest,
)
from exemptions.models.decision import Change
from exemptions.steps.clock import set_aside_until
from exemptions.thresholds import Availability
from zones.plates import spell_plate

if TYPE_CHECKING:
    from accounts.models import User

SIBLINGS_SHOWN = 20
AT_ITS_PLACE = ("judge", "refuse_change", case_page.MEND_MAIL)
"""Steps whose button is next to what they are about, and not among the others."""
SHOWN_IN_LIST = ("dossier", "kind", "applicant")


@dataclass(frozen=True)
class Facts:
    """One version of the vehicle's facts, as the page shows it."""

    record: FactsRecord
    rows: list[tuple[str, str]]
    raw: str


def build_case_page_context(application: Application, *, user: "User") -> dict[str, Any]:
    """The context of the template."""
    shared = case_page.build_context(application, desk=APPLICATIONS, user=user, at_their_place=AT_ITS_PLACE)
    facts = facts_of(application)
    requests = application.completion_requests.select_related("asked_by").prefetch_related(list_asked_items())
    views = application.view_requests.select_related("asked_by")
    return {
        **shared,
        "application": application,
        "plate": spell_plate(application.plate, country=application.country),
        "may_judge": "judge" in shared["open_steps"],
        "may_correct": "correct_facts" in shared["open_steps"],
        "decide": case_page.open_due(shared["deadlines"], application, Deadline.Kind.DECIDE),
        "set_aside_by": set_aside_until(application),
        "facts": facts[0] if facts else None,
        "older_facts": facts[1:],
        "standing": find_standing(application, facts=facts[0].record if facts else None),
        **find_register_changes(application),
        "may_settle": "settle_register_finding" in shared["open_steps"],
        **find_day_check(application, facts=facts[0].record if facts else None),
        "answers": answers_of(application),
        "other_documents": other_documents(application),
        "notes": mentions.list_notes(application),
        "requests": requests,
        "view_requests": views,
        "change_requests": list_wishes(application, offered=shared["open_steps"]),
        "settled_changes": application.change_requests.exclude(settled_at=None),
        "given_answers": find_request_answers(application, requests, views),
        "proposal": application.waiting_proposal,
        "proposals": application.proposals.exclude(settled_at=None).select_related("ground", "made_by", "settled_by"),
        "decisions": application.decisions.select_related(
            "ground", "taken_by", "prepared_by", "exemption", "replaced_by"
        ),
        "siblings": find_siblings(application, user=user),
        "duplicates": duplicates.find_open_duplicates(application, user=user).select_related(*SHOWN_IN_LIST),
        "granted_duplicates": duplicates.find_granted_duplicates(application, user=user)
        if not application.has_ended
        else [],
        "by_post": PostalCopy.objects.of_dossier(application),
        "channel": application.applicant.current_channel() if application.applicant else None,
        **find_conversions(application, user=user),
    }


@dataclass(frozen=True)
class HolderWish:
    """A request of the holder, with those steps to answer it that this user may take."""

    request: ChangeRequest
    steps: list[DeskStep]


CARRIED_OUT_BY = {
    Change.VEHICLE: "replace_vehicle",
    Change.LOAN: "allow_temporary_vehicle",
    Change.LONGER: "lengthen",
    Change.NAME: "rename_holder",
}


def list_wishes(application: Application, *, offered: Collection[str]) -> list[HolderWish]:
    """The requests that wait for our answer, shown at the top."""
    return [
        HolderWish(
            request,
            [
                APPLICATIONS.by_name[name]
                for name in (CARRIED_OUT_BY[Change(request.what)], "refuse_change")
                if name in offered
            ],
        )
        for request in application.change_requests.open().select_related("asked_by")
    ]


def facts_of(application: Application) -> list[Facts]:
    """Every version of the facts, the current one first."""
    records = application.facts_records.select_related("by").order_by("-as_of", "-pk")
    return [Facts(record, in_words(record.vehicle), dump_register_rows(record.rows)) for record in records]


def dump_register_rows(rows: Any) -> str:
    """The register's rows as it published them."""
    return json.dumps(rows, indent=2, ensure_ascii=False) if rows else ""


def find_register_changes(application: Application) -> dict[str, list[RegisterFinding]]:
    """Differences between the register and the basis of the exemption: those to be looked at, and past ones."""
    waiting = list(application.register_findings.open(on=timezone.localdate()))
    others = application.register_findings.exclude(pk__in=[one.pk for one in waiting]).select_related("settled_by")
    return {"register_changes": waiting, "past_register_changes": list(others)}


def find_day_check(application: Application, *, facts: FactsRecord | None) -> dict[str, Any]:
    """By when to check a standing day exemption; once checked, whether it was found wrong."""
    if not application.has_standing_day():
        return {}
    if application.facts_verified:
        return {"day_wrong": bool(facts and facts.found_wrong)}
    granted = application.exemptions.filter(revoked_at=None).values_list("decision__taken_at", flat=True)
    return {"check_by": day_checks.find_last_day(granted[0])}


def answers_of(application: Application) -> list[tuple[str, str]]:
    """The questions of the kind with their answers, in words."""
    questions = completeness.find_relevant_questions(application)
    return [
        (str(question), answer_in_words(question, application.answers.get(question.code))) for question in questions
    ]


def answer_in_words(question: KindQuestion, answer: Any) -> str:
    """An answer in words: the label of a choice, a date as people write it, yes or no."""
    if answer in (None, ""):
        return ""
    match question.answer:
        case KindQuestion.Answer.YES_NO | KindQuestion.Answer.CONFIRM:
            return format_boolean(answer == "yes")
        case KindQuestion.Answer.CHOICE:
            choices = dict(line.split("=", 1) for line in question.text("choices").splitlines() if "=" in line)
            return choices.get(str(answer), str(answer))
        case KindQuestion.Answer.DATE:
            return day_or_text(str(answer))
    return str(answer)


def day_or_text(answer: str) -> str:
    """A date in words; anything else stays as typed."""
    try:
        return format_day(answer)
    except ValueError:
        return answer


def other_documents(application: Application) -> QuerySet[Document]:
    """Files sent outside the checklist: no letters, and nothing that belongs to another type of case."""
    documents = files.find_desk_files(application).exclude(kind=Document.Kind.LETTER)
    return exclude_claimed(documents.exclude(evidenceitem__application=application))


def list_asked_items() -> "Prefetch[Any, Any, Any]":
    """Prefetches the items of a request with their names and files."""
    asked = RequestedItem.objects.select_related("item__requirement").prefetch_related("item__documents")
    return Prefetch("items", queryset=asked.order_by("item__requirement__position", "pk"))


def find_siblings(application: Application, *, user: "User") -> QuerySet[Application]:
    """Other applications for the same vehicle or of the same applicant that the user may see.

    The vehicles are the one applied for, and each that has or had the exemption.
    """
    same = Q(applicant=application.applicant_id)
    own = {(application.plate, application.country), *application.exemptions.values_list("plate", "country")}
    vehicles = [Q(plate=plate, country=country) for plate, country in own if plate]
    if vehicles:
        vehicle = reduce(or_, vehicles)
        same |= vehicle | Q(pk__in=list(Exemption.objects.filter(vehicle).values_list("application", flat=True)))
    others: QuerySet[Application] = Application.objects.at_desk_of(user).filter(same).exclude(pk=application.pk)
    return others.select_related(*SHOWN_IN_LIST).order_by("-received_at")[:SIBLINGS_SHOWN]


def find_conversions(application: Application, *, user: "User") -> dict[str, Application | None]:
    """The application that this one follows up, and the one that follows it up, if the user may see them."""
    seen = Application.objects.at_desk_of(user).select_related("dossier", "kind")
    return {
        "converted_from": seen.filter(converted_to=application).first(),
        "converted_to": seen.filter(converted_from=application).first(),
    }


@dataclass(frozen=True)
class Standing:
    """The version of the thresholds for judging the vehicle, and each metric with its limit."""

    version: ThresholdVersion
    availability: Availability


def find_standing(application: Application, *, facts: FactsRecord | None) -> Standing | None:
    """By the version of the standing decision, or else the one in force; None if there is none or the kind has none."""
    if application.kind is None or not application.kind.by_thresholds:
        return None
    version = decided_by(application) or ThresholdVersion.objects.in_force(on=timezone.localdate())
    if version is None:
        return None
    return Standing(version, thresholds.judge_application(application, version=version, facts=facts))


def decided_by(application: Application) -> ThresholdVersion | None:
    """The version of the thresholds that the standing decision was based on."""
    if not application.is_decided:
        return None
    decision = application.decisions.standing().select_related("thresholds").last()
    return decision.thresholds if decision else None


@dataclass(frozen=True)
class ApplicantAnswer:
    """One answer of the applicant. `asked`: when the request was sent; `sort`: what it asked for.

    `files`: those that came with it; `is_new`: the case has not moved on since.
    """

    asked: tuple[date, datetime]
    sort: str | Promise
    came_on: date
    words: str
    files: tuple[Document, ...] = ()
    is_new: bool = False

    @property
    def since(self) -> str:
        """Since when it is new, in words."""
        return say_since(self.came_on)


def find_request_answers(
    application: Application, completions: Iterable[CompletionRequest], views: Iterable[ViewRequest]
) -> list[ApplicantAnswer]:
    """The answers in an open case, latest first. One request is open at a time, so they came in the order of asking."""
    if application.has_ended:
        return []
    given = [
        *(build_completion_answer(one, one.answered_on) for one in completions if one.answered_on),
        *(build_view_answer(one, one.answered_at) for one in views if one.answered_at),
    ]
    given.sort(key=lambda answer: answer.asked, reverse=True)
    if given and application.status == Status.SUPPLIED:
        given[0] = replace(given[0], is_new=True)
    return given


def build_completion_answer(request: CompletionRequest, answered_on: date) -> ApplicantAnswer:
    """The answer to a request for completion: the text, and the files that came in for the requested items."""
    files = tuple(
        document
        for asked in request.items.all()
        for document in asked.item.documents.all()
        if document.added_at >= request.sent_at and timezone.localdate(document.added_at) <= answered_on
    )
    return ApplicantAnswer(
        (timezone.localdate(request.sent_at), request.sent_at), _("completion"), answered_on, request.answer, files
    )


def build_view_answer(request: ViewRequest, answered_at: datetime) -> ApplicantAnswer:
    """The applicant's view."""
    return ApplicantAnswer(
        (request.sent_on, request.created_at), _("view"), timezone.localdate(answered_at), request.view
    )
