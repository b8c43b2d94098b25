"""Files that came with a question: checked like every upload, and stored under an unguessable path."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.uploads.refusals import FileRefused, ScannerAway
from casework.uploads.upload_checks import CheckedFile, check_upload, tidy_name
from helpdesk.mailbox.parts import File
from helpdesk.models import Attachment, Mail

Looked = CheckedFile | Attachment
"""A file that may be stored, or the reason why one was not."""


def check_files(files: Sequence[File], *, left_out: int = 0, cut: bool = False) -> list[Looked]:
    """Check each file; raises ScannerAway if the virus scanner is down."""
    looked = [look_at(file) for file in files]
    if left_out:
        words = ngettext(
            "This email had %(count)s more part than we take.",
            "This email had %(count)s more parts than we take.",
            left_out,
        )
        looked.append(make_refused_attachment(_("more parts"), words % {"count": left_out}))
    if cut:
        looked.append(
            make_refused_attachment(
                _("the rest of the email"), _("This email is too large: only its beginning was kept.")
            )
        )
    return looked


def look_at(file: File) -> Looked:
    """Check one file."""
    try:
        return check_upload(SimpleUploadedFile("file", file.content) if not file.name else as_upload(file))
    except ScannerAway:
        raise
    except FileRefused as why:
        return make_refused_attachment(tidy_name(file.name), " ".join(why.messages), size=len(file.content))


def as_upload(file: File) -> Any:
    """A file for the check of uploads; Django's own class would cut off a path and refuse an invalid name."""
    upload = SimpleUploadedFile("file", file.content)
    upload._name = file.name  # type: ignore[attr-defined]
    return upload


def make_refused_attachment(name: str, why: str, *, size: int = 0) -> Attachment:
    """The row for a file that was not stored."""
    return Attachment(name=name[:200], refused=why[:300], size=size)


def store_files(mail: Mail, looked: Iterable[Looked]) -> None:
    """Store files with their mail, within its transaction; files left by a killed worker are swept at night."""
    for one in looked:
        if isinstance(one, Attachment):
            one.mail = mail
            one.save()
        else:
            store_file(mail, one)


def store_file(mail: Mail, checked: CheckedFile) -> None:
    """Store one file that passed the check."""
    attachment = Attachment(
        mail=mail,
        name=checked.name[:200],
        content_type=checked.content_type,
        size=len(checked.content),
        sha256=checked.sha256,
    )
    attachment.file.save(checked.name, ContentFile(checked.content), save=False)
    attachment.save()
