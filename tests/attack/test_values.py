"""Every form of the site with what no honest browser sends: never an error of ours, nothing of it comes alive."""

import json
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
import typst
from django.core import mail

from casework import letter_pdfs, outbox
from casework.models import Letter, Message
from tests.attack.answers import faults_of_page, taken_back
from tests.attack.forms import FREE, URLENCODED, Form, encoded

pytestmark = pytest.mark.django_db

AT_LEAST = {
    "anonymous": 15,
    "applicant": 40,
    "caseworker": 15,
    "objection_officer": 20,
    "reporter": 10,
    "editor": 15,
    "administrator": 50,
}
"""At least this many forms are reached; with fewer the walk has lost its way."""
WRITTEN_TO = ("anonymous", "applicant", "objection_officer")
"""Of what these send some goes out by mail."""
VICTIM = "victim@evil.example"
HEADERS = {
    "auto-submitted",
    "content-language",
    "content-transfer-encoding",
    "content-type",
    "date",
    "from",
    "in-reply-to",
    "message-id",
    "mime-version",
    "references",
    "reply-to",
    "subject",
    "to",
    "x-loop",
}
WORDS = {
    "a NUL": "a\0b",
    "bytes that are no text": "a\udcff\udced\udca0\udc80b",
    "marks that turn the line": "\u202egpj.exe\u2066\u200b\u2028\u2029",
    "a header": f"Hallo\r\nBcc: {VICTIM}\r\nX-Foreign: 1\r\n\r\n{VICTIM}",
    "a script": "\"'></textarea></title><script>pwn(1)</script><img src=pwn onerror=pwn(2)>",
    "a template": "{{7191*7}}${7191*7}#{7191*7}<%=7191*7%>{%load%}{applicant.__class__}%(name)s%n",
    "Typst": '#(7191*7) #panic("hit") #read("/etc/passwd") $x^2$ ``` \\u{0} <label> @reference',
    "an SQL quote": "'; DROP TABLE accounts_user; -- \\' \" %_",
    "a book": "x" * 60_000,
    "nothing but line ends": "\r\n" * 2000,
    "a way up": "../../../../etc/passwd",
}
"""In the fields that take any text, the others filled in as somebody of good will does."""
VALUES = {
    "a negative number": "-1",
    "a number that fits nowhere": "9" * 30,
    "more digits than Python reads": "9" * 5000,
    "no number": "NaN",
    "a number without end": "1e999",
    "digits of others": "٢٠٣٠-٠١-٠١",
    "a digit that is none": "²",
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "JSON": '{"$gt": [1]}',
}
"""In every field that one sees, of whatever type."""


def bodies(form: Form) -> Iterator[tuple[str, bytes, str]]:
    """Every attack on a form: its name and what is sent; once where two come to the same."""
    sent = set()
    for name, (body, content_type) in ATTACKS.items():
        if (made := (body(form), content_type)) not in sent:
            sent.add(made)
            yield name, *made


def words(value: str) -> Callable[[Form], bytes]:
    return lambda form: encoded({**form.filled(), **dict.fromkeys(form.names(*FREE), value)})


def seen_fields(value: str) -> Callable[[Form], bytes]:
    return lambda form: encoded({**form.filled(), **dict.fromkeys(form.names(but=("hidden", "button", "trap")), value)})


def all_fields(value: str) -> Callable[[Form], bytes]:
    return lambda form: encoded(dict.fromkeys(form.names(), value))


def half(form: Form) -> bytes:
    return encoded(dict(list(form.filled().items())[::2]))


def twice(form: Form) -> bytes:
    return encoded({name: [value, "x"] for name, value in form.filled().items()})


def crowd(form: Form) -> bytes:
    return encoded({**form.filled(), **{f"more-{number}": "1" for number in range(1100)}})


def in_json(form: Form) -> bytes:
    return json.dumps({**form.filled(), "more": "\ud800"}).encode()


BODIES = {
    "as it should be": lambda form: encoded(form.filled()),
    **{f"{name} in the words": words(value) for name, value in WORDS.items()},
    **{f"{name} in the fields": seen_fields(value) for name, value in VALUES.items()},
    **{f"{name} everywhere": all_fields(value) for name, value in WORDS.items() if name in ("a NUL", "a script")},
    "nothing at all": lambda _form: b"",
    "half of it": half,
    "all of it twice": twice,
    "a thousand fields more": crowd,
}
TYPES = {
    "JSON instead": (in_json, "application/json"),
    "XML, it says": (BODIES["as it should be"], "application/xml"),
    "parts without an end": (
        lambda _form: b"--x\r\nContent-Disposition: form-data; name=",
        "multipart/form-data; boundary=x",
    ),
    "parts without a boundary": (BODIES["as it should be"], "multipart/form-data"),
    "an alphabet that is none": (BODIES["as it should be"], f"{URLENCODED}; charset=klingon"),
}
ATTACKS = {**{name: (body, URLENCODED) for name, body in BODIES.items()}, **TYPES}
AS_PDF = {f"{name} in the words" for name in ("marks that turn the line", "a script", "Typst")}
"""With these every letter that comes of it is made into a PDF too."""


@pytest.mark.parametrize("person", AT_LEAST)
def test_hostile_values_at_every_form(person, browsers, forms_of, tell):
    count: Counter[str] = Counter()
    wrong: dict[str, set[str]] = {}
    found, last = forms_of(person), Letter.objects.latest("pk").pk

    for form in found:
        for name, body, content_type in bodies(form):
            with taken_back(browsers[person]):
                answer = form.send(browsers[person], body, content_type)
                faults = {*faults_of_page(answer), *faults_of_mails()}
                if name in AS_PDF:
                    faults |= {*faults_of_letters(after=last)}
                count.update(requests=1, accepted=bool(answer.redirect_chain), mails=len(mail.outbox))
            wrong |= {f"{form.sort[0]}: {name}": faults} if faults else {}

    tell(forms=len(found), attacks=len(ATTACKS), **count, wrong=len(wrong))
    assert wrong == {}
    assert len(found) >= AT_LEAST[person]
    assert count["mails"] > 0 or person not in WRITTEN_TO


def faults_of_letters(*, after: int) -> Iterator[str]:
    """Every new letter can be made into a PDF."""
    for letter in Letter.objects.filter(pk__gt=after):
        try:
            letter_pdfs.render_letter_pdf(letter)
        except typst.TypstError as error:
            yield f"letter {letter.kind}: {str(error)[:100]}"


def faults_of_mails() -> Iterator[str]:
    """Each mail goes to whom it should, with the headers that we gave it."""
    outbox.send_waiting()
    for message in mail.outbox:
        yield from (f"mailed to {to}" for to in message.recipients() if VICTIM in to)
        yield from (f"header {name}" for name in message.message() if name.lower() not in HEADERS)
    yield from (f"not to be sent: {one.error}" for one in Message.objects.exclude(error=""))
