"""What was filled in, in sections, for the check page, the receipt and the PDF."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from casework.deadline_words import format_day
from exemptions import countries
from exemptions.forms.facts import emission_class
from exemptions.forms.questions import in_words
from exemptions.intake import completeness
from exemptions.models import Applicant, Application, FactsRecord
from zones.plates import spell_plate
from zones.vehicles import VehicleFacts

Rows = list[tuple[str, str]]


@dataclass(frozen=True)
class Section:
    """One screen of the form as names and values; a value may have several lines."""

    screen: str
    title: str
    rows: Rows


def build_sections(application: Application) -> list[Section]:
    """All sections with content, in the order of the screens."""
    found = [
        Section("applicant", _("Applicant"), applicant_rows(application.applicant)),
        Section("vehicle", _("Vehicle"), vehicle_rows(application)),
        Section("kind", _("Exemption"), [(_("Kind of exemption"), str(application.kind or ""))]),
        Section("questions", _("Your situation"), question_rows(application)),
        Section("period", _("Where and when"), period_rows(application)),
        Section("evidence", _("Evidence"), evidence_rows(application)),
    ]
    return [section for section in found if section.rows]


def applicant_rows(applicant: Applicant | None) -> Rows:
    """Name, numbers and address of the applicant."""
    if applicant is None:
        return [(_("Name"), "")]
    numbers = [(_("KvK number"), applicant.kvk_number), (_("Branch number"), applicant.branch_number)]
    lines = [applicant.street, f"{applicant.postcode}  {applicant.city}", countries.get_country_name(applicant.country)]
    return [
        (_("Name"), applicant.name),
        *(row for row in numbers if row[1]),
        (_("Address"), "\n".join(lines)),
        *([(_("Email address"), applicant.email)] if applicant.email else []),
        *([(_("Phone"), applicant.phone)] if applicant.phone else []),
    ]


def vehicle_rows(application: Application) -> Rows:
    """The vehicle, and the source of its data."""
    plate = spell_plate(application.plate, country=application.country) if application.plate else _("not yet")
    where = (
        f" ({countries.get_country_name(application.country)})"
        if application.plate and application.country != "NL"
        else ""
    )
    record = application.current_facts
    return [
        (_("Number plate"), plate + where),
        *(facts_rows(record.vehicle, vehicle_class=application.get_vehicle_class_display()) if record else []),
        *([(_("Source of these details"), describe_source(record))] if record else []),
        *([(_("What is wrong, as you told us"), application.facts_disputed)] if application.facts_disputed else []),
    ]


def facts_rows(facts: VehicleFacts, *, vehicle_class: str = "") -> Rows:
    """The facts that matter, as far as they are known."""
    known: Iterator[tuple[str, str]] = iter(
        [
            (_("Make and model"), f"{facts.make} {facts.model}".strip()),
            (_("Kind of vehicle"), vehicle_class or describe_category(facts)),
            (_("Emission class"), emission_class(facts.emission_class) if facts.emission_class else ""),
            (_("First registration"), format_day(facts.first_admission) if facts.first_admission else ""),
        ]
    )
    return [(name, value or _("not known")) for name, value in known]


def describe_category(facts: VehicleFacts) -> str:
    """Van, truck or neither, in words."""
    if facts.category == "truck" and facts.subtype:
        return {"rigid": _("truck (rigid)"), "tractor": _("truck (tractor unit)")}[facts.subtype]
    return {"van": _("van"), "truck": _("truck"), "other": _("neither a van nor a truck")}.get(facts.category or "", "")


def describe_source(record: FactsRecord) -> str:
    """The source of the facts, and their date."""
    if record.source == FactsRecord.Source.REGISTER:
        return _("vehicle register, data of %(day)s") % {"day": format_day(localdate(record.as_of))}
    if record.source == FactsRecord.Source.CASEWORKER:
        return _("corrected by the desk on %(day)s") % {"day": format_day(localdate(record.as_of))}
    return _("filled in by you; we will check them")


def question_rows(application: Application) -> Rows:
    """The kind's own questions with their answers; declarations only once they were signed."""
    return [
        (str(question), in_words(question, str(application.answers.get(question.code, ""))))
        for question in completeness.find_relevant_questions(application)
        if not (application.is_draft and question.is_declaration)
    ]


def period_rows(application: Application) -> Rows:
    """Where and when the exemption is wanted."""
    where = str(application.municipality or "")
    if application.kind and not application.kind.is_municipal:
        where = _("all zero-emission zones in the Netherlands")
    until = format_day(application.wanted_until) if application.wanted_until else _("as long as possible")
    return [
        (_("Where"), where),
        (_("From"), format_day(application.wanted_from) if application.wanted_from else ""),
        (_("Until"), until),
    ]


def evidence_rows(application: Application) -> Rows:
    """The names of the files for each item."""
    return [
        (str(item.requirement), "\n".join(document.name for document in item.documents.all()))
        for item in application.relevant_evidence
    ]
