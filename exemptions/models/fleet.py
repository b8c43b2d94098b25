"""Many vehicles at once: a submitted list, its rows with their answers, and the files for all of them."""

import hashlib
import uuid
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from exemptions.models.applicant import Applicant
from exemptions.models.facts import from_json
from exemptions.models.kind import EvidenceRequirement, KindVersion
from exemptions.models.vehicle import LONGEST_REMARK
from zones.vehicles import VehicleFacts

if TYPE_CHECKING:
    from accounts.models import User

KEPT = timedelta(days=30)
"""How long a list is kept; the resulting vehicles and applications stay."""


class FleetBatchQuerySet(models.QuerySet["FleetBatch"]):
    """Lists by whose they are and by how far they are."""

    def of(self, user: "User") -> "FleetBatchQuerySet":
        """Lists of the people and organisations for whom a user acts now."""
        return self.filter(applicant__in=Applicant.objects.of(user))

    def at_work(self) -> "FleetBatchQuerySet":
        """Lists with work for the worker, oldest first."""
        waiting = FleetRow.objects.filter(state__in=(FleetRow.State.WAITING, FleetRow.State.READY))
        return self.filter(pk__in=waiting.values("batch_id")).order_by("created_at", "pk")

    def old(self, *, now: datetime) -> "FleetBatchQuerySet":
        """Lists whose retention period is over."""
        return self.filter(created_at__lt=now - KEPT)


class FleetBatch(models.Model):
    """A list of vehicles to add to the fleet or to apply for; it has no effect until it is confirmed."""

    class Purpose(models.TextChoices):
        ADD = "add", _("adding vehicles")
        FILE = "file", _("applying for vehicles")

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="+", verbose_name=_("applicant"))
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("by"))
    language = models.CharField(_("language"), max_length=2, default="nl")
    name = models.CharField(_("file"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("made"), default=clock.now)
    kind = models.ForeignKey(
        KindVersion, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("kind")
    )
    wish: Any = models.JSONField(_("what is the same for all"), default=dict, blank=True)
    is_filled_in = models.BooleanField(_("filled in"), default=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects = FleetBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of vehicles")
        verbose_name_plural = _("lists of vehicles")
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=["created_at"], name="fleetbatch_by_age"),)

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def is_to_file(self) -> bool:
        """Whether the list is for applying."""
        return self.purpose == self.Purpose.FILE

    @property
    def answers(self) -> dict[str, str]:
        """The answers in the wish, by the code of the question."""
        kept: dict[str, str] = self.wish.get("answers", {})
        return kept

    def day(self, name: str) -> date | None:
        """A day in the wish, by name."""
        kept = self.wish.get(name)
        return date.fromisoformat(kept) if kept else None


class FleetRow(models.Model):
    """One vehicle of a list, the answers about it, and what came of it."""

    class State(models.TextChoices):
        """How far a row has been processed."""

        WAITING = "waiting", _("the register is still to be asked")
        FOUND = "found", _("found")
        UNKNOWN = "unknown", _("not in the register")
        SLOW = "slow", _("no answer from the register")
        PROBLEM = "problem", _("cannot be read")
        OWNED = "owned", _("in the fleet already")
        READY = "ready", _("is being filed")
        FILED = "filed", _("filed")
        SKIPPED = "skipped", _("not filed")
        AGAIN = "again", _("try again")

    batch = models.ForeignKey(FleetBatch, models.CASCADE, related_name="rows", verbose_name=_("list"))
    number = models.PositiveIntegerField(_("row"))
    cell = models.CharField(_("cell"), max_length=20, blank=True)
    typed = models.CharField(_("as typed"), max_length=60, blank=True)
    plate = models.CharField(_("plate"), max_length=12, blank=True)
    remark = models.CharField(_("remark"), max_length=LONGEST_REMARK, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    problem = models.CharField(_("what is the matter"), max_length=600, blank=True)
    vehicle_class = models.CharField(_("vehicle class"), max_length=10, blank=True)
    facts: Any = models.JSONField(_("facts"), default=dict, blank=True)
    allowed = models.BooleanField(_("may enter"), null=True, blank=True)
    until = models.DateField(_("first day without access"), null=True, blank=True)
    rule = models.CharField(_("rule"), max_length=20, blank=True)
    answered_at = models.DateTimeField(_("answer of"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    application = models.ForeignKey(
        "exemptions.Application",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("application"),
    )

    class Meta:
        verbose_name = _("row of a list of vehicles")
        verbose_name_plural = _("rows of lists of vehicles")
        ordering = ("number", "pk")
        indexes = (
            models.Index(fields=["batch", "number"], name="fleetrow_in_order"),
            # rows that the worker still has to process
            models.Index(
                fields=["batch"], condition=models.Q(state__in=["waiting", "ready"]), name="fleetrow_unfinished"
            ),
        )

    def __str__(self) -> str:
        return self.plate or self.typed

    @property
    def known(self) -> VehicleFacts | None:
        """The facts from the register; None without an answer."""
        return from_json(self.facts) if self.facts else None


def storage_path(file: "FleetFile", _name: str) -> str:
    """A path that reveals nothing about the file."""
    return f"fleet/{file.batch_id}/{uuid.uuid4().hex}"


class FleetFile(models.Model):
    """Evidence that goes with every application of a list: each dossier gets its own copy."""

    batch = models.ForeignKey(FleetBatch, models.CASCADE, related_name="files", verbose_name=_("list"))
    requirement = models.ForeignKey(
        EvidenceRequirement, models.CASCADE, related_name="+", verbose_name=_("required evidence")
    )
    file = models.FileField(_("file"), upload_to=storage_path, max_length=200)
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100)
    sha256 = models.CharField(_("checksum"), max_length=64)

    class Meta:
        verbose_name = _("file of a list of vehicles")
        verbose_name_plural = _("files of lists of vehicles")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["batch", "requirement", "sha256"], name="fleetfile_once_an_item"),
        )

    def __str__(self) -> str:
        return self.name

    def fill(self, content: bytes, *, name: str, content_type: str) -> None:
        """Store the content, which the caller has checked. Raises OSError if the storage fails."""
        self.name, self.content_type = name[:200], content_type
        self.sha256 = hashlib.sha256(content).hexdigest()
        self.file.save(name, ContentFile(content), save=False)
