"""The thread of a case: what the applicant's side and the desk write to each other about it."""

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
    """What the pages of a case and the worklist ask."""

    def of(self, case: "Case") -> "CaseMessageQuerySet":
        """Those of one case."""
        return self.filter(case_type=case.CASE_TYPE, case_id=case.pk)

    def from_side(self, *, desk: bool) -> "CaseMessageQuerySet":
        """Written by the desk, or by the applicant's side."""
        return self.filter(from_desk=desk)

    def unanswered(self) -> "CaseMessageQuerySet":
        """For which the desk has still to answer, or to say that no answer is needed."""
        return self.filter(from_desk=False, settled_at=None)

    def with_all(self) -> "CaseMessageQuerySet":
        """With all that a page shows of each."""
        return self.select_related("by", "read_by").prefetch_related("documents")

    def unread(self) -> "CaseMessageQuerySet":
        """Which nobody of the other side opened yet."""
        return self.filter(read_at=None)

    def settle(self) -> int:
        """The desk has seen to them; returns how many."""
        return self.unanswered().update(settled_at=clock.now())

    def files(self) -> "models.QuerySet[Any, int]":
        """Keys of the files that came with them."""
        rows = CaseMessage.documents.through._default_manager.filter(casemessage__in=self)
        return rows.values_list("document", flat=True)

    def mark_read(self, *, by: "User") -> int:
        """The other side read them now for the first time; returns how many."""
        return self.unread().update(read_at=clock.now(), read_by=by)


class CaseMessage(models.Model):
    """One message in the thread of a case (bericht in de zaak), from the desk or from the applicant's side.

    `read_at`: when somebody of the other side first opened it. `answer_by`: the last working day of the time in which
    we say that we answer, as the policy was on the day of the message.
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
            # the worklist: what waits longest for an answer
            models.Index(
                fields=["case_type", "answer_by"],
                condition=Q(from_desk=False, settled_at=None),
                name="casemessage_unanswered",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_type} {self.case_id} ({self.at:%Y-%m-%d %H:%M})"
