"""Whatever a mail contains, its words are kept as far as possible, and nothing in it runs, loads or breaks anything."""

import time
from datetime import UTC, datetime

import pytest

from helpdesk.mailbox.classification import MailType
from helpdesk.mailbox.html_text import text_of
from helpdesk.mailbox.mail_parser import PATIENCE_S, Incoming, read_mail
from tests.helpdesk.mailbox import mails

pytestmark = pytest.mark.django_db
HEAD = b"From: anna@example.org\r\nSubject: vraag\r\nMessage-ID: <a@x.example>\r\n"


def reading(raw: bytes) -> Incoming:
    return read_mail(raw, at=datetime.now(UTC), own={"loket@example.org"})


def body(kind: str, content: bytes) -> bytes:
    return HEAD + f"MIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n".encode() + content


@pytest.mark.parametrize(
    ("charset", "content"),
    [
        ("utf-8", "één café".encode()),
        ("iso-8859-1", "één café".encode("latin-1")),
        ("utf-8", "één café".encode("latin-1")),
        ("no-such-charset", "één café".encode()),
        ("zlib_codec", "één café".encode()),
        ("windows-1252", "één café".encode("cp1252")),
    ],
)
def test_a_wrong_charset_costs_no_words(charset, content):
    assert reading(body(f"text/plain; charset={charset}", content)).text == "één café"


def test_a_nul_in_a_mail_is_left_out():
    mail = reading(b"Subject: a\0b\r\nFrom: x\0 <a@example.org>\r\n\r\nt\0ekst")

    assert "\0" not in mail.subject + mail.text + mail.name + mail.sender
    assert mail.text == "tekst"


def test_encoded_headers_are_read_and_broken_ones_stay():
    good = reading(b"Subject: =?utf-8?B?w6nDqW4gdnJhYWc=?=\r\nFrom: =?iso-8859-1?Q?Ren=E9?= <r@example.org>\r\n\r\nx")
    broken = reading(b"Subject: =?utf-8?B?w6!?= rest\r\nFrom: geen adres\r\n\r\nx")

    assert (good.subject, good.name, good.sender) == ("één vraag", "René", "r@example.org")
    assert broken.sender == ""
    assert "rest" in broken.subject


def test_an_encoded_name_brings_no_address_of_its_own():
    mail = reading(b"From: =?utf-8?Q?Baas_=3Cbaas=40loket=2Eexample=3E?= <boef@example.org>\r\n\r\nx")

    assert mail.sender == "boef@example.org"


def test_a_header_cannot_bring_a_line_into_a_mail_of_ours():
    mail = reading(b"Message-ID: <a@x>\r\nReferences: <b@x>\r\n\t<c@x> Bcc: all\r\nIn-Reply-To: <d@x\r\n e>\r\n\r\nx")

    assert (mail.message_id, mail.references, mail.in_reply_to) == ("<a@x>", ("<b@x>", "<c@x>"), "")


def test_letters_that_grow_when_they_are_made_small_cost_no_others():
    assert text_of("<p>İİİ <b>Mag</b> ik <SCRIPT>nee</SCRIPT>erin?</p>") == "İİİ Mag ik erin?"


def test_of_text_and_html_the_text_is_taken():
    mail = reading(mails.mail("De tekst", html="<p>De opmaak</p>").as_bytes())

    assert mail.text == "De tekst"
    assert mail.files == ()


HOSTILE = (
    "<html><head><title>t</title><style>p{}</style></head><body onload=alert(1)><p>Mag ik erin?</p>"
    "<img src='https://spion.example/pixel.gif'><script>steel()</script><iframe src='//x'></iframe>"
    "<a href='https://boef.example/inloggen'>https://loket.example</a><ul><li>een<li>twee</ul></body></html>"
)


def test_of_html_only_the_words_stay():
    text = reading(body("text/html; charset=utf-8", HOSTILE.encode())).text

    assert text.startswith("Mag ik erin?")
    assert "[https://boef.example/inloggen] https://loket.example" in text
    assert not any(word in text for word in ("<", "steel", "spion", "p{}", "alert"))


