"""Hearing the objector (Awb 7:2 to 7:7): offered, planned, held, or skipped on a coded ground."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework import clock, deadlines


class Hearing(models.Model):
    """One hearing (hoorzitting), from the offer to the report; or the ground on which there was none (Awb 7:3)."""

    class Skipped(models.TextChoices):
        """Why the objector was not heard: the only grounds of Awb 7:3."""

        INADMISSIBLE = "manifestly_inadmissible", _("manifestly inadmissible (Awb 7:3, a)")
        UNFOUNDED = "manifestly_unfounded", _("manifestly unfounded (Awb 7:3, b)")
        WAIVED = "waived", _("the objector does not want to be heard (Awb 7:3, c)")
        NO_REPLY = "no_reply", _("no answer within the term (Awb 7:3, d)")
        UPHELD = "fully_upheld", _("fully upheld, and nobody else is harmed (Awb 7:3, e)")

    objection = models.ForeignKey(
        "objections.Objection", models.CASCADE, related_name="hearings", verbose_name=_("objection")
    )
    offered_on = models.DateField(_("offered"), null=True, blank=True)
    reply_until = models.DateField(_("answer until"), null=True, blank=True)
    wanted = models.BooleanField(_("the objector wants to be heard"), null=True, blank=True)
    reply = models.TextField(_("what the objector said about it"), blank=True)
    replied_at = models.DateTimeField(_("answered"), null=True, blank=True)
    held_at = models.DateTimeField(_("day and hour"), null=True, blank=True)
    papers_until = models.DateField(_("papers until (Awb 7:4)"), null=True, blank=True)
    place = models.CharField(_("place, or how to take part"), max_length=300, blank=True)
    heard_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("heard by")
    )
    committee = models.ForeignKey(
        "objections.Committee",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hearings",
        verbose_name=_("heard by the committee (Awb 7:13)"),
    )
    members: Any = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("who hears with them")
    )
    report = models.TextField(_("report (Awb 7:7)"), blank=True)
    attended = models.BooleanField(_("the objector was there"), null=True, blank=True)
    skipped = models.CharField(_("not heard, because"), max_length=30, choices=Skipped, blank=True)
    skipped_because = models.TextField(_("explanation"), blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")
        ordering = ("created_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(skipped="") | models.Q(report=""), name="hearing_held_or_skipped"
            ),
            models.CheckConstraint(
                condition=models.Q(report="")
                | models.Q(held_at__isnull=False, heard_by__isnull=False)
                | models.Q(held_at__isnull=False, committee__isnull=False),
                name="hearing_report_of_one_that_was_held",
            ),
        )

    def __str__(self) -> str:
        return f"{self.objection} {self.day or self.get_skipped_display() or self.offered_on}"

    @property
    def day(self) -> date | None:
        """The day of the hearing in Amsterdam."""
        return timezone.localdate(self.held_at) if self.held_at else None

    @property
    def is_done(self) -> bool:
        """Whether it was held, or skipped on a legal ground."""
        return bool(self.report or self.skipped)

    @property
    def file_open_from(self) -> date | None:
        """The day by which the file must be open for inspection (Awb 7:4(2))."""
        return deadlines.file_open_from(self.day) if self.day else None
