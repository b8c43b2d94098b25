"""Letters that go on paper as well (Awb 2:7, 2:8)."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models.deadline import Deadline
from casework.models.letter import Letter

if TYPE_CHECKING:
    from casework.models.case import AwbCase, Case


class DayBefore(models.Func):
    """The day before a day."""

    template = "(%(expressions)s - 1)"
    output_field = models.DateField()


class PostalCopyQuerySet(models.QuerySet["PostalCopy"]):
    """What the desk must still do."""

    def to_post(self) -> "PostalCopyQuerySet":
        """Not posted yet."""
        return self.filter(posted_on=None)

    def about(self, case: "Case") -> "PostalCopyQuerySet":
        """Of the letters about one case."""
        return self.filter(letter__case_type=case.CASE_TYPE, letter__case_id=case.pk)

    def of_dossier(self, case: "AwbCase") -> "models.QuerySet[Any]":
        """Those of the dossier of a case, with until when its own ones have effect."""
        of_it = self.filter(letter__dossier=case.dossier_id)
        found: models.QuerySet[Any] = of_it.with_effect_until(type(case)).select_related("letter", "posted_by")
        return found

    def with_effect_until(self, sort: "type[AwbCase]") -> "models.QuerySet[Any]":
        """Each with `effect_until`: the last day on which posting it still has effect, or is in time; None if any is.

        It hangs on the terms that run now. What was in the portal before has had its effect.
        """
        running = Deadline.objects.open().filter(case_type=sort.CASE_TYPE, case_id=models.OuterRef("letter__case_id"))
        days = [
            models.When(
                letter__kind=kind,
                letter__made_known_on=None,
                then=models.Subquery(
                    running.filter(kind=effect.until).values_list(DayBefore("due") if effect.but_last else "due")[:1]
                ),
            )
            for kind, effect in sort.EFFECTS.items()
            if effect.until
        ]
        found: models.QuerySet[Any] = self.annotate(
            effect_until=models.Case(*days, default=None, output_field=models.DateField())
        )
        return found


class PostalCopy(models.Model):
    """A letter that must be printed and posted, because the applicant chose post; and when that was done."""

    letter = models.OneToOneField(Letter, models.CASCADE, related_name="postal_copy", verbose_name=_("letter"))
    marked_at = models.DateTimeField(_("marked"), default=clock.now)
    posted_on = models.DateField(_("posted on"), null=True, blank=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("posted by")
    )

    objects = PostalCopyQuerySet.as_manager()

    class Meta:
        db_table = "exemptions_postalcopy"  # it began there
        verbose_name = _("letter by post")
        verbose_name_plural = _("letters by post")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(posted_on=None, posted_by=None)
                | models.Q(posted_on__isnull=False, posted_by__isnull=False),
                name="postalcopy_posted_by_somebody",
            ),
        )
        indexes = (
            # the worklist 'to print and post'
            models.Index(fields=["marked_at"], condition=models.Q(posted_on=None), name="postalcopy_to_post"),
        )

    def __str__(self) -> str:
        return str(self.letter)
