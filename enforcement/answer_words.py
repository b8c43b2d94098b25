"""The answer in words, for an officer next to the vehicle. It tells no more than programs get."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from enforcement.answers import BY_AUTOMATIC, BY_DAY_EXEMPTION, BY_EXEMPTION, BY_RULE, Answer, Question
from enforcement.register_entries import HOME
from enforcement.rules import current_rules
from exemptions.countries import get_country_name
from zones import wording
from zones.access import NOT_STARTED, OUT
from zones.models import Municipality
from zones.plates import spell_plate


@dataclass(frozen=True)
class AnswerWords:
    """`kind`: the colour, as of a notice; `rows`: the basis, until when, the reference; `rule`: what the rule says."""

    plate: str
    country: str
    place: str
    verdict: str
    kind: str
    rows: list[tuple[str, str]]
    rule: str
    is_silent: bool
    is_foreign: bool


def describe_answer(question: Question, answer: Answer, *, place: Municipality) -> AnswerWords:
    """The answer as the page shows it."""
    verdict, kind = {
        True: (_("May enter"), "ok"),
        False: (_("May not enter"), "error"),
        None: (_("Not known"), "warning"),
    }[answer.allowed]
    return AnswerWords(
        plate=spell_plate(question.plate, country=question.country),
        country=get_country_name(question.country),
        place=place.name,
        verdict=verdict,
        kind=kind,
        rows=list_rows(answer),
        rule=explain_ground(answer),
        is_silent=answer.allowed is None,
        is_foreign=question.country != HOME,
    )


def list_rows(answer: Answer) -> list[tuple[str, str]]:
    """Everything that is known, as label and value."""
    rows = (
        (_("By"), name_ground(answer)),
        (_("Up to and including"), describe_end(answer.until)),
        (_("Reference"), answer.reference or ""),
    )
    return [(name, value) for name, value in rows if value]


def name_ground(answer: Answer) -> str:
    """The type of basis, with the code of a rule if the table has it."""
    if answer.by is None:
        return ""
    sort = {
        BY_RULE: _("access rule"),
        BY_AUTOMATIC: _("automatic exemption"),
        BY_EXEMPTION: _("exemption"),
        BY_DAY_EXEMPTION: _("day exemption"),
    }[answer.by]
    return f"{sort} {answer.rule}" if answer.rule and answer.rule not in (OUT, NOT_STARTED) else sort


def explain_ground(answer: Answer) -> str:
    """What the rule or automatic exemption says, worded as in the portal but without the source."""
    if answer.rule is None:
        return ""
    if answer.rule == OUT:
        return wording.describe_outside()
    if answer.rule == NOT_STARTED:
        return _("The zone has not started yet: every vehicle may enter.")
    ground = current_rules().find_ground(answer.rule)
    if ground is None:
        return ""
    ended = None if answer.allowed or answer.by == BY_AUTOMATIC else ground.until
    return wording.explain_rule(replace(ground, source=""), allowed=bool(answer.allowed), until=ended)


def describe_end(until: datetime | None) -> str:
    """The last day, with the hour if access ends in the middle of one."""
    if until is None:
        return ""
    local = timezone.localtime(until)
    if local.time() == time.min:
        return date_format(local.date() - timedelta(days=1), "DATE_FORMAT")
    return date_format(local, "DATETIME_FORMAT")
