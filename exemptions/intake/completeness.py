"""What a draft still lacks before it can be sent: the single source for the form, the check page and the step."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from casework import clock
from casework.reference_cache import read_once
from casework.steps import StepRefused
from exemptions.duplicates import find_own_duplicate
from exemptions.intake import answer_days
from exemptions.models.kind import KindQuestion, KindVersion

if TYPE_CHECKING:
    from exemptions.models.application import Application


SIGNATURE = "check"
"""The screen with the signature."""


@dataclass(frozen=True)
class Missing:
    """Something to fill in: on which screen, in which field, and the message for the applicant."""

    screen: str
    field: str
    message: str


def refuse_unless_complete(application: "Application") -> None:
    """Raise StepRefused with every message if something is missing."""
    messages = [item.message for item in find_missing(application)]
    if messages:
        raise StepRefused(messages)


def find_missing(application: "Application") -> list[Missing]:
    """Everything that is missing, in the order of the screens."""
    return [
        *_check_applicant(application),
        *_check_vehicle(application),
        *_check_kind(application),
        *_check_evidence(application),
        *_check_questions(application),
        *_where_and_when(application),
    ]


def _check_applicant(application: "Application") -> Iterator[Missing]:
    if application.applicant is None:
        yield Missing("applicant", "applicant", _("Tell us who you are applying for."))
        return
    kind, applicant = application.kind, application.applicant
    if kind and kind.who != KindVersion.Who.ANYONE and kind.who != applicant.form:
        yield Missing("kind", "kind", _("This kind of exemption is not for this applicant: choose another kind."))


def _check_vehicle(application: "Application") -> Iterator[Missing]:
    may_be_absent = application.kind is not None and application.kind.plate_may_be_absent
    if not application.plate and not may_be_absent:
        yield Missing("vehicle", "plate", _("Fill in the plate."))
    if not application.vehicle_class:
        yield Missing("vehicle", "vehicle_class", _("Tell us whether it is a van or a truck."))


def _check_kind(application: "Application") -> Iterator[Missing]:
    kind = application.kind
    if kind is None:
        yield Missing("kind", "kind", _("Choose the exemption you need."))
        return
    if application.vehicle_class and application.vehicle_class not in kind.vehicles:
        yield Missing("kind", "kind", _("This kind of exemption is not for this vehicle: choose another kind."))
    if other := find_own_duplicate(application):
        yield Missing("kind", "kind", explain_duplicate(other))


def _check_questions(application: "Application") -> Iterator[Missing]:
    for question in find_relevant_questions(application):
        if not question.required or is_answered(application, question):
            continue
        if question.is_declaration:
            yield Missing(SIGNATURE, "declaration", _("Tick the box: %(question)s") % {"question": question})
        else:
            yield Missing("questions", question.code, _("Answer the question: %(question)s") % {"question": question})
    yield from _check_days(application)


def _check_days(application: "Application") -> Iterator[Missing]:
    """Impossible dates: a draft may have waited until a date in it was over."""
    asked = find_relevant_questions(application)
    given = {question.code: application.answers.get(question.code) for question in asked}
    for question in asked:
        if wrong := answer_days.find_day_problem(question, given, among=asked, today=clock.today()):
            yield Missing("questions", question.code, f"{question} {wrong}")


def _where_and_when(application: "Application") -> Iterator[Missing]:
    kind = application.kind
    if kind is None:
        return
    if kind.is_municipal and application.municipality_id is None:
        yield Missing("period", "municipality", _("Choose the municipality."))
    elif kind.is_municipal and application.municipality and not kind.exists_in(application.municipality):
        message = _("This municipality does not offer this exemption. Choose another municipality or exemption.")
        yield Missing("period", "municipality", message)
    if application.wanted_from is None:
        yield Missing("period", "wanted_from", _("Fill in the day from which you need the exemption."))


def _check_evidence(application: "Application") -> Iterator[Missing]:
    about = {"extends": bool(application.renews_id), "is_foreign": application.is_foreign}
    for item in application.evidence_items.missing(**about).select_related("requirement"):
        yield Missing(
            "evidence", f"item-{item.requirement.code}", _("Add a file: %(item)s") % {"item": item.requirement}
        )
    if application.is_draft:
        for document in application.unsorted_files:
            message = _("Tell us what this file is: %(name)s") % {"name": document.name}
            yield Missing("evidence", f"place-{document.pk}", message)


def find_relevant_questions(application: "Application") -> list[KindQuestion]:
    """The questions of the kind that are relevant given the other answers."""
    if application.kind is None:
        return []
    return select_relevant(application.kind, application.answers)


def select_relevant(kind: KindVersion, answers: Mapping[str, object]) -> list[KindQuestion]:
    """The questions of a kind that are relevant given these answers."""
    return [question for question in list_questions(kind) if is_asked(question, answers)]


def select_to_answer(kind: KindVersion, answers: Mapping[str, object]) -> list[KindQuestion]:
    """The relevant questions with a field in the portal: all but the declarations."""
    return [question for question in select_relevant(kind, answers) if not question.is_declaration]


def select_declarations(kind: KindVersion, answers: Mapping[str, object]) -> list[KindQuestion]:
    """What the signature declares, besides that everything is true."""
    return [question for question in select_relevant(kind, answers) if question.is_declaration]


def sign_declarations(kind: KindVersion, answers: Mapping[str, object], *, shown: Collection[str]) -> dict[str, str]:
    """The answers that the signature gives, if the signed page showed each declaration in these words.

    Raises StepRefused for a declaration that was not shown: nobody signs for what they could not read.
    """
    declarations = select_declarations(kind, answers)
    if any(str(one) not in shown for one in declarations):
        message = _("What you declare has changed since you opened this page. Read it below, and sign again.")
        raise StepRefused(message, field="declaration")
    return {one.code: "yes" for one in declarations}


def list_questions(kind: KindVersion) -> list[KindQuestion]:
    """All questions of a kind; read once per step."""
    return read_once((KindQuestion, kind.pk), lambda: list(kind.questions.all()))


def is_asked(question: KindQuestion, answers: Mapping[str, object]) -> bool:
    """Whether the answer to the question that it depends on makes it relevant."""
    return not question.only_if_code or str(answers.get(question.only_if_code, "")) == question.only_if_value


def is_answered(application: "Application", question: KindQuestion) -> bool:
    """Whether it was answered; a declaration must be confirmed."""
    answer = application.answers.get(question.code)
    return answer == "yes" if question.is_declaration else answer not in (None, "")


def explain_missing_signature() -> str:
    """The message to somebody whose paper application is not signed (Awb 4:2(1))."""
    return _("Sign your application, and send us the signed page.")


def explain_duplicate(other: "Application") -> str:
    """The message to somebody who has the same application open."""
    return _("You have already applied for this: application %(number)s is still open.") % {"number": other.dossier}
