"""Orders of a court to decide by a day, which replaces our term; each day after it may cost money."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from casework.models.case import Case


class CourtOrderQuerySet(models.QuerySet["CourtOrder"]):
    """Court orders by case, and by whether they run."""

    def of(self, case: "Case") -> "CourtOrderQuerySet":
        """Orders about a case."""
        return self.filter(case_type=case.CASE_TYPE, case_id=case.pk)

    def running(self) -> "CourtOrderQuerySet":
        """Orders not complied with yet."""
        return self.filter(ended_on=None)

    def end(self, *, on: date) -> None:
        """Stop the cost from the day our decision was made known, or is no longer required."""
        self.running().update(ended_on=on)


class CourtOrder(models.Model):
    """An order to decide on one case by a day (Awb 8:55d, 8:72(4)), with what each day after it costs.

    Independent of the penalty of Awb 4:17.
    """

    dossier = models.ForeignKey(
        "casework.Dossier", models.CASCADE, related_name="court_orders", verbose_name=_("dossier")
    )
    case_type = models.CharField(_("case type"), max_length=20)
    case_id = models.BigIntegerField(_("case id"))
    sent_on = models.DateField(_("judgment sent"))
    until = models.DateField(_("last day to decide"))
    euros_a_day = models.PositiveIntegerField(_("euros for each day too late"), default=0)
    most_eur = models.PositiveIntegerField(_("at most, in euros"), null=True, blank=True)
    ended_on = models.DateField(_("decided, or no longer to be decided"), null=True, blank=True)

    objects = CourtOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order of a court")
        verbose_name_plural = _("orders of a court")
        ordering = ("until", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["case_type", "case_id"], condition=models.Q(ended_on=None), name="courtorder_one_running"
            ),
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("sent_on")), name="courtorder_until_after_sending"
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier} {self.until}"

    def days(self, *, today: date) -> int:
        """The number of days that cost money so far; the day on which the decision is made known does not count."""
        last = self.ended_on - timedelta(days=1) if self.ended_on else today
        return max(0, (last - self.until).days)

    def amount(self, *, today: date) -> int:
        """The cost so far, in whole euros."""
        total = self.days(today=today) * self.euros_a_day
        return total if self.most_eur is None else min(total, self.most_eur)
