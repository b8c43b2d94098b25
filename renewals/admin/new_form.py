"""The form that chooses the change for which to go through earlier decisions."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.deadline_words import format_day
from exemptions.models import KindVersion, ThresholdVersion
from renewals.publication import Change, refuse_announced
from zones.models import AccessRule

LATEST = 20


def find_possible_causes() -> dict[str, Any]:
    """The rows that can be a cause, newest first, by the run's field for it."""
    return {
        "thresholds": ThresholdVersion.objects.published().order_by("-valid_from"),
        "kind": KindVersion.objects.long_term().order_by("-valid_from", "kind_id"),
        "access_rule": AccessRule.objects.filter(valid_until=None)
        .exclude(status=AccessRule.Status.ANNOUNCED)
        .order_by("-valid_from", "code"),
    }


def list_cause_choices() -> list[Any]:
    """The latest of each sort of cause, as choices under a heading."""
    titles = {"thresholds": _("Thresholds"), "kind": _("Kinds of exemption"), "access_rule": _("Access rules")}
    offered = {
        name: [(f"{name}-{row.pk}", in_words(row)) for row in found[:LATEST]]
        for name, found in find_possible_causes().items()
    }
    return [("", _("Choose")), *((titles[name], changes) for name, changes in offered.items())]


def in_words(row: Change) -> str:
    """A change in words, with its first day."""
    since: date = row.valid_from
    if isinstance(row, AccessRule):
        name = f"{row.code}: {row.explanation}"[:120]
    elif isinstance(row, KindVersion):
        name = str(row)
    else:
        return format_day(since)
    return f"{name} ({format_day(since)}{' …' if since > timezone.localdate() else ''})"


class ChangeField(forms.ChoiceField):
    """A published version of the thresholds, a version of a kind, or an access rule."""

    def __init__(self) -> None:
        super().__init__(label=_("What changed"), choices=list_cause_choices)

    def clean(self, value: Any) -> Change:
        """The row that was chosen; raises ValidationError for one that is not offered."""
        name, _dash, pk = str(super().clean(value)).partition("-")
        found: Change | None = find_possible_causes()[name].filter(pk=pk).first()
        if found is None:
            raise ValidationError(self.error_messages["invalid_choice"], params={"value": value})
        if isinstance(found, AccessRule):
            refuse_announced(found)
        return found


class NewForm(forms.Form):
    """One change."""

    change = ChangeField()
