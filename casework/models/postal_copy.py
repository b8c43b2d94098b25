"""Letters that go on paper as well (Awb 2:7, 2:8)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models.letter import Letter

if TYPE_CHECKING:
    from casework.models.case import Case


class PostalCopyQuerySet(models.QuerySet["PostalCopy"]):
    """What the desk must still do."""

    def to_post(self) -> "PostalCopyQuerySet":
        """Not posted yet."""
        return self.filter(posted_on=None)

    def about(self, case: "Case") -> "PostalCopyQuerySet":
        """Of the letters about one case."""
        return self.filter(letter__case_type=case.CASE_TYPE, letter__case_id=case.pk)


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
