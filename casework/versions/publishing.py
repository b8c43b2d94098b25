"""Proposing a change, publishing, declining or withdrawing it. Nothing else writes rows that are in force."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.deadline_words import format_day as day_in_words
from casework.models import ReferenceChange
from casework.steps import StepRefused
from casework.versions.versioned_model import Values, Versioned, write_values

if TYPE_CHECKING:
    from accounts.models import User

Action, Outcome = ReferenceChange.Action, ReferenceChange.Outcome
DOUBLE_CLICK = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a user wants to change. `row`: the version concerned, None for something new."""

    action: ReferenceChange.Action
    row: models.Model | None
    after: Values
    valid_from: date | None
    source: str
    reason: str


def possible_actions(versioned: Versioned, row: models.Model) -> list[ReferenceChange.Action]:
    """The changes that a row allows: only the newest version gets a successor, only a future one can be cancelled."""
    begun = versioned.has_begun(row, today=timezone.localdate())
    newest = versioned.newest(row)
    is_newest = newest is not None and newest.pk == row.pk
    found = {
        Action.VERSION: versioned.has_versions and is_newest,
        Action.END: versioned.can_end and is_newest and begun and getattr(row, "valid_until", None) is None,
        Action.CANCEL: bool(versioned.first_day) and not begun,
    }
    return [action for action, is_possible in found.items() if is_possible]


def propose_change(versioned: Versioned, proposal: Proposal, *, by: "User") -> ReferenceChange:
    """Store a proposal, which has no effect yet; idempotent. Raises PermissionDenied or StepRefused."""
    verb = "add" if proposal.action == Action.ADD else "change"
    if not by.has_perm(versioned.permission(verb)):
        raise PermissionDenied(f"user {by.pk} may not {verb} {versioned.label}")
    if proposal.row is not None and proposal.action not in possible_actions(versioned, proposal.row):
        raise StepRefused(_("This has changed in the meantime: look at it again and propose your change again."))
    change = ReferenceChange(
        model=versioned.label,
        key=versioned.key_of(proposal.row or versioned.row_of(proposal.after)),
        action=proposal.action,
        replaces=proposal.row.pk if proposal.row else None,
        before=versioned.state_of(proposal.row) if proposal.row else None,
        after=proposal.after,
        valid_from=first_day(versioned, proposal),
        source=proposal.source,
        reason=proposal.reason,
        proposed_by=by,
    )
    refuse_unpublishable(versioned, change, today=timezone.localdate())
    same = find_same_proposal(change)
    if same is None:
        change.save()
    return same or change


def first_day(versioned: Versioned, proposal: Proposal) -> date | None:
    """The day on which the change takes effect; for a cancellation, the day on which the version would have begun."""
    if proposal.action == Action.CANCEL and proposal.row is not None:
        return versioned.begins(proposal.row)
    return proposal.valid_from


def find_same_proposal(change: ReferenceChange) -> ReferenceChange | None:
    """The same proposal, stored a moment ago by a first click."""
    names = ("model", "key", "action", "replaces", "after", "valid_from", "source", "reason", "proposed_by")
    same = {name: getattr(change, name) for name in names}
    recent = ReferenceChange.objects.open().filter(proposed_at__gt=timezone.now() - DOUBLE_CLICK)
    return recent.filter(**same).first()


def publish_change(versioned: Versioned, change: ReferenceChange, *, by: "User") -> ReferenceChange:
    """Write the rows of a change that a colleague proposed. Raises PermissionDenied, or StepRefused with the reason."""
    with transaction.atomic():
        held = lock_open(change)
        if not may_settle(versioned, held, by):
            raise PermissionDenied(f"user {by.pk} may not publish change {held.pk}")
        if held.replaces:  # of two changes of one row, the second finds what the first wrote
            list(versioned.model._default_manager.select_for_update(no_key=True, of=("self",)).filter(pk=held.replaces))
        refuse_unpublishable(versioned, held, today=timezone.localdate())
        held.settle(Outcome.PUBLISHED, by=by, written=write_change(versioned, held))
    return held


def decline_change(versioned: Versioned, change: ReferenceChange, *, by: "User", remark: str) -> ReferenceChange:
    """Decline a proposal, with the reason; by a second person."""
    with transaction.atomic():
        held = lock_open(change)
        if not may_settle(versioned, held, by):
            raise PermissionDenied(f"user {by.pk} may not decline change {held.pk}")
        held.settle(Outcome.DECLINED, by=by, remark=remark)
    return held


def withdraw_change(change: ReferenceChange, *, by: "User") -> ReferenceChange:
    """Withdraw a proposal; by its maker."""
    with transaction.atomic():
        held = lock_open(change)
        if held.proposed_by_id != by.pk:
            raise PermissionDenied(f"user {by.pk} did not propose change {held.pk}")
        held.settle(Outcome.WITHDRAWN, by=by)
    return held


def lock_open(change: ReferenceChange) -> ReferenceChange:
    """Lock the row and read it afresh; raises StepRefused if a colleague has settled it meanwhile."""
    held = (
        ReferenceChange.objects.select_for_update(no_key=True, of=("self",))
        .select_related("proposed_by")
        .get(pk=change.pk)
    )
    if not held.is_open:
        raise StepRefused(_("Someone has already dealt with this proposal."))
    return held


def may_settle(versioned: Versioned, change: ReferenceChange, user: "User") -> bool:
    """Whether the user may be the second person: allowed to propose this, but not its maker."""
    return change.proposed_by_id != user.pk and user.has_perm(versioned.permission("change"))


