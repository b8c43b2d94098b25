"""Checks dates among the answers against each other and today, as each question prescribes. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _

from casework.deadline_words import format_day
from exemptions.models.kind import TODAY, KindQuestion

LONG_AGO = 100
"""An implausible number of years back."""
FAR = 20
"""An implausible number of years ahead."""


def find_day_problem(
    question: KindQuestion, answers: Mapping[str, object], *, among: Iterable[KindQuestion], today: date
) -> str:
    """What is wrong with the date that was answered; empty if nothing is, or if the answer is no date."""
    if question.answer != KindQuestion.Answer.DATE:
        return ""
    answer = as_day(answers.get(question.code))
    return (
        next(_find_day_problems(question, answer, answers, {one.code: one for one in among}, today), "")
        if answer
        else ""
    )


def as_day(answer: object) -> date | None:
    """A date, also from the text in a draft; None for anything else."""
    if isinstance(answer, date):
        return answer
    try:
        return date.fromisoformat(str(answer))
    except ValueError:
        return None


def _find_day_problems(
    question: KindQuestion,
    answer: date,
    answers: Mapping[str, object],
    among: Mapping[str, KindQuestion],
    today: date,
) -> Iterator[str]:
    if not today.year - LONG_AGO <= answer.year <= today.year + FAR:
        yield _("Check the year: this must be a mistake.")
    hint = question.text("outside")
    for code in question.not_after.split():
        bound = today if code == TODAY else as_day(answers.get(code))
        if bound and answer > bound:
            yield f"{_too_late(bound, code, among)} {hint}".strip()
    for code in question.not_before.split():
        bound = today if code == TODAY else as_day(answers.get(code))
        if bound and answer < bound:
            yield f"{_too_early(bound, code, among)} {hint}".strip()


def _too_late(bound: date, code: str, among: Mapping[str, KindQuestion]) -> str:
    if code == TODAY:
        return _("This day is in the future. Fill in today or an earlier day.")
    return _("This day is after %(day)s, your answer to “%(question)s”.") % _describe_bound(bound, code, among)


def _too_early(bound: date, code: str, among: Mapping[str, KindQuestion]) -> str:
    if code == TODAY:
        return _("This day is over.")
    return _("This day is before %(day)s, your answer to “%(question)s”.") % _describe_bound(bound, code, among)


def _describe_bound(bound: date, code: str, among: Mapping[str, KindQuestion]) -> dict[str, str]:
    return {"day": format_day(bound), "question": str(among[code]) if code in among else code}
