"""Links on the pages of versioned models: where a change is proposed, and which are waiting."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from casework.deadline_words import format_day as day_in_words
from casework.models import ReferenceChange
from casework.versions import publishing
from zesportal.versions.comparison import describe_change
from zesportal.versions.subjects import SUBJECTS, Subject

register = template.Library()
BUTTONS: dict[str, Any] = {
    ReferenceChange.Action.VERSION: lambda: _("Propose a new version"),
    ReferenceChange.Action.END: lambda: _("Propose an end"),
    ReferenceChange.Action.CANCEL: lambda: _("Propose to take it back"),
}


@dataclass(frozen=True)
class Link:
    """A page and its title."""

    words: StrOrPromise
    url: str


@register.simple_tag
def row_changes(row: Any, user: Any) -> dict[str, Any]:
    """For a row: its state, the changes that can be proposed, and those that wait."""
    subject = SUBJECTS[row._meta.label_lower]
    versioned = subject.versioned
    may = user.has_perm(versioned.permission("change"))
    waiting = ReferenceChange.objects.open().about(versioned.model, versioned.key_of(row))
    return {
        "state": describe_state(subject, row),
        "newest": newer_version(subject, row),
        "links": [build_change_link(subject, action, row) for action in publishing.possible_actions(versioned, row)]
        if may
        else [],
        "waiting": [
            Link(describe_change(subject, change), reverse("admin:casework_referencechange_change", args=[change.pk]))
            for change in waiting.select_related("proposed_by", "settled_by")
        ],
        "log": log_address(subject, versioned.key_of(row)),
    }


@register.simple_tag
def table_changes(opts: Any, user: Any) -> dict[str, Any]:
    """For a model: where a new row is proposed, and its log."""
    subject = SUBJECTS[opts.label_lower]
    may = user.has_perm(subject.versioned.permission("add")) and (subject.missing is None or bool(subject.missing()))
    new = reverse("admin:casework_referencechange_new", args=[subject.versioned.label])
    return {"new": new if may else "", "log": log_address(subject)}


def describe_state(subject: Subject, row: Any) -> str:
    """Whether the row is in force now."""
    versioned, today = subject.versioned, timezone.localdate()
    if not versioned.has_begun(row, today=today):
        return _("It has been published but has not begun yet.")
    ends = getattr(row, "valid_until", None)
    if (ends is not None and ends <= today) or is_followed(subject, row, today=today):
        return _("It is no longer in force.")
    return _("It is in force.")


def newer_version(subject: Subject, row: Any) -> Link | None:
    """The newest version, if this is an older one."""
    newest = subject.versioned.newest(row)
    begins = subject.versioned.begins(newest) if newest is not None and newest.pk != row.pk else None
    if begins is None:
        return None
    url = reverse(f"admin:{subject.versioned.label.replace('.', '_')}_change", args=[newest.pk])
    return Link(_("There is a newer version, from %(day)s.") % {"day": day_in_words(begins)}, url)


def is_followed(subject: Subject, row: Any, *, today: date) -> bool:
    """Whether a later version has taken effect."""
    first_day = subject.versioned.first_day
    if not first_day:
        return False
    newest = subject.versioned.versions_of(row).filter(**{f"{first_day}__lte": today}).first()
    return newest is not None and newest.pk != row.pk


def build_change_link(subject: Subject, action: ReferenceChange.Action, row: Any) -> Link:
    """The page on which a change of a row is proposed."""
    args = [action.value, subject.versioned.label, row.pk]
    return Link(BUTTONS[action](), reverse("admin:casework_referencechange_propose", args=args))


def log_address(subject: Subject, key: str = "") -> str:
    """The URL of the log of a model, or of the versions with one key."""
    words = f"&q={key.split(' / ')[-1]}" if key else ""
    return reverse("admin:casework_referencechange_changelist") + f"?about={subject.versioned.label}{words}"


@register.filter
def value_of(values: dict[str, str], name: str) -> str:
    """The value under a name that is in a variable."""
    return values.get(name, "")
