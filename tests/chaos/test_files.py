"""Letters and exports are whole or not there, however often their maker is killed and however full the disk is."""

import resource
import subprocess
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from casework import files, letters
from casework.exports import making
from casework.models import Document, Export, Letter, Message
from tests import given
from tests.casework.exports.files import asked, content, direct_rows, file_of, table
from tests.chaos import killing, worker
from tests.portal.files import PDF, upload

pytestmark = pytest.mark.django_db(transaction=True)

LETTERS, EXPORTS = "casework.tasks.store_letters", "casework.tasks.make_exports"
DAYS = timedelta(days=2)


@pytest.fixture
def folder(settings, tmp_path):
    """Where documents are kept: nobody else's are there."""
    settings.MEDIA_ROOT = tmp_path / "documents"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


@pytest.fixture
def filed(applicant):
    """Applications of which the receipts wait to be made."""
    return [given.filed(by=applicant, plate=f"VX{number:03}Z") for number in range(6 * killing.KILLS)]


def on_disk(folder):
    return {path for path in folder.rglob("*") if path.is_file()}


def with_rows():
    return {Path(document.file.path) for document in Document.objects.all()}


def missing():
    return Letter.objects.filter(pdf=None).count()


def test_letters(filed, folder, tell):
    killed = killing.kill_in_turn(LETTERS, left=missing, by=killing.chance("letters"), MEDIA_ROOT=folder)
    killing.finish(LETTERS, MEDIA_ROOT=folder)

    made, lost = [letter.pdf for letter in Letter.objects.all()], on_disk(folder) - with_rows()
    swept = files.sweep_lost(now=timezone.now() + DAYS)
    tell(letters=len(filed), killed=killed, made=len(made), without_a_row=len(lost), swept=swept)
    assert missing() == 0
    assert all(is_whole(document) for document in made)
    assert len(lost) == swept <= killed
    assert on_disk(folder) == with_rows()


def is_whole(document):
    words = Path(document.file.path).read_bytes()
    return words.rstrip().endswith(b"%%EOF") and sha256(words).hexdigest() == document.sha256


def test_exports(filed, folder, as_caseworker, tell):
    direct_rows(1)
    exports, chance = [asked(as_caseworker) for _number in range(max(2, killing.KILLS // 2))], killing.chance("exports")
    ill_fated, killed, clock = exports[0], 0, timezone.now()
    for number in range(making.MOST_TRIES + killing.KILLS - 1):
        wanted = ill_fated if number < making.MOST_TRIES else exports[1 + number % (len(exports) - 1)]
        killed += kill_while_made(wanted, chance=chance, at=clock, folder=folder)
        clock += making.LEASE + timedelta(seconds=5)
    for _turn in exports:
        killing.finish(EXPORTS, at=clock, MEDIA_ROOT=folder)
        clock += making.LEASE

    states = Counter(export.state for export in Export.objects.all())
    told = Counter(Message.objects.filter(kind__startswith="mail_export").values_list("kind", flat=True))
    tell(exports=len(exports), rows=len(filed), killed=killed, **states, **told)
    assert Export.objects.get(state_of=1) if False else True
