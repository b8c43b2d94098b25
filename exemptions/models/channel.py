"""By which way somebody is reached (Awb 2:8): what was chosen, which letters were read."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models import Letter
from exemptions.models.applicant import Applicant

if TYPE_CHECKING:
    from accounts.models import User


class ChannelChoiceQuerySet(models.QuerySet["ChannelChoice"]):
    """Which choice holds."""

    def latest_of_each(self, applicants: Iterable[Applicant]) -> "dict[int, ChannelChoice]":
        """The last choice of each of them, by the key of the applicant; one query."""
        latest = self.filter(applicant__in=applicants).order_by("applicant", "-chosen_at", "-pk").distinct("applicant")
        return {one.applicant_id: one for one in latest}

    def latest_of(self, applicant: Applicant) -> "ChannelChoice | None":
        """The last choice of an applicant; None before the first."""
        return self.filter(applicant=applicant).order_by("-chosen_at", "-pk").first()


class ChannelChoice(models.Model):
    """An applicant says whether electronic letters reach them (kenbaarmaking). Rows are only added; the last holds."""

    applicant = models.ForeignKey(
        Applicant, models.PROTECT, related_name="channel_choices", verbose_name=_("applicant")
    )
    electronic = models.BooleanField(_("reachable in the portal"))
    chosen_at = models.DateTimeField(_("chosen"), default=clock.now)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("chosen by")
    )
    text_version = models.DateField(_("version of the text"))
    text = models.TextField(_("text as it was shown"))

    objects = ChannelChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice of channel")
        verbose_name_plural = _("choices of channel")
        ordering = ("-chosen_at", "-pk")
        indexes = (models.Index(fields=["applicant", "-chosen_at"], name="channelchoice_latest"),)

    def __str__(self) -> str:
        return f"{self.applicant}: {_('portal') if self.electronic else _('post')}"


class LetterReading(models.Model):
    """Somebody of the applicant's side opened a letter: the first one, and when."""

    letter = models.OneToOneField(Letter, models.CASCADE, related_name="reading", verbose_name=_("letter"))
    read_at = models.DateTimeField(_("read"), default=clock.now)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("read by"))

    only_marked = models.BooleanField(_("marked as read, not opened"), default=False)

    class Meta:
        verbose_name = _("reading of a letter")
        verbose_name_plural = _("readings of letters")

    def __str__(self) -> str:
        return f"{self.letter} – {self.read_at:%Y-%m-%d}"

    @classmethod
    def note(cls, letter: Letter, *, by: "User") -> None:
        """Opened; who opens it a second time changes nothing."""
        _reading, is_new = cls.objects.get_or_create(letter=letter, defaults={"read_by": by})
        if not is_new:
            marked = cls.objects.filter(letter=letter, only_marked=True)
            marked.update(only_marked=False, read_by=by, read_at=clock.now())
