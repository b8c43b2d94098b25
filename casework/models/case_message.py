"""The thread of a case: messages between the applicant's side and the desk."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework import clock

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models.case import Case

LONGEST_MESSAGE = 4000
"""In characters."""


class CaseMessageQuerySet(models.QuerySet["CaseMessage"]):
    """Messages by case, side and whether they were read or answered."""

    def of(self, case: "Case") -> "CaseMessageQuerySet":
        """Messages of one case."""
        return self.filter(case_type=case.CASE_TYPE, case_id=case.pk)

    def from_side(self, *, desk: bool) -> "CaseMessageQuerySet":
        """Messages written by the desk, or by the applicant's side."""
        return self.filter(from_desk=desk)

    def unanswered(self) -> "CaseMessageQuerySet":
        """Messages that the desk has neither answered nor marked as needing no answer."""
        return self.filter(from_desk=False, settled_at=None)

    def with_all(self) -> "CaseMessageQuerySet":
        """With everything that a page shows."""
        return self.select_related("by", "read_by").prefetch_related("documents")

    def unread(self) -> "CaseMessageQuerySet":
        """Messages that nobody on the other side has opened."""
        return self.filter(read_at=None)

    def settle(self) -> int:
        """Mark them as dealt with by the desk; returns how many."""
        return self.unanswered().update(settled_at=clock.now())

    def files(self) -> "models.QuerySet[Any, int]":
        """Primary keys of their attachments."""
        rows = CaseMessage.documents.through._default_manager.filter(casemessage__in=self)
        return rows.values_list("document", flat=True)

    def mark_read(self, *, by: "User") -> int:
        """Mark them as read by the other side; returns how many were unread."""
        return self.unread().update(read_at=clock.now(), read_by=by)


class CaseMessage(models.Model):
    """One message in the thread of a case (bericht in de zaak), from the desk or the applicant's side.

    `read_at`: when somebody on the other side first opened it. `answer_by`: the last working day of the time in which
    we promise to answer, by the policy of the day of the message.
    """

    dossier = models.ForeignKey("casework.Dossier", models.CASCADE, related_name="+", verbose_name=_("dossier"))
    case_type = models.CharField(_("case type"), max_length=20)
    case_id = models.BigIntegerField(_("case id"))
    from_desk = models.BooleanField(_("from the desk"))
    text = models.TextField(_("text"), max_length=LONGEST_MESSAGE)
    documents = models.ManyToManyField("casework.Document", blank=True, related_name="+", verbose_name=_("files"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("moment"), default=clock.now)
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    settled_at = models.DateTimeField(_("answered, or needs no answer"), null=True, blank=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("read by")
    )

    objects = CaseMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message in a case")
        verbose_name_plural = _("messages in cases")
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(from_desk=True, answer_by=None) | Q(from_desk=False, answer_by__isnull=False),
                name="casemessage_answer_by_of_applicant",
            ),
        )
        indexes = (
            # the thread of a case
            models.Index(fields=["case_type", "case_id"], name="casemessage_by_case"),
            # the worklist, longest waiting first
            models.Index(
                fields=["case_type", "answer_by"],
                condition=Q(from_desk=False, settled_at=None),
                name="casemessage_unanswered",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_type} {self.case_id} ({self.at:%Y-%m-%d %H:%M})"
