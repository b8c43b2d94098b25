"""What may be handed in: the content decides."""

import contextlib
import resource
import secrets
import socketserver
import threading
import time
from collections.abc import Iterator

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.uploads import pdf_checks
from casework.uploads.refusals import FileRefused
from casework.uploads.upload_checks import LONGEST_NAME, check_upload, tidy_name
from tests.portal import files
from tests.portal.files import upload


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (files.PDF, "application/pdf"),
        (files.JPEG, "image/jpeg"),
        (files.PNG, "image/png"),
        (files.HEIC, "image/heic"),
        (files.DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (files.XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (files.ODT, "application/vnd.oasis.opendocument.text"),
    ],
)
def test_these_are_taken_and_known_by_their_content(content, content_type):
    checked = check_upload(upload(content, "zonder-uitgang"))

    assert (checked.content_type, checked.content) == (content_type, content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is leeg"),
        (b"MZ" + b"\0" * 200, "is een programma"),
        (b"\x7fELF" + b"\0" * 200, "is een programma"),
        (b"#!/bin/sh\nrm -rf /", "is een programma"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "oud Office-bestand"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "webpagina of tekening"),
        (b"  <svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "webpagina of tekening"),
        (b"<html>" + files.PDF, "webpagina of tekening"),
        (b"zomaar wat tekst", "kunnen"),
        (b"GIF89a" + b"\0" * 30, "kunnen"),
        (files.PDF[:40], "beschadigd of niet compleet"),
        (files.PNG[:-14], "beschadigd of niet compleet"),
        (files.PNG.replace(b"IDAT", b"IDAX"), "beschadigd of niet compleet"),
        (files.JPEG[:-2], "beschadigd of niet compleet"),
        (files.HEIC[:-3], "beschadigd of niet compleet"),
        (files.DOCX[:-30], "beschadigd of heeft een wachtwoord"),
        (files.BOMB, "veel te groot als het geopend wordt"),
        (files.MACROS, "bevat macro"),
        (files.zipped(foto=files.JPEG), "kunnen"),
    ],
)
def test_these_are_refused_with_a_sentence_that_helps(content, words):
    with pytest.raises(FileRefused, match=words) as refused:
        check_upload(upload(content, "contract.pdf"))

    assert "contract.pdf" in refused.value.message


ANNOTATED = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Annot, A=files.action("Launch", F="cmd.exe"))])
DISGUISED = files.small_pdf(
    b"1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Java#53cript/JS(app.alert(1))>>>>endobj"
)
ROUNDABOUT = files.small_pdf(
    b"1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S 4 0 R/JS(x)>>>>endobj\n4 0 obj/JavaScript endobj"
)


@pytest.mark.parametrize(
    "content",
    [
        files.pdf(OpenAction=files.action("JavaScript", JS="app.alert(1)")),
        files.pdf(AA=pikepdf.Dictionary(WC=files.action("JavaScript", JS="app.alert(1)"))),
        files.pdf(OpenAction=files.action("GoTo", Next=files.action("Launch", F="cmd.exe"))),
        files.pdf(Pages2=pikepdf.Dictionary(Annots=ANNOTATED)),
        files.pdf(OpenAction=files.action("SubmitForm", F="https://example.org/")),
        files.pdf(AcroForm=pikepdf.Dictionary(XFA="<xdp/>")),
        files.pdf(_file=b"MZ a program"),
        files.pdf(_file=b"%PDF-1.4 another one"),
        DISGUISED,
        ROUNDABOUT,
    ],
)
def test_a_pdf_that_does_something_by_itself_is_refused(content):
    with pytest.raises(FileRefused, match="bevat een script"):
        check_upload(upload(content, "contract.pdf"))


@pytest.mark.parametrize(
    "content",
    [
        files.pdf(),
        files.pdf_with_a_number(),
        files.pdf(OpenAction=files.action("GoTo", D="eerste")),
        files.pdf(OpenAction=files.action("URI", URI="https://example.org/")),
        files.pdf(Title="Over /S /Java en /JavaScript"),
        files.pdf(_file=b"<?xml version='1.0'?><Invoice/>"),
        files.protected(owner="van de bank"),
    ],
)
def test_a_pdf_that_is_only_read_is_taken(content):
    assert check_upload(upload(content)).content == content


