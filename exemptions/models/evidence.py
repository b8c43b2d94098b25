"""The checklist of an application, item by item, which applicant and caseworker share."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from exemptions.models.kind import EvidenceRequirement

if TYPE_CHECKING:
    from exemptions.models.application import Application

REGISTRATION = "registration_document"
"""Code of the item that proves the data of a vehicle that our register does not know."""


class EvidenceItemQuerySet(models.QuerySet["EvidenceItem"]):
    """Evidence items with what they show, and those that are missing."""

    def with_all(self) -> "EvidenceItemQuerySet":
        """With requirement and documents, in the order of the checklist."""
        return self.select_related("requirement").prefetch_related("documents").order_by("requirement__position", "pk")

    def missing(self, *, extends: bool = False, is_foreign: bool = False) -> "EvidenceItemQuerySet":
        """Items that are needed and for which nothing was handed in; see `EvidenceItem.is_needed`."""
        wanted = models.Q(requirement__required=True)
        if extends:
            wanted |= models.Q(requirement__ask_again=True)
        if is_foreign:
            wanted |= models.Q(requirement__code=REGISTRATION)
        return self.filter(wanted, documents=None, verdict="")


class EvidenceItem(models.Model):
    """One item of the checklist: what was handed in, and the caseworker's judgement of it."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        INSUFFICIENT = "insufficient", _("not sufficient")

    application = models.ForeignKey(
        "exemptions.Application", models.CASCADE, related_name="evidence_items", verbose_name=_("application")
    )
    requirement = models.ForeignKey(EvidenceRequirement, models.PROTECT, verbose_name=_("required evidence"))
    documents: Any = models.ManyToManyField("casework.Document", blank=True, verbose_name=_("files"))
    verdict = models.CharField(_("judgement"), max_length=20, choices=Verdict, blank=True)
    because = models.TextField(_("because"), blank=True)
    judged_at = models.DateTimeField(_("judged"), null=True, blank=True, editable=False)

    objects = EvidenceItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["application", "requirement"], name="evidenceitem_once_an_application"),
            models.CheckConstraint(
                condition=~models.Q(verdict="insufficient") | ~models.Q(because=""),
                name="evidenceitem_insufficient_because",
            ),
        )

    def __str__(self) -> str:
        return str(self.requirement)

    @property
    def has_newer_file(self) -> bool:
        """Whether a file came in after the item was judged."""
        return self.judged_at is not None and any(one.added_at > self.judged_at for one in self.documents.all())

    @property
    def is_to_judge(self) -> bool:
        """Whether nobody has judged the current files, or the absence of required ones."""
        is_judged = self.verdict and not self.has_newer_file
        return not is_judged and (self.requirement.required or bool(self.documents.all()))

    def is_relevant(self, *, of: "Application") -> bool:
        """Whether it is relevant: a vehicle that our register knows needs no registration document."""
        in_register = not of.is_foreign and of.facts_verified
        shown = bool(self.verdict or self.documents.all())
        return not in_register or self.requirement.code != REGISTRATION or shown

    def is_needed(self, *, extends: bool = False, is_foreign: bool = False) -> bool:
        """Whether it is required: always, for an extension, or as the registration document of a foreign plate."""
        wanted = self.requirement
        return wanted.required or (extends and wanted.ask_again) or (is_foreign and wanted.code == REGISTRATION)

    def is_missing(self, *, extends: bool = False, is_foreign: bool = False) -> bool:
        """Whether it is needed, while nothing was handed in or judged."""
        return self.is_needed(extends=extends, is_foreign=is_foreign) and not self.verdict and not self.documents.all()
