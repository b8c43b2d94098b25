"""A small made-up history, and letters over it: the numbers can be counted by hand."""

import io
from datetime import date
from typing import Any

import docx
import pikepdf
from docx.oxml.ns import qn

from accounts.models import User
from reporting.letter import lifecycle
from reporting.letter.chapters import OWN_TEXTS
from reporting.letter.document import Draft, Source, compose_letter
from reporting.letter.values import build_letter_values
from reporting.models import ReportToParliament
from reporting.period import Period
from tests.reporting.cases import case, day_exemption

TWO_MONTHS = Period(date(2025, 6, 1), date(2025, 7, 31), date(2025, 7, 31))


def happen() -> None:
    """Three national cases, one local, two day exemptions in the period; one national and one day before it."""
    TWO_MONTHS.memory.clear()  # it outlives the tests, and a report remembers in it what it read
    case(file="2025-04-07", take_up="2025-04-08", grant="2025-04-20", plate="VAA01A")
    day_exemption("2025-05-06", plate="VAA09A")
    case(file="2025-06-03", take_up="2025-06-04", grant="2025-06-20", plate="VAA02A")
    case(file="2025-06-10", take_up="2025-06-11", reject="2025-06-30", ground="repeated", plate="VAA03A")
    case(file="2025-07-08", plate="VAA04A")
    case("HAR", file="2025-07-09", where="Utrecht", plate="VAA05A")
    day_exemption("2025-07-03")
    day_exemption("2025-07-03", plate="TAA01A", vehicle="truck")


def begun(by: User, period: Period = TWO_MONTHS) -> ReportToParliament:
    """A draft over the period."""
    return lifecycle.begin_draft(period, letter_on=date(2025, 9, 29), by=by)


def leave_out_own_texts(report: ReportToParliament, by: User) -> None:
    """What only an editor can tell stays out of the letter, on purpose."""
    for one in OWN_TEXTS:
        report.write(by=by, block=one.slug, body="", seen=report.stamp(one.slug))


def published(maker: User, checker: User, publisher: User, period: Period = TWO_MONTHS) -> ReportToParliament:
    """A letter with both signatures."""
    report = begun(maker, period)
    leave_out_own_texts(report, maker)
    report.approve(by=checker, seen=report.fingerprint())
    lifecycle.publish_letter(report, by=publisher, seen=report.fingerprint())
    return report


def known(period: Period = TWO_MONTHS) -> dict[str, Any]:
    """What a text can name."""
    return build_letter_values(lifecycle.build_standard_source(period).numbers)


def letter(numbers: dict[str, Any], **texts: str):
    """The letter over other numbers, or with other words."""
    draft = Draft(TWO_MONTHS, "Rapportage", date(2025, 9, 29), "De Staatssecretaris")
    return compose_letter(Source(draft, numbers, texts))


def pdf_pages(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def docx_text(content: bytes) -> str:
    """All words of a DOCX in order of kind: paragraphs, then cells."""
    read = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in read.paragraphs), *cells])


def docx_element(content: bytes, name: str) -> list[Any]:
    """Every element of a kind in the body."""
    return list(docx.Document(io.BytesIO(content)).element.body.iter(qn(name)))
