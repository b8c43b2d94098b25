"""A note that asks for a colleague's attention."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework import clock

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models.case import Case


class MentionQuerySet(models.QuerySet["Mention"]):
    """Mentions by reader and case."""

    def unread(self, user: "User") -> "MentionQuerySet":
        """Mentions that a colleague has not read yet."""
        return self.filter(to=user, read_at=None)

    def of(self, case: "Case") -> "MentionQuerySet":
        """Mentions on one case."""
        return self.filter(case_type=case.CASE_TYPE, case_id=case.pk)

    def mark_read(self) -> int:
        """Mark them as read; returns how many."""
        return self.filter(read_at=None).update(read_at=clock.now())


class Mention(models.Model):
    """A colleague named in a note (vermelding), who sees it on the start page until they mark it as read, or answer."""

    note_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name=_("sort of note"))
    note_id = models.BigIntegerField(_("note"))
    note = GenericForeignKey("note_type", "note_id")
    case_type = models.CharField(_("case type"), max_length=20)
    case_id = models.BigIntegerField(_("case id"))
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("for"))
    at = models.DateTimeField(_("moment"), default=clock.now)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ("at", "pk")
        constraints = (models.UniqueConstraint(fields=["note_type", "note_id", "to"], name="mention_once_a_note"),)
        indexes = (
            # the start page and the lists: a user's unread mentions
            models.Index(fields=["to", "case_type", "case_id"], condition=Q(read_at=None), name="mention_unread"),
            # a draft is deleted without scanning the mentions of all cases
            models.Index(fields=["case_type", "case_id"], name="mention_by_case"),
        )

    def __str__(self) -> str:
        return f"{self.to} ({self.at:%Y-%m-%d %H:%M})"
