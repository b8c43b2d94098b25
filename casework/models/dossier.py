"""The dossier: one matter from the first application to the last appeal, and the events in it.

Events are written once and never changed: the database refuses it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models.deadline import Deadline
from casework.models.letter import Letter, PostalCopy, Words
from casework.models.message import Message

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models.case import Case


class EventQuerySet(models.QuerySet["Event"]):
    """Questions asked of the past."""

    def of(self, case: "Case") -> "EventQuerySet":
        """The events of one case, oldest first."""
        return self.filter(case_type=case.CASE_TYPE, case_id=case.pk).order_by("at", "pk")

    def until(self, moment: datetime) -> "EventQuerySet":
        """What had happened before a moment (the moment itself not included)."""
        return self.filter(at__lt=moment)

    def last_of_each_case(self) -> "EventQuerySet":
        """The newest event of every case: its `to_status` is the status at that moment."""
        return self.order_by("case_type", "case_id", "-at", "-pk").distinct("case_type", "case_id")


class Event(models.Model):
    """One step taken (gebeurtenis). All events of a case together give its status at any past moment."""

    dossier = models.ForeignKey(
        "casework.Dossier",
        models.PROTECT,
        related_name="events",
        verbose_name=_("dossier"),
    )
    case_type = models.CharField(_("case type"), max_length=20)
    case_id = models.BigIntegerField(_("case id"))
    at = models.DateTimeField(_("moment"), default=clock.now)
    step = models.CharField(_("step"), max_length=40)
    from_status = models.CharField(_("from"), max_length=20)
    to_status = models.CharField(_("to"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    detail = models.JSONField(_("details"), default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("at", "pk")
        indexes = (
            # Event.objects.of(case), last_of_each_case(): one case's history, and every case's last event
            models.Index(fields=["case_type", "case_id", "-at", "-id"], name="event_by_case"),
            # reporting: what happened in a period, by step
            models.Index(fields=["step", "at"], name="event_by_step"),
        )

    def __str__(self) -> str:
        return f"{self.step} ({self.at:%Y-%m-%d %H:%M})"


class NumberSeries(models.Model):
    """The last dossier number given out in a year. Its row lock makes numbers follow each other without gaps."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"

    @classmethod
    def next(cls, *, year: int) -> str:
        """The next number, for instance ZES-2026-000123; must run inside the transaction that files."""
        cls.objects.get_or_create(year=year)
        series = cls.objects.select_for_update(no_key=True).get(year=year)
        series.last += 1
        series.save(update_fields=["last"])
        return f"ZES-{year}-{series.last:06}"


class Dossier(models.Model):
    """One matter (dossier). Events, documents, deadlines, letters and messages of all its cases hang here."""

    number = models.CharField(_("number"), max_length=20, unique=True, null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), default=clock.now)

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")

    def __str__(self) -> str:
        return self.number or str(_("draft"))

    def give_number(self, *, on: date) -> None:
        """Number the dossier when it is filed: a draft has no number, so that the series has no gaps."""
        self.number = NumberSeries.next(year=on.year)
        self.save(update_fields=["number"])

    def record(
        self,
        case: "Case",
        step: str,
        *,
        from_status: str,
        to_status: str,
        by: "User | None",
        detail: Mapping[str, Any],
        at: datetime | None = None,
    ) -> Event:
        """Append one event; only `casework.steps` calls this."""
        return self.events.create(
            case_type=case.CASE_TYPE,
            case_id=case.pk,
            step=step,
            from_status=from_status,
            to_status=to_status,
            by=by,
            detail=dict(detail),
            at=at or clock.now(),
        )

    def open_deadline(self, case: "Case", kind: Deadline.Kind, *, due: date, basis: Mapping[str, Any]) -> Deadline:
        """Open a deadline, in place of an open one of the same kind."""
        self.close_deadline(case, kind)
        return self.deadlines.create(
            case_type=case.CASE_TYPE,
            case_id=case.pk,
            kind=kind,
            due=due,
            basis=dict(basis),
        )

    def close_deadline(self, case: "Case", *kinds: Deadline.Kind) -> None:
        """Close the open deadlines of these kinds."""
        self.deadlines.open().filter(case_type=case.CASE_TYPE, case_id=case.pk, kind__in=kinds).update(
            closed_at=clock.now()
        )

    def close_every_deadline(self, case: "Case") -> None:
        """The case has ended: nothing is due any more except a penalty that is still to be set."""
        self.close_deadline(case, *(kind for kind in Deadline.Kind if kind != Deadline.Kind.SET_PENALTY))

    def place_letter(
        self,
        case: "Case",
        words: Words,
        *,
        address: str,
        reference: str = "",
        plate: str = "",
        by_post: bool = False,
    ) -> Letter:
        """Place a letter about a case in the portal: it counts as sent from now (Awb 2:19), or when it was posted."""
        letter = self.letters.create(
            case_type=case.CASE_TYPE,
            case_id=case.pk,
            kind=words.kind,
            language=words.language,
            subject=words.subject,
            body=words.body,
            text_id=words.text_id,
            address=address,
            reference=reference,
            plate=plate,
            made_known_on=None if by_post else clock.today(),
        )
        if by_post:
            PostalCopy.objects.create(letter=letter)
        return letter

    def send_mail(self, words: Words, *, to: str, letter: Letter | None = None) -> Message:
        """Put a mail in the outbox, its words frozen now. `letter`: the one that it announces."""
        return self.outgoing_mail.create(kind=words.kind, to=to, subject=words.subject, body=words.body, letter=letter)
