"""The page of one change: old and new as they are now, what it affects, and who can settle it."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework.models import ReferenceChange
from casework.steps import StepRefused
from casework.versions import publishing
from zesportal.versions.comparison import changed_lines, describe_change, name_of
from zesportal.versions.effects import describe_effects
from zesportal.versions.subjects import Subject

if TYPE_CHECKING:
    from casework.versions.versioned_model import Values

Action = ReferenceChange.Action


def change_context(subject: Subject, change: ReferenceChange, user: User) -> dict[str, Any]:
    """The context of the page."""
    row = publishing.current_row(subject.versioned, change)
    before = subject.versioned.state_of(row) if row and change.is_open else change.before
    own = change.proposed_by_id == user.pk
    may_settle = change.is_open and publishing.may_settle(subject.versioned, change, user)
    obstacles = obstacles_of(subject, change)
    return {
        "title": name_of(subject, change),
        "change": change,
        "subject": subject,
        "sentence": describe_change(subject, change),
        "lines": changed_lines(subject, before, values_after(change, before)),
        "touched": describe_effects(change, as_it_becomes(subject, change)) if change.is_open else [],
        "obstacles": obstacles,
        "may_publish": may_settle and not obstacles,
        "may_decline": may_settle,
        "may_withdraw": change.is_open and own,
        "is_alone": change.is_open and not possible_publishers(subject, change).exists(),
        "rewrite": rewrite_address(subject, change, row, user) if change.is_open else "",
        "row": row,
        "row_address": row_address(subject, change),
    }


def values_after(change: ReferenceChange, before: "Values | None") -> "Values":
    """The values after the change; none if it takes a version back."""
    if change.action != Action.CANCEL:
        return dict(change.after)
    return {name: [] if isinstance(value, list) else None for name, value in (before or {}).items()}


def as_it_becomes(subject: Subject, change: ReferenceChange) -> Any:
    """An unsaved row with the values of the change."""
    return subject.versioned.row_of({**(change.before or {}), **change.after})


def obstacles_of(subject: Subject, change: ReferenceChange) -> list[str]:
    """Why it cannot be published as it is; nothing if it can, or if it was settled."""
    if not change.is_open:
        return []
    try:
        publishing.refuse_unpublishable(subject.versioned, change, today=timezone.localdate())
    except StepRefused as refused:
        return refused.messages
    return []


def possible_publishers(subject: Subject, change: ReferenceChange) -> Any:
    """The users who could be the second person."""
    app, _dot, name = subject.versioned.permission("change").partition(".")
    of_role = Q(groups__permissions__codename=name, groups__permissions__content_type__app_label=app)
    staff = User.objects.filter(is_active=True, is_staff=True).exclude(pk=change.proposed_by_id)
    return staff.filter(of_role | Q(is_superuser=True))


def rewrite_address(subject: Subject, change: ReferenceChange, row: Any, user: User) -> str:
    """Where to propose it again, based on what is in force now; empty if impossible or not allowed."""
    verb = "add" if change.action == Action.ADD else "change"
    if not user.has_perm(subject.versioned.permission(verb)):
        return ""
    label, query = subject.versioned.label, f"?instead={change.pk}"
    if change.action == Action.ADD:
        name = f"&name={change.key}" if subject.missing else ""
        return reverse("admin:casework_referencechange_new", args=[label]) + query + name
    newest = subject.versioned.newest(row or as_it_becomes(subject, change))
    if newest is None or change.action not in publishing.possible_actions(subject.versioned, newest):
        return ""
    return reverse("admin:casework_referencechange_propose", args=[change.action, label, newest.pk]) + query


def row_address(subject: Subject, change: ReferenceChange) -> str:
    """The URL of the row that was written or that it is about; empty if it no longer exists."""
    pk = change.written or change.replaces
    if pk is None or not subject.versioned.model._default_manager.filter(pk=pk).exists():
        return ""
    return reverse(f"admin:{subject.versioned.label.replace('.', '_')}_change", args=[pk])
