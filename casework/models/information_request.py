"""A request for missing information: sent, followed by a reminder, and answered or ended without a response."""

from datetime import date
from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.calendar import ONE_DAY
from casework.deadlines import Suspension
from casework.models.letter import Letter

R = TypeVar("R", bound="InformationRequest")


class InformationRequestQuerySet(models.QuerySet[R]):
    """Requests by whether they are open, sent and reminded."""

    def open(self) -> Self:
        """Requests neither answered nor ended."""
        return self.filter(answered_on=None, closed_on=None)

    def closed(self) -> Self:
        """Requests answered, or ended without a response."""
        return self.exclude(answered_on=None, closed_on=None)

    def running(self, *, on: date) -> Self:
        """Open requests whose last day has not passed."""
        return self.open().filter(ends_on__gte=on)

    def lapsed(self, *, on: date) -> Self:
        """Open requests whose last day passed without a response; unsent ones do not count."""
        return self.open().filter(ends_on__lt=on).exclude(sent_on=None)

    def sent(self) -> Self:
        """Requests that were made known, in the portal or by post."""
        return self.exclude(sent_on=None)

    def not_reminded(self) -> Self:
        """Open requests without a reminder."""
        return self.open().filter(reminded_at=None)

    def to_remind(self, *, sent_before: date, on: date) -> Self:
        """Running requests sent on or before a day, without a reminder."""
        return self.running(on=on).filter(sent_on__lte=sent_before, reminded_at=None)


def find_day_sent(on: date, *, ends_on: date) -> date:
    """The day of sending, but no later than the day before the last day to answer, which would leave no time."""
    return min(on, ends_on - ONE_DAY)


class InformationRequest(models.Model):
    """Until when somebody can supply what is missing; suspends the term to decide (Awb 4:15, 7:10(2)).

    Each type of case adds whose it is and what is asked. It counts as sent on the day its letter is made known: until a
    letter by post is posted there is no such day, and nothing is suspended.
    """

    letter = models.ForeignKey(
        Letter, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("letter")
    )
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    ends_on = models.DateField(_("last day"))
    explanation = models.TextField(_("explanation"), blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("requested by"),
    )
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    closed_on = models.DateField(_("ended without answer on"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)

    class Meta:
        abstract = True

    def note_letter(self, letter: Letter) -> None:
        """Store the letter that contains the request."""
        self.letter = letter
        self.save(update_fields=["letter"])

    def send(self, *, on: date) -> None:
        """Mark it as made known on a day, unless it already was."""
        if self.sent_on != (day := find_day_sent(on, ends_on=self.ends_on)):
            self.sent_on = day
            self.save(update_fields=["sent_on"])

    def suspension(self, *, unused_lapse_counts_last_day: bool) -> Suspension:
        """The days of suspension: until the answer, or the end of the term.

        Raises ValueError for an unsent request.
        """
        if self.sent_on is None:
            raise ValueError("what was not sent suspends nothing")
        ended = self.answered_on or self.closed_on
        if ended is not None and ended < self.ends_on:
            return Suspension(invited=self.sent_on, ended=ended)
        return Suspension.lapsed(
            self.sent_on, last_day=self.ends_on, unused_lapse_counts_last_day=unused_lapse_counts_last_day
        )

    def silent_days(self, *, today: date) -> int:
        """Days since it was sent, while there is no answer."""
        return (today - self.sent_on).days if self.sent_on else 0

    def note_reminder(self) -> None:
        """Record the reminder, of which there is at most one."""
        self.reminded_at = clock.now()
        self.save(update_fields=["reminded_at"])

    def take_answer(self, answer: str) -> None:
        """Mark it as answered today."""
        self.answered_on, self.answer = clock.today(), answer
        self.save(update_fields=["answered_on", "answer"])

    def end_in_silence(self) -> None:
        """End it without a response."""
        self.closed_on = self.ends_on
        self.save(update_fields=["closed_on"])
