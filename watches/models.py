"""Who wants to know when a vehicle loses its access, and what they have been told."""

import secrets
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from casework import clock
from exemptions.models.facts import from_json
from zones.register import KEPT
from zones.vehicles import VehicleFacts


def new_token() -> str:
    """An unguessable value: whoever has it received the mail."""
    return secrets.token_urlsafe(32)


class WatchQuerySet(models.QuerySet["Watch"]):
    """Watches that are running, unconfirmed, or due for a query to the register."""

    def running(self) -> "WatchQuerySet":
        """Those confirmed from the mailbox."""
        return self.exclude(confirmed_at=None)

    def never_confirmed(self, *, before: datetime) -> "WatchQuerySet":
        """Those requested before a moment and never confirmed, perhaps by somebody else."""
        return self.filter(confirmed_at=None, asked_at__lt=before)

    def to_judge(self, *, now: datetime) -> "WatchQuerySet":
        """Those whose facts are known well enough to say that access ends.

        For a foreign plate these are what was typed; for a Dutch one, the register must have answered this week.
        """
        return self.running().filter(~models.Q(country="NL") | models.Q(checked_at__gt=now - KEPT))

    def to_refresh(self, *, before: datetime, now: datetime) -> "WatchQuerySet":
        """Dutch plates not answered since a moment and not tried in the last hour, least recently answered first."""
        old = models.Q(checked_at=None) | models.Q(checked_at__lt=before)
        rested = models.Q(tried_at=None) | models.Q(tried_at__lt=now - timedelta(hours=1))
        found = self.running().filter(old, rested, country="NL")
        return found.order_by(models.F("tried_at").asc(nulls_first=True), "pk")


class Watch(models.Model):
    """An email address that follows a plate (volgen van een kenteken), with the last known facts of the vehicle.

    One link ends it and deletes the row. It reports the public rules, never anybody's exemption.
    """

    token = models.CharField(max_length=43, unique=True, default=new_token)
    email = models.EmailField(_("email address"), help_text=_("In small letters."))
    plate = models.CharField(_("plate"), max_length=12)
    country = models.CharField(_("country"), max_length=3, default="NL")
    language = models.CharField(_("language"), max_length=2, default="nl")
    typed: Any = models.JSONField(_("facts that the watcher typed"), default=dict, blank=True)
    facts: Any = models.JSONField(_("facts"), default=dict, blank=True)
    checked_at = models.DateTimeField(_("answer of"), null=True, blank=True)
    tried_at = models.DateTimeField(_("register last asked"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        constraints = (
            models.UniqueConstraint(fields=["email", "plate", "country"], name="watch_once_an_address"),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="watch_email_in_small_letters"),
        )
        indexes = (
            # the nightly round: least recently answered first
            models.Index(models.F("tried_at").asc(nulls_first=True), "id", name="watch_by_last_try"),
            # unconfirmed ones
            models.Index(fields=["asked_at"], condition=models.Q(confirmed_at=None), name="watch_unconfirmed"),
        )

    def __str__(self) -> str:
        return f"{self.pk}"  # neither plate nor address: this text ends up in logs

    @property
    def is_running(self) -> bool:
        """Whether it was confirmed, and so is mailed."""
        return self.confirmed_at is not None

    @cached_property
    def known(self) -> VehicleFacts:
        """The register's facts, completed with what was typed."""
        return combine_facts(self.facts, self.typed)


def combine_facts(facts: dict[str, Any], typed: dict[str, Any]) -> VehicleFacts:
    """The register's facts, completed with what was typed."""
    return from_json({**facts, **{name: value for name, value in typed.items() if not facts.get(name)}})


class EndNoticeQuerySet(models.QuerySet["EndNotice"]):
    """Notices by whether they still have to be mailed."""

    def waiting(self, *, today: date) -> "EndNoticeQuerySet":
        """Not mailed yet, to addresses that had no such mail today."""
        had_one = EndNotice.objects.filter(to=models.OuterRef("to"), sent_on=today)
        return self.filter(~models.Exists(had_one), sent_on=None)


class EndNotice(models.Model):
    """Notice to an address that a vehicle's access ends: once for each end and each number of days before.

    It concerns a watch, a vehicle of a fleet or an exemption. With a `change`, it says that a changed rule moved the
    end: once, without a number of days. It is found first, and mailed (`sent_on`) with all others for the same address.
    Rows are deleted together with their subject.
    """

    watch = models.ForeignKey(
        Watch, models.CASCADE, null=True, blank=True, related_name="end_notices", verbose_name=_("watch")
    )
    vehicle = models.ForeignKey(
        "exemptions.Vehicle", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("vehicle")
    )
    exemption = models.ForeignKey(
        "exemptions.Exemption", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("exemption")
    )
    change = models.ForeignKey(
        "casework.ReferenceChange",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("change to settings and rules"),
    )
    to = models.EmailField(_("to"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    days_before = models.PositiveSmallIntegerField(_("days before"), default=0)
    found_at = models.DateTimeField(_("found"), default=clock.now)
    sent_on = models.DateField(_("mailed on"), null=True, blank=True)
    message = models.ForeignKey(
        "casework.Message", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("message")
    )

    objects = EndNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice of an end")
        verbose_name_plural = _("notices of ends")
        constraints = (
            *(
                models.UniqueConstraint(
                    fields=[about, "to", "ends_on", "days_before"],
                    condition=models.Q(**{f"{about}__isnull": False}, change=None),
                    name=f"endnotice_once_a_{about}",
                )
                for about in ("watch", "vehicle", "exemption")
            ),
            *(
                models.UniqueConstraint(
                    fields=[about, "to", "change"],
                    condition=models.Q(**{f"{about}__isnull": False}, change__isnull=False),
                    name=f"endnotice_once_a_change_and_{about}",
                )
                for about in ("watch", "vehicle")
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=False) | models.Q(change__isnull=False),
                name="endnotice_without_end_by_change_alone",
            ),
            models.CheckConstraint(
                condition=models.Q(watch__isnull=False, vehicle=None, exemption=None)
                | models.Q(watch=None, vehicle__isnull=False, exemption=None)
                | models.Q(watch=None, vehicle=None, exemption__isnull=False),
                name="endnotice_about_one_thing",
            ),
        )
        indexes = (
            # watches.mailing: waiting notices by address
            models.Index(fields=["to"], condition=models.Q(sent_on=None), name="endnotice_waiting"),
            # who had a mail today
            models.Index(fields=["to", "sent_on"], name="endnotice_by_day"),
        )

    def __str__(self) -> str:
        return f"{self.ends_on} – {self.days_before}"
