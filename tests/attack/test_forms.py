"""Every form that anybody can see, with hostile values in every field and hostile files in every place for one."""

from collections import Counter
from urllib.parse import urlencode

import pytest
from django.test import Client

from casework.models import Document
from exemptions.filing.uploads import ODF_TYPES, OFFICE_PARTS, TYPES
from tests.attack.forms import Form, forms_of
from tests.crawler import is_page
from tests.portal import files
from tests.portal.files import upload
from tests.project.test_hostile_input import FORM, HOSTILE
from tests.project.test_roles import table

pytestmark = pytest.mark.django_db

PROGRAM = HOSTILE["a program"]
SEES = "."
KEPT = ("csrfmiddlewaretoken", "seen")
LAUGHS = b'<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
LAUGHING = b"<!DOCTYPE x [" + LAUGHS + b"]><x>&j;</x>"
XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
BAD_FILES = {
    "a bomb": files.BOMB,
    "a bomb of a sheet": files.office("xl__workbook_DOT_xml", xl__worksheets__sheet1_DOT_xml=b"0" * 210 * 1024 * 1024),
    "a file of the server": files.office("xl__workbook_DOT_xml", xl__sharedStrings_DOT_xml=XXE),
    "a billion laughs": LAUGHING,
    "laughs in a sheet": files.office("xl__workbook_DOT_xml", xl__styles_DOT_xml=LAUGHING),
    "macros": files.MACROS,
    "a page that is a PDF too": b"<html><script>alert(1)</script>" + files.PDF,
    "a PDF that is a zip too": files.PDF + files.zipped(a=b"<script>alert(1)</script>"),
    "a drawing": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "a program": b"MZ" + b"\0" * 200,
    "nothing": b"",
    "half a picture": files.PNG[:-14],
    "deep": b"<a>" * 100_000,
    "formulas": b"plate;note\r\n=cmd|'/c calc'!A1;@SUM(1)\r\n",
}
NAMES = ("../../etc/passwd", "a\r\nSet-Cookie: x=1.pdf", "\u202efdp.exe", '"><script>alert(1)</script>.pdf')


@pytest.fixture
def found(visitors, addresses) -> list[tuple[str, Form]]:
    """Every sort of form with who sees it; each person and sort once."""
    known: dict[tuple[str, tuple[str, ...]], Form] = {}
    for row, signs in table().items():
        for name in (name for name in visitors if signs.get(name) == SEES):
            answer = visitors[name].get(addresses[row])
            for form in forms_of(answer.content, addresses[row]) if is_page(answer) else ():
                known.setdefault((name, form.sort), form)
    return [(name, form) for (name, _sort), form in known.items()]


def send(browser: Client, form: Form, value: str):
    fields = {name: was if name in KEPT else value for name, was in form.fields.items()}
    return browser.post(form.action, urlencode(fields, errors="surrogateescape"), content_type=FORM)


def test_hostile_values_and_files_in_every_form(visitors, found, tell):
    send_values(visitors, found, tell)
    send_files(visitors, found, tell)


def send_values(visitors, found, tell):
    answers: Counter[int] = Counter()
    failed, reflected = [], []
    for name, form in found:
        for what, value in HOSTILE.items():
            answer = send(visitors[name], form, value)
            answers[answer.status_code] += 1
            if answer.status_code >= 500:
                failed.append((name, form.action, what))
            if value == PROGRAM and PROGRAM[:25].encode() in getattr(answer, "content", b""):
                reflected.append((name, form.action))

    codes = {f"{code}:": count for code, count in sorted(answers.items())}
    tell(forms=len(found), requests=answers.total(), failed=len(failed), reflected=len(reflected), **codes)
    assert (failed, reflected) == ([], [])


def send_files(visitors, found, tell):
    places = [(name, form) for name, form in found if form.files]
    answers: Counter[int] = Counter()
    failed = []
    for number, (name, form) in enumerate(places):
        for what, content in BAD_FILES.items():
            sent = {field: upload(content, NAMES[number % len(NAMES)]) for field in form.files}
            answer = visitors[name].post(form.action, {**form.fields, **sent})
            answers[answer.status_code] += 1
            if answer.status_code >= 500:
                failed.append((name, form.action, what))

    taken = {*TYPES, *(one.content_type for one in (*OFFICE_PARTS.values(), *ODF_TYPES.values()))}
    kept = Document.objects.exclude(content_type__in=taken)
    names = "".join(Document.objects.values_list("name", flat=True))
    codes = {f"{code}:": count for code, count in sorted(answers.items())}
    tell(places=len(places), requests=answers.total(), failed=len(failed), kept_of_another_type=kept.count(), **codes)
    assert failed == []
    assert not kept.exists()
    assert not set("/\\\r\n\u202e") & set(names)
