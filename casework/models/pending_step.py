"""A step that waits before it is taken, so that its maker can take it back."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework import clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from casework.models.case import Case


class Ending(models.TextChoices):
    """How a waiting step ended."""

    CARRIED_OUT = "carried_out", _("carried out")
    TAKEN_BACK = "taken_back", _("taken back")
    OVERTAKEN = "overtaken", _("overtaken by what happened to the case")
    REFUSED = "refused", _("not allowed any more")


NOT_CARRIED_OUT = (Ending.OVERTAKEN, Ending.REFUSED)


class PendingStepQuerySet(models.QuerySet["PendingStep"]):
    """Waiting steps by case, moment and whom they concern."""

    def open(self) -> "PendingStepQuerySet":
        """Steps that are waiting."""
        return self.filter(ended_at=None)

    def due(self, *, now: datetime) -> "PendingStepQuerySet":
        """Steps that are due, longest waiting first."""
        return self.open().filter(due_at__lte=now).order_by("due_at", "pk")

    def of(self, case: "Case") -> "PendingStepQuerySet":
        """Steps on one case."""
        return self.filter(case_type=case.CASE_TYPE, case_id=case.pk)

    def unsettled(self) -> "PendingStepQuerySet":
        """Steps that somebody still needs to know about: waiting, taken back, or not carried out."""
        return self.filter(settled_at=None)

    def not_carried_out(self, user: "User", *, today: date) -> "PendingStepQuerySet":
        """Steps not carried out that concern this user: see `PendingStep.is_left_to`."""
        left = Q(made_by=user) | Q(made_by__is_active=False) | Q(ended_at__date__lt=today)
        return self.unsettled().filter(left, ending__in=NOT_CARRIED_OUT)


class PendingStep(models.Model):
    """What a caseworker decided but is not carried out yet (wachtende stap): the form as sent, and until when it waits.

    Until then nothing has happened: no status, event, letter or figure reflects it.
    """

    dossier = models.ForeignKey(
        "casework.Dossier", models.CASCADE, related_name="pending_steps", verbose_name=_("dossier")
    )
    case_type = models.CharField(_("case type"), max_length=20)
    case_id = models.BigIntegerField(_("case id"))
    step = models.CharField(_("step"), max_length=40)
    # What was sent, by form field; emptied once it is carried out.
    typed: Any = models.JSONField(_("what was typed"), default=dict, blank=True)
    language = models.CharField(_("language in which it was typed"), max_length=10)
    # The letters and recipients as its maker saw them, and the last event of the case at that moment.
    shown: Any = models.JSONField(_("letters and emails"), default=dict, blank=True)
    seen = models.BigIntegerField(_("last event seen"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    made_at = models.DateTimeField(_("decided"), default=clock.now)
    due_at = models.DateTimeField(_("goes out"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ending = models.CharField(_("how it ended"), max_length=20, choices=Ending, blank=True)
    because = models.TextField(_("why it was not carried out"), blank=True)
    settled_at = models.DateTimeField(_("needs no attention since"), null=True, blank=True)

    objects = PendingStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiting step")
        verbose_name_plural = _("waiting steps")
        ordering = ("made_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["case_type", "case_id"], condition=Q(ended_at=None), name="pendingstep_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="", settled_at=None) | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="pendingstep_ended_somehow",
            ),
        )
        indexes = (
            # the clock: steps that are due
            models.Index(fields=["due_at"], condition=Q(ended_at=None), name="pendingstep_due"),
            # the case page and the worklist 'not carried out'
            models.Index(fields=["case_type", "case_id"], condition=Q(settled_at=None), name="pendingstep_unsettled"),
            # a draft is deleted without scanning the waiting steps of all cases
            models.Index(fields=["case_type", "case_id"], name="pendingstep_by_case"),
        )

    def __str__(self) -> str:
        return f"{self.step} ({self.made_at:%Y-%m-%d %H:%M})"

    @property
    def is_open(self) -> bool:
        """Whether it is waiting."""
        return self.ended_at is None

    @property
    def form_data(self) -> QueryDict:
        """What was typed, as data for a form."""
        data = QueryDict(mutable=True)
        for name, values in self.typed.items():
            data.setlist(name, values)
        return data

    def is_left_to(self, user: "User") -> bool:
        """Whether the user should deal with it: its maker, or anybody if the maker cannot or did not on that day."""
        is_left_alone = timezone.localdate(self.ended_at or self.due_at) < clock.today()
        return self.made_by_id == user.pk or not self.made_by.is_active or is_left_alone

    def end(self, ending: Ending, *, because: str = "") -> None:
        """End the wait. What was typed is kept until the step is settled; the letter shows what was carried out."""
        self.ended_at, self.ending, self.because, self.shown = clock.now(), ending, because, {}
        if ending == Ending.CARRIED_OUT:
            self.typed, self.settled_at = {}, self.ended_at
        self.save(update_fields=["ended_at", "ending", "because", "shown", "typed", "settled_at"])

    @classmethod
    def settle(cls, steps: "Iterable[PendingStep]") -> None:
        """Mark them as known to everybody concerned, and delete what was typed."""
        ended = cls.objects.filter(pk__in=[one.pk for one in steps]).exclude(ended_at=None)
        ended.update(settled_at=clock.now(), typed={})
