"""An export made in the background: of which list, for whom, and its progress."""

import uuid
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework import clock


def storage_path(export: "Export", _name: str) -> str:
    """A path that reveals nothing; new for each attempt, so that leftovers of a killed worker are in nobody's way."""
    return f"exports/{export.key.hex}-{export.tries}"


class ExportQuerySet(models.QuerySet["Export"]):
    """Exports by state."""

    def unfinished(self) -> "ExportQuerySet":
        """Exports neither ready nor failed."""
        return self.filter(ready_at=None, problem="")

    def free(self, *, now: datetime) -> "ExportQuerySet":
        """Unfinished exports that no worker holds: new, or left by a worker that died."""
        return self.unfinished().filter(models.Q(leased_until=None) | models.Q(leased_until__lt=now))

    def due(self, *, now: datetime) -> "ExportQuerySet":
        """Free exports that are not waiting to be retried, oldest first."""
        due = self.free(now=now).filter(models.Q(not_before=None) | models.Q(not_before__lte=now))
        return due.order_by("asked_at", "pk")

    def in_hand(self, *, now: datetime) -> "ExportQuerySet":
        """Exports that a worker is making now."""
        return self.unfinished().filter(leased_until__gte=now)

    def expired(self, *, now: datetime) -> "ExportQuerySet":
        """Exports past their last day whose file still exists."""
        return self.filter(expires_at__lte=now).exclude(file="")


class Export(models.Model):
    """A list as a user requested it. Only its owner can download the file, until its last day."""

    class Format(models.TextChoices):
        """The file format."""

        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"
        PDF = "pdf", "PDF"

    class State(models.TextChoices):
        """Its progress."""

        MAKING = "making", _("being made")
        READY = "ready", _("ready")
        GONE = "gone", _("removed")
        FAILED = "failed", _("failed")

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="exports", verbose_name=_("requested by")
    )
    listing = models.CharField(_("list"), max_length=40)
    filters = models.CharField(_("filters, as in an address"), max_length=1000, blank=True)
    format = models.CharField(_("format"), max_length=4, choices=Format)
    language = models.CharField(_("language"), max_length=2, default="nl")
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    leased_until = models.DateTimeField(_("in the hands of a worker until"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    not_before = models.DateTimeField(_("not tried again before"), null=True, blank=True)
    rights = models.JSONField(_("rights with which it was made"), default=list, blank=True)
    rows = models.PositiveIntegerField(_("rows"), null=True, blank=True)
    file = models.FileField(_("file"), upload_to=storage_path, max_length=100, blank=True)
    ready_at = models.DateTimeField(_("ready"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    downloaded_at = models.DateTimeField(_("last downloaded"), null=True, blank=True)
    problem = models.CharField(_("what is the matter"), max_length=500, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ("-asked_at", "-pk")
        constraints = (
            # a second click or tab finds the export that is already being made
            models.UniqueConstraint(
                fields=["owner", "listing", "filters", "format", "language"],
                condition=models.Q(ready_at=None, problem=""),
                name="export_asked_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ready_at=None) | models.Q(expires_at__isnull=False, rows__isnull=False, problem=""),
                name="export_ready_has_an_end",
            ),
        )
        indexes = (
            # casework.exports.builder: the oldest one waiting
            models.Index(
                fields=["asked_at", "id"], condition=models.Q(ready_at=None, problem=""), name="export_unfinished"
            ),
        )

    def __str__(self) -> str:
        return f"{self.listing}.{self.format}"

    @property
    def state(self) -> State:
        """Its progress now."""
        if self.problem:
            return self.State.FAILED
        if self.expires_at is None:
            return self.State.MAKING
        return self.State.READY if clock.now() < self.expires_at and self.file else self.State.GONE

    @property
    def last_day(self) -> date | None:
        """The last day on which its owner can download the file."""
        return timezone.localdate(self.expires_at - timedelta(seconds=1)) if self.expires_at else None