HOSTILE_MARKUP = [one * 100_000 for one in ("<div>", "<p>", "<a <b <c", "<!--", "<head></head>", "<", "&#x")]


@pytest.mark.parametrize("markup", HOSTILE_MARKUP, ids=range(7))
def test_hostile_html_takes_no_time(markup):
    began = time.monotonic()
    text_of(markup)

    assert time.monotonic() - began < 10  # a second, on a machine with nothing else to do


def test_a_thousand_parts_are_counted_and_not_kept():
    mail = reading(mails.many_parts(1000))

    assert mail.text == "Mijn vraag"
    assert len(mail.files) == 20
    assert mail.left_out == 980


@pytest.mark.parametrize("depth", [50, 3000])
def test_any_nesting_is_read_or_shown_as_it_came(depth):
    mail = reading(mails.nested(depth))

    assert (mail.sender, mail.subject) == ("anna@example.org", "diep")
    assert mail.text


def test_a_mail_in_a_mail_is_read_with_who_sent_it():
    inner = mails.mail("De vraag van een ander", subject="Doorgestuurd", sender="bea@example.org")
    outer = mails.mail("Zie hieronder")
    outer.add_attachment(inner)

    text = reading(outer.as_bytes()).text
    assert "Zie hieronder" in text
    assert "bea@example.org" in text
    assert "De vraag van een ander" in text


def in_each_other(depth: int, *, lines: int) -> bytes:
    opened = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(depth))
    return HEAD + opened + b"\r\n" + b"x\r\n" * lines


@pytest.mark.parametrize(
    "raw",
    [
        in_each_other(700, lines=200_000),
        HEAD + b"\r\n" + b"\n" * 3_000_000,
        HEAD + b'Content-Type: text/plain; "' + b";" * 400_000 + b"\r\n\r\nDag",
        HEAD + b'Content-Type: text/plain\r\nContent-Disposition: x; "' + b";" * 400_000 + b"\r\n\r\nDag",
        body("text/plain; charset=punycode", b"a-" + b"b" * 2_000_000),
    ],
    ids=["nesting", "lines", "type", "disposition", "charset"],
)
def test_a_mail_that_is_made_to_keep_its_reader_busy_does_so_for_seconds(raw):
    began = time.thread_time()
    assert reading(raw).sender == "anna@example.org"
    assert time.thread_time() - began < 2 * PATIENCE_S


def test_comments_in_each_other_are_no_address():
    assert reading(b"From: " + b"(" * 3900 + b"\r\nSubject: vraag\r\n\r\nDag").sender == ""


def test_of_a_long_header_the_end_stays_too():
    references = b" ".join(b"<%d@x.example>" % number for number in range(5000))
    assert reading(HEAD + b"References: " + references + b"\r\n\r\nDag").references[-1] == "<4999@x.example>"


def test_huge_headers_take_no_time():
    raw = b"References: " + b"<a@x> " * 400_000 + b"\r\nSubject: " + b"=?utf-8?q?a?= " * 200_000 + b"\r\n\r\nx"
    began = time.monotonic()
    mail = reading(raw)

    assert time.monotonic() - began < 5
    assert len(mail.references) <= 50
    assert len(mail.subject) <= 300


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n\r\n",
        b"\xff\xfe\x00",
        b"geen mail",
        HEAD,
        body("multipart/mixed", b"geen grens"),
        body("multipart/mixed; boundary=b", b"--b\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!\r\n"),
        body("text/plain; charset*=x''y", b"x"),
        body("application/pdf; name*0*=utf-8''%FF; name*9*=x", b"x"),
        body("message/rfc822", b"x"),
        b"From: =?x?Q?=?=\r\nFrom: <<>>\r\nDate: x\r\n\r\nx",
    ],
)
def test_a_broken_mail_is_read(raw):
    assert reading(raw).sort == MailType.WRITTEN
