"""Files that came with a question: looked at as every upload, and kept under a path that nobody can guess."""

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
"""A file that may be kept, or the line that says why another was not."""


def check_files(files: Sequence[File], *, left_out: int = 0, cut: bool = False) -> list[Looked]:
    """Each file by itself; raises ScannerAway while nobody can say whether one is safe.

    Asked before the transaction: a scanner takes its time.
    """
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
    """One file."""
    try:
        return check_upload(SimpleUploadedFile("file", file.content) if not file.name else as_upload(file))
    except ScannerAway:
        raise
    except FileRefused as why:
        return make_refused_attachment(tidy_name(file.name), " ".join(why.messages), size=len(file.content))


def as_upload(file: File) -> Any:
    """As the check of uploads takes it; Django's own would cut off a path, and refuse a name that is none."""
    upload = SimpleUploadedFile("file", file.content)
    upload._name = file.name  # type: ignore[attr-defined]
    return upload


def make_refused_attachment(name: str, why: str, *, size: int = 0) -> Attachment:
    """A line about a file that was not kept."""
    return Attachment(name=name[:200], refused=why[:300], size=size)


def store_files(mail: Mail, looked: Iterable[Looked]) -> None:
    """Store them with their mail, inside its transaction; what a killed worker leaves on the disk is swept at night."""
    for one in looked:
        if isinstance(one, Attachment):
            one.mail = mail
            one.save()
        else:
            store_file(mail, one)


def store_file(mail: Mail, checked: CheckedFile) -> None:
    """One file that was found good."""
    attachment = Attachment(
        mail=mail,
        name=checked.name[:200],
        content_type=checked.content_type,
        size=len(checked.content),
        sha256=checked.sha256,
    )
    attachment.file.save(checked.name, ContentFile(checked.content), save=False)
    attachment.save()