def test_a_pdf_with_a_password_cannot_be_looked_into():
    with pytest.raises(FileRefused, match="heeft een wachtwoord"):
        check_upload(upload(files.protected(user="geheim", owner="ander geheim")))


def test_a_large_pdf_is_looked_into_as_a_small_one():
    long = {"Title": secrets.token_hex(pdf_checks.SMALL * 2)}

    assert check_upload(upload(files.pdf(**long)))
    with pytest.raises(FileRefused, match="script"):
        check_upload(upload(files.pdf(OpenAction=files.action("JavaScript", JS="app.alert(1)"), **long)))


def test_a_pdf_that_keeps_its_reader_busy_is_given_up_and_nobody_else_waits():
    began = time.monotonic(), time.thread_time()
    with pytest.raises(FileRefused, match="beschadigd"):
        check_upload(upload(files.pdf_of_many_bombs()))
    assert time.thread_time() - began[1] < 1
    assert time.monotonic() - began[0] < pdf_checks.PATIENCE_S


def test_a_pdf_that_becomes_far_too_large_is_not_unpacked():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(FileRefused, match="beschadigd of niet compleet"):
        check_upload(upload(files.pdf_bomb()))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 250_000  # kilobytes


def test_a_file_may_be_as_large_as_the_page_says_and_no_larger(settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    padding = b"\n" * (1024 * 1024 - len(files.PDF))

    assert check_upload(upload(padding.join([files.PDF[:9], files.PDF[9:]])))
    with pytest.raises(FileRefused, match="groter dan 1 MB"):
        check_upload(upload(padding + b"\n" + files.PDF))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("factuur.exe", "factuur.pdf"),
        ("scan.PDF", "scan.PDF"),
        ("C:\\Mijn documenten\\scan.pdf", "scan.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("offerte\u202efdp.exe", "offertefdp.pdf"),
        ("Übersicht żółć 見積.pdf", "Übersicht żółć 見積.pdf"),
        ("...", "bestand.pdf"),
        ("a" * 300 + ".pdf", "a" * 146 + ".pdf"),
    ],
)
def test_a_name_is_made_fit_to_show(name, shown):
    file = upload(files.PDF)
    file._name = name  # past Django's own cleaning

    assert check_upload(file).name == shown


@given(st.text())
def test_no_name_is_empty_too_long_or_has_a_path(name):
    tidied = tidy_name(name)

    assert 0 < len(tidied) <= LONGEST_NAME
    assert not set(tidied) & set("/\\\n\0\u202e")


@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail))
def test_no_content_breaks_the_check(content):
    with contextlib.suppress(FileRefused):
        assert check_upload(upload(content or b"x")).content == content


# --- Viruses -----------------------------------------------------------------------------------------


class Clamd(socketserver.StreamRequestHandler):
    """Speaks clamd's INSTREAM, and finds a virus in everything that says EICAR."""

    def handle(self) -> None:
        assert self.rfile.readline() == b"nINSTREAM\n"
        content = b""
        while size := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(size)
        self.wfile.write(b"stream: Eicar-Test FOUND\n" if b"EICAR" in content else b"stream: OK\n")


@pytest.fixture
def clamd(settings) -> Iterator[None]:
    with socketserver.TCPServer(("127.0.0.1", 0), Clamd) as server:
        settings.CLAMAV_HOST = f"127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()


@pytest.mark.usefixtures("clamd")
def test_the_virus_scanner_is_asked():
    assert check_upload(upload(files.PDF))
    with pytest.raises(FileRefused, match="virusscanner vertrouwt"):
        check_upload(upload(files.PDF.replace(b"1.4", b"1.4 EICAR")))


def test_nothing_is_taken_while_the_virus_scanner_is_away(settings):
    settings.CLAMAV_HOST = "127.0.0.1:1"

    with pytest.raises(FileRefused, match="nu niet op virussen controleren"):
        check_upload(upload(files.PDF))
