"""No file stays without a row, and no row points at half a file."""

import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from casework import files, letter_pdfs
from casework.models import Document, Dossier
from casework.storage import DiskStorage
from tests import given

pytestmark = pytest.mark.django_db

TWO_DAYS = 2 * 86_400


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    """A storage without the files of other tests."""
    settings.MEDIA_ROOT = tmp_path / "documents"


class FullAfter(ContentFile[bytes]):
    """A file that only partly fits on the disk."""

    def chunks(self, chunk_size=None):
        yield b"the first part"
        raise OSError(28, "No space left on device")


def lose(name, *, age):
    """A file that no row names, written a number of seconds ago."""
    default_storage.save(name, ContentFile(b"words about a person"))
    os.utime(default_storage.path(name), (time.time() - age,) * 2)


def on_disk():
    return {str(path.relative_to(default_storage.location)) for path in Path(default_storage.location).rglob("*.*")}


def test_files_that_no_row_names_are_removed_when_they_are_old_whatever_made_them():
    for name in ("12/letter.pdf", "exports/list.csv", "mailbox/photo.jpg", "fleet/3/proof.pdf"):
        lose(name, age=TWO_DAYS)
    lose("12/being.written", age=60)

    assert files.sweep_lost(now=timezone.now()) == 4
    assert on_disk() == {"12/being.written"}


def test_a_file_with_a_row_stays_however_old():
    document = Document(dossier=Dossier.objects.create())
    document.fill(b"%PDF", name="bewijs.pdf", content_type="application/pdf")
    document.save()
    os.utime(document.file.path, (time.time() - TWO_DAYS,) * 2)

    assert files.sweep_lost(now=timezone.now()) == 0
    assert Path(document.file.path).exists()


def test_the_names_of_a_large_storage_are_looked_up_in_parts(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(files, "AT_ONCE", 2)
    for number in range(3):
        lose(f"12/{number}.pdf", age=TWO_DAYS)

    with django_assert_num_queries(2 * len(list(files.file_fields()))):
        assert files.sweep_lost(now=timezone.now()) == 3


def test_of_a_file_that_did_not_fit_no_part_stays(tmp_path):
    storage = DiskStorage(location=tmp_path)

    with pytest.raises(OSError, match="No space left"):
        storage.save("proof.pdf", FullAfter(b"whole"))

    assert list(tmp_path.iterdir()) == []


class FullDisk(DiskStorage):
    """Nothing fits any more."""

    def _save(self, name, content):
        raise OSError(28, "No space left on device")


def test_a_full_disk_ends_the_turn_at_the_first_letter(applicant, settings, caplog):
    for number in range(3):
        given.filed(by=applicant, plate=f"VX12{number}Z")
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.FullDisk"}}

    assert letter_pdfs.store_missing() == 0
    assert caplog.text.count("storage_away") == 1
