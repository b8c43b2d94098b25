"""What people thought of how we handled their application."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock


class Satisfaction(models.Model):
    """What the applicant's side said about our handling after the decision (tevredenheid): once, whatever the outcome.

    The event has the score too, for the figures; the words are only here, and are deleted with the application.
    """

    class Score(models.IntegerChoices):
        """The score, from bad to good."""

        VERY_BAD = 1, _("very unsatisfied")
        BAD = 2, _("unsatisfied")
        NEITHER = 3, _("neither satisfied nor unsatisfied")
        GOOD = 4, _("satisfied")
        VERY_GOOD = 5, _("very satisfied")

    application = models.OneToOneField(
        "exemptions.Application", models.CASCADE, related_name="satisfaction", verbose_name=_("application")
    )
    score = models.PositiveSmallIntegerField(_("satisfied"), choices=Score)
    remark = models.TextField(_("what could be better"), blank=True)
    given_at = models.DateTimeField(_("given"), default=clock.now)

    class Meta:
        verbose_name = _("satisfaction")
        verbose_name_plural = _("satisfaction")
        ordering = ("-given_at", "-pk")
        default_permissions = ()
        constraints = (
            models.CheckConstraint(condition=models.Q(score__range=(1, 5)), name="satisfaction_from_one_to_five"),
        )

    def __str__(self) -> str:
        return self.get_score_display()
