"""A change of what holds for everybody: proposed by one person, published by another, and never changed after that."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock

if TYPE_CHECKING:
    from accounts.models import User


class ReferenceChangeQuerySet(models.QuerySet["ReferenceChange"]):
    """Which changes wait, and what they are about."""

    def open(self) -> "ReferenceChangeQuerySet":
        """A second person has not looked yet."""
        return self.filter(outcome="")

    def about(self, model: type[models.Model], key: str) -> "ReferenceChangeQuerySet":
        """Those of one setting, rule, kind …"""
        return self.filter(model=model._meta.label_lower, key=key)


class ReferenceChange(models.Model):
    """A new version of a row that law or policy can change, its end, or a version that is taken back before it begins.

    A proposal counts nowhere: it is words until a second person publishes it; then the rows are written. `before` is
    what the row held when the change was proposed, so that nobody publishes over what they have not seen.
    """

    class Action(models.TextChoices):
        """What becomes of the row."""

        ADD = "add", _("new")
        VERSION = "version", _("new version")
        END = "end", _("end")
        CANCEL = "cancel", _("taken back before it begins")

    class Outcome(models.TextChoices):
        """What came of it."""

        OPEN = "", _("waits for a second person")
        PUBLISHED = "published", _("published")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn by its maker")

    model = models.CharField(_("about"), max_length=60, help_text=_("The table, as casework.policy."))
    key = models.CharField(_("which"), max_length=200, help_text=_("What every version of it shares: a name, a code."))
    action = models.CharField(_("change"), max_length=10, choices=Action)
    replaces = models.BigIntegerField(_("version that it is about"), null=True, blank=True)
    before: Any = models.JSONField(_("as it was"), null=True, blank=True, encoder=DjangoJSONEncoder)
    after: Any = models.JSONField(_("as it becomes"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    reason = models.TextField(_("reason"))
    proposed_at = models.DateTimeField(_("proposed"), default=clock.now)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )
    outcome = models.CharField(_("state"), max_length=10, choices=Outcome, blank=True)
    remark = models.TextField(_("why not"), blank=True)
    written = models.BigIntegerField(_("version that was written"), null=True, blank=True)

    objects = ReferenceChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change to settings and rules")
        verbose_name_plural = _("changes to settings and rules")
        ordering = ("-proposed_at", "-pk")
        default_permissions = ("view",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(outcome="", settled_by=None, settled_at=None)
                | models.Q(outcome="withdrawn", settled_by=models.F("proposed_by"), settled_at__isnull=False)
                | (
                    models.Q(outcome__in=("published", "declined"), settled_at__isnull=False, settled_by__isnull=False)
                    & ~models.Q(settled_by=models.F("proposed_by"))
                ),
                name="referencechange_two_pairs_of_eyes",
            ),
        )
        indexes = (
            # zesportal.versions: what waits for a second person
            models.Index(fields=["model", "key"], condition=models.Q(outcome=""), name="referencechange_open"),
        )

    def __str__(self) -> str:
        return f"{self.model} {self.key} ({self.proposed_at:%Y-%m-%d})"

    @property
    def is_open(self) -> bool:
        """Whether a second person has still to look."""
        return not self.outcome

    def settle(self, outcome: Outcome, *, by: "User", remark: str = "", written: int | None = None) -> None:
        """Note what came of it; the database takes this once."""
        self.outcome, self.settled_by, self.settled_at = outcome, by, clock.now()
        self.remark, self.written = remark, written
        self.save(update_fields=["outcome", "settled_by", "settled_at", "remark", "written"])
