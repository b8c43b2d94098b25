"""A change of rules or settings: proposed by one person, published by another, and immutable from then on."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock

if TYPE_CHECKING:
    from accounts.models import User


class ReferenceChangeQuerySet(models.QuerySet["ReferenceChange"]):
    """Changes by whether they are open, and by subject."""

    def open(self) -> "ReferenceChangeQuerySet":
        """Changes that no second person has looked at yet."""
        return self.filter(outcome="")

    def about(self, model: type[models.Model], key: str) -> "ReferenceChangeQuerySet":
        """Changes of one setting, rule, kind and so on."""
        return self.filter(model=model._meta.label_lower, key=key)


class ReferenceChange(models.Model):
    """A new version of a row that law or policy can change, its end, or the withdrawal of a version before it begins.

    A proposal has no effect until a second person publishes it, which writes the rows. `before` is the row as it was
    when the change was proposed, so that nobody publishes over what they have not seen.
    """

    class Action(models.TextChoices):
        """What happens to the row."""

        ADD = "add", _("new")
        VERSION = "version", _("new version")
        END = "end", _("end")
        CANCEL = "cancel", _("taken back before it begins")

    class Outcome(models.TextChoices):
        """How the change ended."""

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
            # zesportal.versions: changes awaiting a second person
            models.Index(fields=["model", "key"], condition=models.Q(outcome=""), name="referencechange_open"),
        )

    def __str__(self) -> str:
        return f"{self.model} {self.key} ({self.proposed_at:%Y-%m-%d})"

    @property
    def is_open(self) -> bool:
        """Whether a second person still has to look."""
        return not self.outcome

    def settle(self, outcome: Outcome, *, by: "User", remark: str = "", written: int | None = None) -> None:
        """Record how it ended; the database allows this once."""
        self.outcome, self.settled_by, self.settled_at = outcome, by, clock.now()
        self.remark, self.written = remark, written
        self.save(update_fields=["outcome", "settled_by", "settled_at", "remark", "written"])
