"""What a person may hand in: a file with a name, a size and a content that may be kept.

Every refusal is a sentence that says what is wrong and what to do.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from accounts.models import User
from casework import limits
from casework.characters import drop_invisible
from casework.uploads.file_types import PDF, recognise_type
from casework.uploads.pdf_checks import refuse_active
from casework.uploads.refusals import FileRefused
from casework.uploads.virus_scanner import scan_for_viruses

MAX_PER_ITEM = 20
LONGEST_NAME = 150
ACCEPT = ".pdf,.jpg,.jpeg,.png,.heic,.heif,.docx,.xlsx,.odt,.ods"
"""For the file chooser of a browser; the content is what counts."""


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept."""

    name: str
    content: bytes
    content_type: str

    @property
    def sha256(self) -> str:
        """What makes it the same file, whatever its name."""
        return hashlib.sha256(self.content).hexdigest()


def get_upload_limit_mb() -> int:
    """The largest file in MB."""
    return int(settings.UPLOAD_MAX_BYTES) // (1024 * 1024)


def upload_limits() -> str:
    """What a page with one file field says next to it."""
    return _(
        "PDF, JPEG, PNG, HEIC, Word (.docx), Excel (.xlsx), ODT or ODS. At most %(size)s MB per file, %(count)s files."
    ) % {
        "size": get_upload_limit_mb(),
        "count": MAX_PER_ITEM,
    }


def limits_per_item() -> str:
    """The same for a checklist, where every item has its own file chooser."""
    return _(
        "PDF, JPEG, PNG, HEIC, Word (.docx), Excel (.xlsx), ODT or ODS. At most %(size)s MB per file, %(count)s files "
        "for each item."
    ) % {
        "size": get_upload_limit_mb(),
        "count": MAX_PER_ITEM,
    }


def check_upload(upload: "UploadedFile[Any]", *, by: User | None = None) -> CheckedFile:
    """Look at name, size, content and, where a scanner is configured, for viruses; raises FileRefused.

    `by`: the account that sends it, which may send only a limited amount an hour.
    """
    name = tidy_name(upload.name or "")
    if not upload.size:
        raise FileRefused(_("“%(name)s” is empty. Choose the file again, or make a new copy of it.") % {"name": name})
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise FileRefused(
            _("“%(name)s” is larger than %(size)s MB. Send a smaller file, or split it into several files.")
            % {"name": name, "size": get_upload_limit_mb()}
        )
    if by and not limits.is_within_uploads(by.pk, upload.size):
        raise FileRefused(
            _("“%(name)s” was not added: you have sent many files in a short time. Send it again in an hour.")
            % {"name": name}
        )
    upload.seek(0)
    content = bytes(upload.read())
    kind = recognise_type(content, name=name)
    if kind is PDF:
        refuse_active(content, name=name)
    scan_for_viruses(content, name=name)
    return CheckedFile(with_suffix(name, kind.suffixes), content, kind.content_type)


def tidy_name(typed: str) -> str:
    """A name to show: without path, invisible characters; not too long."""
    bare = unicodedata.normalize("NFC", typed).replace("\\", "/").rsplit("/", 1)[-1]
    path = PurePosixPath(" ".join(drop_invisible(bare).split()).strip(".") or _("file"))
    return path.stem[: LONGEST_NAME - len(path.suffix[:10])] + path.suffix[:10]


def with_suffix(name: str, suffixes: tuple[str, ...]) -> str:
    """The name, with the ending of what the file really is."""
    path = PurePosixPath(name)
    return name if path.suffix.lower() in suffixes else f"{path.stem}{suffixes[0]}"
