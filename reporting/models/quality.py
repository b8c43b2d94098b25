"""The quality sample: decisions drawn by lot, and the findings of a colleague who took no part in them."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import MD5, Cast, Concat
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from casework import clock
from exemptions.models import Application, Decision, Kind
from exemptions.models.kind import InTwoLanguages
from zones.models.dated_row import Dated, DatedQuerySet, forbid_empty_period, forbid_overlap

if TYPE_CHECKING:
    from accounts.models import User

MOST_DRAWN = 200


class ReviewQuestion(InTwoLanguages, Dated):
    """A question about each decision in a sample (toetsvraag), from a day until a day. 'Yes' means as it should be."""

    code = models.SlugField(_("code"), max_length=40)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    text_nl = models.CharField(_("question in Dutch"), max_length=300)
    text_en = models.CharField(_("question in English"), max_length=300)

    objects = DatedQuerySet["ReviewQuestion"].as_manager()

    class Meta:
        verbose_name = _("question of the quality sample")
        verbose_name_plural = _("questions of the quality sample")
        ordering = ("position", "code", "valid_from")
        constraints = (
            models.UniqueConstraint(fields=["code", "valid_from"], name="reviewquestion_once_a_day"),
            forbid_overlap("reviewquestion_never_twice_at_once", "code"),
            forbid_empty_period("reviewquestion_holds_for_a_while"),
        )

    def __str__(self) -> str:
        return self.text("text")


class QualitySample(models.Model):
    """Decisions drawn by lot (steekproef). With its seed the same decisions can be drawn again."""

    first = models.DateField(_("decided from"))
    last = models.DateField(_("decided until"))
    kind = models.ForeignKey(
        Kind, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kind of exemption")
    )
    wanted = models.PositiveSmallIntegerField(
        _("number"), validators=[MinValueValidator(1), MaxValueValidator(MOST_DRAWN)]
    )
    population = models.PositiveIntegerField(_("decisions from which it was drawn"))
    seed = models.UUIDField(_("seed"), db_default=RandomUUID(), editable=False)
    drawn_at = models.DateTimeField(_("drawn"), default=clock.now)
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drawn by"))

    class Meta:
        verbose_name = _("quality sample")
        verbose_name_plural = _("quality samples")
        ordering = ("-drawn_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="qualitysample_has_days"),
        )

    def __str__(self) -> str:
        return f"{date_format(self.first, 'j N Y')} – {date_format(self.last, 'j N Y')}"

    def order_by_lot(self, decisions: "models.QuerySet[Decision]") -> "models.QuerySet[Decision]":
        """The decisions in the order that the seed gives them in the database: the first ones are drawn."""
        drawn = Concat(models.Value(str(self.seed)), Cast("pk", models.TextField()))
        return decisions.order_by(MD5(drawn), "pk")


class QualityReviewQuerySet(models.QuerySet["QualityReview"]):
    """Finds reviews that wait, and for whom."""

    def open(self) -> "QualityReviewQuerySet":
        """Not done yet."""
        return self.filter(reviewed_at=None)

    def for_reviewer(self, user: "User") -> "QualityReviewQuerySet":
        """Reviews of decisions that a user may see, and neither took nor prepared."""
        seen = self.filter(decision__application__in=Application.objects.at_desk_of(user))
        return seen.exclude(decision__taken_by=user).exclude(decision__prepared_by=user)

    def for_list(self) -> "QualityReviewQuerySet":
        """Joined to what a row of the list shows."""
        return self.select_related(
            "sample", "reviewed_by", "decision__application__dossier", "decision__application__kind", "decision__ground"
        )


class QualityReview(models.Model):
    """The review (toets) of one decision in a sample, and who did it."""

    sample = models.ForeignKey(QualitySample, models.PROTECT, related_name="reviews", verbose_name=_("quality sample"))
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+", verbose_name=_("decision"))
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reviewed by")
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)

    objects = QualityReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a decision")
        verbose_name_plural = _("reviews of decisions")
        ordering = ("sample", "pk")
        constraints = (
            models.UniqueConstraint(fields=["sample", "decision"], name="qualityreview_once_a_sample"),
            models.CheckConstraint(
                condition=models.Q(reviewed_by=None, reviewed_at=None)
                | models.Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="qualityreview_has_a_reviewer",
            ),
        )

    def __str__(self) -> str:
        return str(self.decision.application)


class ReviewAnswer(models.Model):
    """A reviewer's answer to one question, in the version that was asked."""

    class Answer(models.TextChoices):
        """Whether the decision is as it should be."""

        YES = "yes", _("yes")
        NO = "no", _("no")
        NOT_APPLICABLE = "not_applicable", _("not applicable")

    review = models.ForeignKey(QualityReview, models.PROTECT, related_name="answers", verbose_name=_("review"))
    question = models.ForeignKey(ReviewQuestion, models.PROTECT, related_name="answers", verbose_name=_("question"))
    answer = models.CharField(_("answer"), max_length=20, choices=Answer)
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        verbose_name = _("answer of a reviewer")
        verbose_name_plural = _("answers of reviewers")
        ordering = ("question__position", "pk")
        constraints = (models.UniqueConstraint(fields=["review", "question"], name="reviewanswer_once"),)

    def __str__(self) -> str:
        return self.get_answer_display()
