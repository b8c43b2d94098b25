"""Letters and exports are whole or not there, however often their maker is killed and however full the disk is."""

import errno
import os
import subprocess
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from casework import files, letter_pdfs
from casework.exports import builder
from casework.models import Document, Export, Letter, Message
from casework.storage import DiskStorage
from casework.tasks import make_exports
from tests import given
from tests.casework.exports.files import asked, content, direct_rows, file_of, table
from tests.cast import staff
from tests.chaos import killing, worker
from tests.portal.files import PDF, upload

pytestmark = pytest.mark.django_db(transaction=True)

LETTERS, EXPORT = "casework.tasks.store_letters", "casework.exports.builder.make_next"
DAYS = timedelta(days=2)


@pytest.fixture
def folder(settings, tmp_path):
    """Where documents are kept: nobody else's are there."""
    settings.MEDIA_ROOT = tmp_path / "documents"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


@pytest.fixture
def filed(applicant, folder):
    """Applications whose receipts are still to be made."""
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
    assert len(lost) == swept <= killed * letter_pdfs.TOGETHER
    assert on_disk(folder) == with_rows()


def is_whole(document):
    words = Path(document.file.path).read_bytes()
    return words.rstrip().endswith(b"%%EOF") and sha256(words).hexdigest() == document.sha256


# --- Exports --------------------------------------------------------------------------------------------------


@pytest.fixture
def owners(login):
    """Who asks for lists: each at most one, more than there are kills."""
    people = (staff(f"Kees{number} Behandelaar", "national caseworker") for number in range(2 * killing.KILLS + 3))
    return {person: login(person) for person in people}


def test_exports(filed, folder, owners, tell):
    direct_rows(1)
    exports = [asked(client) for client in owners.values()]
    made = Maker(folder)
    while made.killed < killing.KILLS and Export.objects.unfinished().exists():
        made.killed_and_made(owners)
    while Export.objects.unfinished().exists():
        made.one()

    states = Counter(export.state.value for export in Export.objects.all())
    told = Counter(Message.objects.filter(kind__startswith="mail_export").values_list("kind", flat=True))
    given_up = sum(hits == builder.MOST_TRIES for hits in made.hits.values())
    tell(exports=len(exports), rows=len(filed), killed=made.killed, **states, **told)
    assert made.killed > 0
    assert (states["ready"], states["failed"]) == (len(exports) - given_up, given_up)
    assert told == Counter(mail_export_ready=len(exports) - given_up, mail_export_failed=given_up)
    ready = Export.objects.exclude(ready_at=None)
    assert {len(table(content(owners[one.owner].get(file_of(one))))) for one in ready} == {len(filed) + 1}
    assert on_disk(folder / "exports") == {Path(export.file.path) for export in ready}


class Maker:
    """Makes exports one after another, and is killed while it does. Its clock goes on by a lease after each."""

    def __init__(self, folder):
        self.folder, self.at, self.hits = folder, timezone.now(), Counter()
        self.chance = killing.chance("exports")
        killing.finish("django.setup", workers=1)  # the process that all are forked from is there
        begun = time.monotonic()
        self.one()
        self.seconds = time.monotonic() - begun

    @property
    def killed(self):
        return self.hits.total()

    def next_moment(self):
        self.at += builder.LEASE + timedelta(seconds=5)
        return self.at

    def one(self):
        """Undisturbed."""
        killing.finish(EXPORT, at=self.next_moment(), workers=1, MEDIA_ROOT=self.folder)

    def killed_and_made(self, owners):
        """Killed one, two or three times over one export; then the next try."""
        for _time in range(min(self.chance.choice((1, 1, 2, 3)), killing.KILLS - self.killed)):
            if not Export.objects.unfinished().exists():
                return  # on a busy machine each was made before it could be killed
            export = self.kill_during_next()
            answer = owners[export.owner].get(file_of(export))
            assert export.state == Export.State.READY or "attachment" not in answer.get("Content-Disposition", "")
        self.one()

    def kill_during_next(self):
        """Kill a worker at a random moment of its try; returns the export that it was at."""
        export = Export.objects.due(now=self.next_moment())[0]
        process = worker.start(EXPORT, at=self.at, MEDIA_ROOT=self.folder)
        killing.wait_until(lambda: Export.objects.get(pk=export.pk).tries > export.tries)
        process.join(self.chance.uniform(0, self.seconds / 2))
        self.hits[export.pk] += killing.kill(process)
        export.refresh_from_db()
        return export


# --- A disk that is full --------------------------------------------------------------------------------------

ROOM = 256 * 1024
BIG = PDF + b"%" * ROOM


class SmallDisk(DiskStorage):
    """Where no disk of our own can be mounted: one that takes a number of bytes and no more."""

    def _save(self, name, content):
        used = sum(path.stat().st_size for path in on_disk(Path(self.location)))
        return super()._save(name, Fitting(content.read(), room=ROOM - used))


class Fitting(ContentFile[bytes]):
    """Of which only a number of bytes are taken."""

    def __init__(self, content, *, room):
        super().__init__(content)
        self.room = room

    def chunks(self, chunk_size=None):
        yield self.file.getvalue()[: max(self.room, 0)]
        if self.size > self.room:
            raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def small_disk(folder, settings):
    """A real disk of that size where we may mount one."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, check=False, capture_output=True).returncode == 0
    if not mounted:
        settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.SmallDisk"}}
    yield folder
    if mounted:
        subprocess.run(["umount", str(folder)], check=True)


def fill_up(folder):
    """Nothing fits any more."""
    with suppress(OSError), (folder / "ballast").open("wb", buffering=0) as ballast:
        for _part in range(ROOM // 1024):
            ballast.write(b"x" * 1024)


def test_a_full_disk(small_disk, as_applicant, applicant, as_caseworker, tell):
    draft = given.draft(by=applicant)
    url, field = (
        reverse("apply", args=[draft.key, "evidence"]),
        f"item-{draft.evidence_items.all()[0].requirement.code}",
    )
    refused = as_applicant.post(url, {field: upload(BIG)})
    kept = draft.dossier.documents.count()
    taken = as_applicant.post(url, {field: upload(PDF), "upload": "1"})
    assert field in refused.context["form"].errors
    assert (taken.status_code, draft.dossier.documents.count()) == (302, kept + 1)
    assert on_disk(small_disk) == with_rows()

    fill_up(small_disk)
    draft.file(by=applicant)
    letter = draft.dossier.letters.get()
    shown = b"".join(as_applicant.get(reverse("letter_pdf", args=[draft.key, letter.pk])))
    assert shown.rstrip().endswith(b"%%EOF")
    assert [letter_pdfs.store_missing() for _turn in range(killing.KILLS)] == [0] * killing.KILLS
    export = ask_in_vain(as_caseworker)
    assert on_disk(small_disk) - with_rows() == {small_disk / "ballast"}

    (small_disk / "ballast").unlink()
    assert letter_pdfs.store_missing() == 1
    is_mount = os.path.ismount(small_disk)
    tell(bytes=ROOM, a_real_disk=is_mount, turns=killing.KILLS, parts_left=0, export=export.state.value)


def ask_in_vain(client):
    """A list that is given up after three tries, and its owner told."""
    direct_rows(0)
    export = asked(client)
    with time_machine.travel(timezone.now()) as clock:
        for _try in range(builder.MOST_TRIES):
            make_exports()
            clock.shift(builder.PAUSE + timedelta(seconds=5))
    export.refresh_from_db()
    assert export.state == Export.State.FAILED
    assert Message.objects.filter(kind="mail_export_failed").count() == 1
    return export
