"""Files of a dossier: evidence, letters, receipts."""

import hashlib
import uuid

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock


def storage_path(document: "Document", _name: str) -> str:
    """A path that reveals nothing: the original file name is stored in the database."""
    return f"{document.dossier_id or 0}/{uuid.uuid4().hex}"


class Document(models.Model):
    """One file (stuk). Its content type is determined by its content, never by its name."""

    class Kind(models.TextChoices):
        """What the file is in the dossier."""

        EVIDENCE = "evidence", _("evidence")
        LETTER = "letter", _("letter")
        RECEIPT = "receipt", _("receipt")

    dossier = models.ForeignKey(
        "casework.Dossier",
        models.CASCADE,
        related_name="documents",
        verbose_name=_("dossier"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.EVIDENCE)
    file = models.FileField(_("file"), upload_to=storage_path, max_length=200)
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    added_at = models.DateTimeField(_("added"), default=clock.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("added by"),
    )

    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("added_at", "pk")

    def __str__(self) -> str:
        return self.name

    def fill(self, content: bytes, *, name: str, content_type: str) -> None:
        """Store the content, which the caller has checked. Raises OSError if the storage is full or unavailable."""
        self.name, self.content_type, self.size = name[:200], content_type, len(content)
        self.sha256 = hashlib.sha256(content).hexdigest()
        self.file.save(name, ContentFile(content), save=False)

    @staticmethod
    def read(upload: "UploadedFile[bytes]") -> bytes:
        """The whole content; its size was limited on upload."""
        upload.seek(0)
        return bytes(upload.read())
