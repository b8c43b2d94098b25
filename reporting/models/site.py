"""What the information site and the branch organisations hand in: visits, conversations, mails, signals."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from casework import clock
from reporting.models.deliveries import Delivery, DeliveryQuerySet, HandedInMonth


class SiteMonth(HandedInMonth):
    """One month of the information site (opwegnaarZES.nl)."""

    month = models.DateField(_("month"), unique=True, help_text=_("Its first day."))

    class Meta:
        verbose_name = _("month of the site")
        verbose_name_plural = _("months of the site")
        ordering = ("-month",)
        permissions = (("deliver_site_month", _("Can hand in the numbers of the information site")),)
        constraints = (models.CheckConstraint(condition=models.Q(month__day=1), name="sitemonth_is_a_first_day"),)

    def __str__(self) -> str:
        return date_format(self.month, "F Y")


class SiteMonthVersion(Delivery):
    """One delivery of a month's numbers."""

    MONTH = "site_month"

    site_month = models.ForeignKey(SiteMonth, models.CASCADE, related_name="versions", verbose_name=_("month"))
    visitors = models.PositiveIntegerField(_("active users"), null=True, blank=True)
    pages = models.PositiveIntegerField(_("pages visited"), null=True, blank=True)
    conversations = models.PositiveIntegerField(_("conversations with the assistant"), null=True, blank=True)
    mails = models.PositiveIntegerField(_("emails to the editors"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    context = models.TextField(_("what one should know to compare"), blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery of a month of the site")
        verbose_name_plural = _("deliveries of months of the site")
        ordering = ("site_month", "number")
        constraints = (models.UniqueConstraint(fields=["site_month", "number"], name="sitemonthversion_once"),)

    def __str__(self) -> str:
        return f"{self.site_month} ({self.number})"


class MailTopic(models.Model):
    """The number of a month's mails about a topic, in one tone."""

    class Tone(models.TextChoices):
        """The tone of a mail."""

        INFORMING = "informing", _("asks for information")
        PRACTICAL = "practical", _("practical question")
        COMPLAINT = "complaint", _("complaint")
        OTHER = "other", _("other")

    version = models.ForeignKey(SiteMonthVersion, models.CASCADE, related_name="topics", verbose_name=_("delivery"))
    topic = models.CharField(_("topic"), max_length=100)
    tone = models.CharField(_("tone"), max_length=20, choices=Tone)
    count = models.PositiveIntegerField(_("number"))

    class Meta:
        verbose_name = _("emails about a topic")
        verbose_name_plural = _("emails about topics")
        ordering = ("-count", "topic")
        constraints = (models.UniqueConstraint(fields=["version", "topic", "tone"], name="mailtopic_once_a_delivery"),)

    def __str__(self) -> str:
        return f"{self.topic} ({self.get_tone_display()})"


class BranchSignalQuerySet(models.QuerySet["BranchSignal"]):
    """Finds the signals that stand."""

    def known_at(self, moment: datetime) -> "BranchSignalQuerySet":
        """The signals that stood just before a moment: noted, and not yet replaced or withdrawn."""
        still = models.Q(replaced_at=None) | models.Q(replaced_at__gte=moment)
        return self.filter(still, noted_at__lt=moment)

    def standing(self) -> "BranchSignalQuerySet":
        """The signals that stand now."""
        return self.filter(replaced_at=None)

    def about(self, first: date, last: date) -> "BranchSignalQuerySet":
        """The signals about days of a period."""
        return self.filter(first__lte=last, last__gte=first)

    def line_of(self, signal: "BranchSignal") -> "BranchSignalQuerySet":
        """All versions of a signal, newest first."""
        original = signal.original_id or signal.pk
        return self.filter(models.Q(pk=original) | models.Q(original=original)).order_by("-noted_at", "-pk")


class BranchSignal(models.Model):
    """What a branch organisation or interest group asks attention for (signaal).

    Its words never change: a change is a new signal that replaces the old one, which still counts for earlier days.
    """

    organisation = models.CharField(_("who"), max_length=200)
    topic = models.CharField(_("topic"), max_length=200)
    text = models.TextField(_("text"))
    first = models.DateField(_("about the period from"))
    last = models.DateField(_("until"))
    noted_at = models.DateTimeField(_("noted"), default=clock.now)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("noted by")
    )
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replacement",
        verbose_name=_("takes the place of"),
    )
    original = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="changes", verbose_name=_("as it was first noted")
    )
    replaced_at = models.DateTimeField(
        _("replaced or withdrawn"), null=True, blank=True, help_text=_("From then on it no longer counts.")
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )

    objects = BranchSignalQuerySet.as_manager()

    class Meta:
        verbose_name = _("signal of a branch organisation")
        verbose_name_plural = _("signals of branch organisations")
        ordering = ("-last", "organisation")
        permissions = (("note_signal", _("Can note, change and withdraw signals of branch organisations")),)
        constraints = (
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="branchsignal_has_a_period"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_by=None) | models.Q(replaced_at__isnull=False),
                name="branchsignal_withdrawn_at_a_moment",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.topic}"
