"""Letters as PDF: the frozen words as tagged PDF/UA-1, made by Typst with its bundled fonts."""

import json
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import segno
import structlog
import typst
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework import clock, markup
from casework.current_policy import CurrentPolicy
from casework.models import Document, Letter
from casework.reference_cache import reading_once
from casework.turns import within_turn

log = structlog.get_logger("loket.letters")

TEMPLATES = Path(__file__).parent / "typst"
AT_ONCE = 500
TOGETHER = 25
"""Letters per transaction: at most this many files lose their row if a worker is killed, and are swept later."""
MADE_AHEAD = timedelta(days=31)  # older letters are rarely opened
ONE_AT_A_TIME = Lock()  # a compiler caches its last document for speed, so it serves one thread at a time

QR_MASK = 3
"""Any of the eight masks can be read; trying all of them for the best took half as long as the whole letter."""
DARK = re.compile(rb"\x01+")
ATTEMPTS = ((False, True), (True, True), (True, False))
"""Whether to use the machine's fonts too, and whether to claim PDF/UA-1.

The first attempt succeeds unless the text has a character that our fonts lack, such as Chinese; the last one shows a
box for it, because a letter without PDF/UA-1 is better than none.
"""


def render_letter_html(body: str, *, heading: int = 2) -> SafeString:
    """The words of a letter for a page; see `casework.markup`."""
    return markup.render_markup(body, heading=heading)


def render_letter_pdf(letter: Letter) -> bytes:
    """The letter as PDF; the same letter always gives the same bytes on the same day's policy settings."""
    return compile_template("letter", build_letter(letter), made_at=letter.placed_at)