def refuse_unpublishable(versioned: Versioned, change: ReferenceChange, *, today: date) -> None:
    """Raise StepRefused, with what to do, if it is in the past or not based on the current row."""
    row = current_row(versioned, change)
    if change.action != Action.ADD and (row is None or versioned.state_of(row) != change.before):
        raise StepRefused(_("This has changed in the meantime: look at it again and propose your change again."))
    if change.action == Action.CANCEL:
        return refuse_late_cancel(versioned, row, today=today)
    if versioned.first_day:
        refuse_day(versioned, change, today=today)
    return None


def refuse_late_cancel(versioned: Versioned, row: Any, *, today: date) -> None:
    """Refuse to cancel a version that has begun."""
    if versioned.has_begun(row, today=today):
        raise StepRefused(_("This version has begun: it can be followed by another, not taken back."))


def refuse_day(versioned: Versioned, change: ReferenceChange, *, today: date) -> None:
    """Refuse a day in the past, or before the newest version."""
    if change.valid_from is None or change.valid_from < today:
        raise StepRefused(_("The first day has passed: choose today or a later day."))
    like = versioned.row_of({**(change.before or {}), **change.after})
    newest = versioned.newest(like) if versioned.has_versions else None
    if newest is None:
        return
    if change.action == Action.ADD:
        raise StepRefused(_("There already is one: propose a change to it."))
    if newest.pk != change.replaces:
        raise StepRefused(_("A newer version has been published: look at it again and propose your change again."))
    begins = versioned.begins(newest)
    if begins is not None and change.valid_from <= begins:
        raise StepRefused(
            _("There already is a version from %(day)s: choose a later day.") % {"day": day_in_words(begins)}
        )


def current_row(versioned: Versioned, change: ReferenceChange) -> Any:
    """The current row that a change is about; None if it was deleted or never existed."""
    return versioned.model._default_manager.filter(pk=change.replaces).first() if change.replaces else None


def write_change(versioned: Versioned, change: ReferenceChange) -> int:
    """Write a change; returns the primary key of the row. Raises StepRefused if the database refuses it."""
    row = current_row(versioned, change)
    write = WRITERS[change.action]
    try:
        with transaction.atomic():
            return write(versioned, change, row)
    except models.ProtectedError as error:
        raise StepRefused(_("Cases are already based on this version: it cannot be taken back.")) from error
    except (ValidationError, IntegrityError) as error:
        raise StepRefused(list_sentences(error)) from error


def list_sentences(error: ValidationError | IntegrityError) -> list[str]:
    """Why the database refuses it, in sentences."""
    if isinstance(error, ValidationError):
        return error.messages
    return [_("There already is one: propose a change to it.")]


def write_version(versioned: Versioned, change: ReferenceChange, row: Any) -> int:
    """Insert a version with its related rows; the version before ends on its first day."""
    new = row or versioned.model()
    if row is not None and versioned.first_day:
        end_row(versioned, change, versioned.model._default_manager.get(pk=row.pk))
        new.pk, new._state.adding = None, True
        fill_deferred(new, change)
    write_values(new, change.after)
    for name, value in days_and_source(versioned, change).items():
        setattr(new, name, value)
    versioned.make_thing(new)
    new.full_clean()
    new.save()
    for part in versioned.parts:
        write_parts(new, part.relation, change.after.get(part.relation, []))
    return int(new.pk)


def fill_deferred(new: Any, change: ReferenceChange) -> None:
    """Copy fields that lists defer, such as a boundary, to the new version."""
    for field in new._meta.concrete_fields:
        if field.attname in new.get_deferred_fields():
            kept = type(new)._base_manager.values_list(field.attname, flat=True).get(pk=change.replaces)
            setattr(new, field.attname, kept)


def days_and_source(versioned: Versioned, change: ReferenceChange) -> Values:
    """The first day and the source, if the model has these fields."""
    names = {field.name for field in versioned.model._meta.concrete_fields}
    said = {versioned.first_day: change.valid_from, "valid_until": None, "source": change.source}
    return {name: value for name, value in said.items() if name in names}


def write_parts(new: Any, relation: str, said: list[Values]) -> None:
    """Insert the related rows of a version."""
    manager = getattr(new, relation)
    for one in said:
        part = manager.model(**{manager.field.name: new})
        write_values(part, one)
        part.full_clean()
        part.save()


def end_row(versioned: Versioned, change: ReferenceChange, row: Any) -> int:
    """End a row on a day; one that ends sooner keeps its day, one that cannot end gets a successor."""
    if versioned.can_end and (
        row.valid_until is None or change.action == Action.END or row.valid_until > change.valid_from
    ):
        row.valid_until = change.valid_from
        row.save(update_fields=["valid_until"])
    return int(row.pk)


def cancel_row(versioned: Versioned, change: ReferenceChange, row: Any) -> int:
    """Delete a version that has not begun; the one before it continues."""
    row.delete()
    if versioned.can_end:
        before = versioned.versions_of(row).filter(valid_until=versioned.begins(row))
        before.update(valid_until=row.valid_until)
    return int(change.replaces or 0)


WRITERS: dict[str, Callable[[Versioned, ReferenceChange, Any], int]] = {
    Action.ADD: write_version,
    Action.VERSION: write_version,
    Action.END: end_row,
    Action.CANCEL: cancel_row,
}
