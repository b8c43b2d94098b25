"""Every form that takes a file, with hostile files: refused with a sentence, or kept where they are harmless."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from django.db.models import Max, Model
from django.urls import resolve, reverse

from casework.file_responses import SHOWN
from casework.files import file_fields
from casework.models import Document
from helpdesk.models import Attachment
from tests.attack.answers import faults_of_page, taken_back
from tests.attack.forms import Form
from tests.attack.hostile_files import EICAR, HONEST, MAY_BE_KEPT, REFUSED, File
from tests.casework.test_uploads import clamd
from tests.desk import pages

__all__ = ["clamd"]

pytestmark = pytest.mark.django_db

FILES = {**HONEST, **MAY_BE_KEPT, **REFUSED}
AT_LEAST = 12
"""At least this many forms take files; with fewer the walk has lost its way."""
REFUSALS = ('id="error-summary"', 'class="desk-errors"', 'utrecht-alert--error loket-notice">')
SHEETS = {"fleet_add", "return_upload"}
"""The forms that read a spreadsheet; the others keep files of many types."""
READ = {"fleet_batch", "return_upload_check"}
"""The pages that a sheet leads to which could be read."""
STORED = re.compile(r"[a-z0-9/-]+[0-9a-f]{32}")
"""Where a file is kept: nothing of the name that it came under."""
EDGE = "----the-edge-of-a-part"


@pytest.fixture
def file_forms(site_forms) -> list[tuple[str, Form]]:
    """Those that take a file."""
    return [(person, form) for person, form in site_forms if file_names(form)]


def test_every_form_with_hostile_files(browsers, file_forms, tell):
    count: Counter[str] = Counter()
    wrong: dict[str, set[str]] = {}

    for (person, form), (name, file) in product(file_forms, FILES.items()):
        with taken_back(browsers[person]):
            new_rows = rows_from_now()
            answer = send(browsers[person], form, file)
            kept = new_rows()
            found = {*faults_of_page(answer), *(fault for row in kept for fault in faults_of_row(row, browsers))}
            if file.name and not (kept or is_read(answer) or is_refused(answer)):
                found.add("neither taken nor refused")
            if kept and name in REFUSED:
                found.add("kept")
            count.update(requests=1, refused=is_refused(answer), kept=bool(kept))
        if found:
            wrong[f"{person} at {form.sort[0]}: {name}"] = found

    tell(forms=len(file_forms), files=len(FILES), **count, wrong=len(wrong))
    assert wrong == {}
    assert len(file_forms) > AT_LEAST
    assert count["kept"] > 0


@pytest.mark.usefixtures("clamd")
def test_no_form_takes_a_virus_nor_what_nobody_scans(browsers, file_forms, settings, tell):
    ill = [answer_to(browsers[person], form, more=EICAR) for person, form in file_forms]
    settings.CLAMAV_HOST = "127.0.0.1:1"
    away = [answer_to(browsers[person], form) for person, form in file_forms]

    tell(forms=len(file_forms), requests=len(ill) + len(away))
    assert without("Onze virusscanner vertrouwt", ill, file_forms) == []
    assert without("nu niet op virussen controleren", away, file_forms) == []


def answer_to(browser, form: Form, *, more: bytes = b"") -> str:
    """The page that comes of a file that the form takes, with this at its end."""
    honest = HONEST["a sheet" if form.sort[0] in SHEETS else "a PDF"]
    with taken_back(browser):
        return str(send(browser, form, File(honest.name, honest.content + more)).content.decode())


def without(words: str, pages: list[str], forms: list[tuple[str, Form]]) -> list[str]:
    """The forms whose answer does not say this."""
    return [form.sort[0] for (_person, form), page in zip(forms, pages, strict=True) if words not in page]


def file_names(form: Form) -> list[str]:
    return [field.name for field in form.fields if field.sort == "file"]


def send(browser, form: Form, file: File) -> Any:
    """The form as a browser sends it, with the file in each of its fields, under its unchanged name."""
    parts = [
        f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()
        for name, value in form.filled().items()
    ]
    for name in file_names(form):
        head = f'Content-Disposition: form-data; name="{name}"; filename="{file.name}"\r\n'
        parts.append(head.encode() + b"Content-Type: text/html\r\n\r\n" + file.content)
    body = b"".join(b"--%s\r\n%s\r\n" % (EDGE.encode(), part) for part in parts) + f"--{EDGE}--\r\n".encode()
    return form.send(browser, body, f"multipart/form-data; boundary={EDGE}")


def is_read(answer: Any) -> bool:
    """Whether a sheet was taken in: its lines are kept, not the file."""
    return resolve(answer.request["PATH_INFO"]).view_name in READ


def is_refused(answer: Any) -> bool:
    """Whether the page says what is wrong."""
    return not answer.streaming and any(sign in answer.content.decode() for sign in REFUSALS)


def rows_from_now() -> Callable[[], list[Any]]:
    """Returns a function that lists the rows with a file that were added since."""
    models = {model for model, _field in file_fields()}
    last = {model: model._base_manager.aggregate(last=Max("pk"))["last"] or 0 for model in models}
    return lambda: [row for model in models for row in model._base_manager.filter(pk__gt=last[model])]


def faults_of_row(row: Any, browsers) -> Iterator[str]:
    """What is wrong with a file that was kept, and with how it is handed out."""
    if not STORED.fullmatch(row.file.name):
        yield f"stored at {row.file.name}"
    if set(row.name) & set("/\\\r\n\0\u202e") or not row.name.strip() or len(row.name) > 200:
        yield f"shown as {row.name!r}"
    answers = [browsers[person].get(address) for person, address in addresses_of(row)]
    handed = [answer for answer in answers if answer.status_code == 200]
    if answers and not handed:
        yield "handed out to nobody"
    shown = "inline" if row.content_type in SHOWN else "attachment"
    for answer in handed:
        if not answer["Content-Disposition"].startswith(shown) or answer["X-Content-Type-Options"] != "nosniff":
            yield f"handed out with {answer.headers}"
        if "default-src 'none'" not in answer["Content-Security-Policy"]:
            yield f"may do {answer['Content-Security-Policy']}"


def addresses_of(row: Model) -> Iterator[tuple[str, str]]:
    """Where a file may be handed out, and to whom; evidence of a whole list has no address of its own."""
    if isinstance(row, Document):
        yield "applicant", reverse("document", args=[row.dossier.application.key, row.pk])
        cases = (*row.dossier.objections.all(), *row.dossier.appeals.all())
        yield from (("objection_officer", pages.document(case, row.pk)) for case in cases)
    if isinstance(row, Attachment):
        yield "editor", reverse("question_attachment", args=[row.mail.question.number, row.pk])