def summary_pdf(*, title: str, language: str, sections: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> bytes:
    """What was entered, as PDF: titled sections of names and values; a value may have several lines."""
    now = clock.now()
    data = {
        **_sheet_data(title, language, on=timezone.localdate(now), footer=title),
        "sections": [
            {"title": heading, "rows": [{"name": name, "value": value.splitlines() or ["–"]} for name, value in rows]}
            for heading, rows in sections
        ],
    }
    return compile_template("summary", data, made_at=now)


def build_sheet(title: str, language: str, *, footer: str) -> dict[str, Any]:
    """The data that every template needs, as of today."""
    return _sheet_data(title, language, on=clock.today(), footer=footer)


def compile_plain(template: str, data: dict[str, Any], *, made_at: datetime) -> bytes:
    """Compile a template without claiming PDF/UA-1, for pages that are merged with others."""
    try:
        return _compile_once(template, data, made_at, machine_fonts=False, sealed=False)
    except typst.TypstError:
        log.info("other_fonts_needed", template=template)
        return _compile_once(template, data, made_at, machine_fonts=True, sealed=False)


def store_missing(*, limit: int = AT_ONCE) -> int:
    """Make the missing PDFs of the last month's letters, oldest first, for one turn; returns how many.

    A transaction covers a few letters: other workers skip those, and a letter that fails is left for the next run
    without stopping the others. A full or unavailable storage ends the turn. An older letter without a PDF gets one
    when somebody opens it.
    """
    made, last = 0, 0
    for start in within_turn(range(0, limit, TOGETHER)):
        with transaction.atomic(), reading_once():
            letters = _next_without_pdf(after=last, limit=min(TOGETHER, limit - start))
            if not letters:
                break
            last = letters[-1].pk
            stored, is_away = _store_pdfs(letters)
        made += stored
        if is_away:
            break
    return made


def without_pdf(*, now: datetime) -> QuerySet[Letter]:
    """The last month's letters without a PDF; one that waits to be posted gets its PDF afterwards."""
    return Letter.objects.filter(pdf=None, placed_at__gte=now - MADE_AHEAD).exclude(made_known_on=None)


def _next_without_pdf(*, after: int, limit: int) -> list[Letter]:
    waiting = without_pdf(now=clock.now()).filter(pk__gt=after).order_by("pk").select_related("dossier")
    return list(waiting.select_for_update(no_key=True, skip_locked=True, of=("self",))[:limit])


def _store_pdfs(letters: Sequence[Letter]) -> tuple[int, bool]:
    """Make and attach the PDFs; returns how many, and whether it stopped because the storage is unavailable."""
    made, is_away = [], False
    for letter in letters:
        try:
            letter.pdf = _make_document(letter)
        except OSError as error:
            log.error("storage_away", letter=letter.pk, error=type(error).__name__, reason=str(error)[:200])
            is_away = True
            break
        if letter.pdf:
            made.append(letter)
    Document.objects.bulk_create([letter.pdf for letter in made if letter.pdf])
    Letter.objects.bulk_update(made, ["pdf"])
    return len(made), is_away


def _make_document(letter: Letter) -> Document | None:
    """The unsaved document with a letter's PDF; None if it cannot be made, which is logged. Raises OSError."""
    document = Document(dossier=letter.dossier, kind=Document.Kind.LETTER)
    name = f"{letter.dossier} {letter.subject}"[:190] + ".pdf"
    try:
        document.fill(render_letter_pdf(letter), name=name, content_type="application/pdf")
    except (typst.TypstError, FileExistsError) as error:  # FileExistsError: something else is in the place of this file
        log.error("letter_not_made", letter=letter.pk, error=type(error).__name__, reason=str(error)[:200])
        return None
    return document


def build_letter(letter: Letter) -> dict[str, Any]:
    """The data for the template of a letter."""
    day = letter.made_known_on or clock.today()
    with override(letter.language):
        facts = [(_("Date"), date_format(day)), (_("Number"), str(letter.dossier))]
        if letter.reference:
            facts.append((_("Reference"), letter.reference))
        footer = " · ".join(value for _name, value in facts[1:])
        return {
            **_sheet_data(letter.subject, letter.language, on=day, footer=footer),
            **_check_data(letter),
            "addressee": letter.address.splitlines(),
            "facts": facts,
            "body": markup.parse_markup(letter.shown_body),
        }


def _sheet_data(title: str, language: str, *, on: date, footer: str) -> dict[str, Any]:
    with override(language):
        return {
            "title": title,
            "language": language,
            "sender": list_sender_lines(language, on=on),
            "mark": read_mark(),
            "colour": settings.THEME_COLOUR,
            "footer": footer,
            "page_of": _("Page %(page)s of %(pages)s"),
        }


def list_sender_lines(language: str, *, on: date) -> list[str]:
    """The sender's name and address, above a letter."""
    policy = CurrentPolicy.on(on)
    return [policy.text("sender_name", language), *policy.text("sender_address", language).splitlines()]


@cache
def read_mark() -> str:
    """The SVG of our logo above a letter; empty if the file is missing, because letters can go out without it."""
    path = finders.find(settings.THEME_LOGO)
    return Path(path).read_text() if path else ""


def check_address(reference: str, plate: str = "") -> str:
    """The URL of the public page on which anybody can check a decision.

    The plate is in the fragment (`#`), which a browser never sends, so no server or log ever sees it.
    """
    address = settings.SITE_URL + reverse("verify_reference", args=[reference])
    return f"{address}#{plate}" if plate else address


def _check_data(letter: Letter) -> dict[str, str]:
    """The data for a decision's QR code, which links to the public page that says whether it is genuine."""
    if not letter.reference:
        return {"qr": ""}
    url = check_address(letter.reference, letter.plate)
    return {
        "qr": draw_qr(url),
        "qr_alt": _("QR code that leads to the check of this decision: %(url)s") % {"url": url},
        "verify_url": url,
        "verify_words": _("Check whether this decision is genuine and in force"),
    }


def draw_qr(url: str) -> str:
    """A QR code as SVG with a stroke per run of dark squares; the library's own SVG takes more than twice as long."""
    rows = segno.make(url, error="m", mask=QR_MASK).matrix
    dark = "".join(
        f"M{run.start()} {y}.5h{run.end() - run.start()}" for y, row in enumerate(rows) for run in DARK.finditer(row)
    )
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}"><path stroke="#000" d="{dark}"/></svg>'
    )


def compile_template(template: str, data: dict[str, Any], *, made_at: datetime) -> bytes:
    """Compile a template. Its data are passed as JSON and read as text, so they are never run as Typst."""
    for machine_fonts, sealed in ATTEMPTS[:-1]:
        try:
            return _compile_once(template, data, made_at, machine_fonts, sealed)
        except typst.TypstError:
            log.info("other_fonts_needed", template=template)
    return _compile_once(template, data, made_at, *ATTEMPTS[-1])


def _compile_once(template: str, data: dict[str, Any], made_at: datetime, machine_fonts: bool, sealed: bool) -> bytes:
    with ONE_AT_A_TIME:
        made = _make_compiler(template, machine_fonts).compile(
            format="pdf",
            sys_inputs={"data": json.dumps(data)},
            pdf_standards=["ua-1"] if sealed else [],
            timestamp=int(made_at.timestamp()),
        )
    if not isinstance(made, bytes):
        raise TypeError(f"one PDF was expected, not {type(made).__name__}")
    return made


@cache
def _make_compiler(template: str, machine_fonts: bool) -> typst.Compiler:
    return typst.Compiler(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=typst.Fonts(include_system_fonts=machine_fonts),
    )
