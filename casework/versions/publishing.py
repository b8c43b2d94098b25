"""Proposing a change, and publishing it, declining it or taking it back. Only here rows that hold are written."""

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
    """What somebody wants to change. `row`: the version that it is about, none for something new."""

    action: ReferenceChange.Action
    row: models.Model | None
    after: Values
    valid_from: date | None
    source: str
    reason: str


def possible_actions(versioned: Versioned, row: models.Model) -> list[ReferenceChange.Action]:
    """Which changes a row can have: a version follows the newest one, and only what has not begun is taken back."""
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
    """Keep a proposal: it counts nowhere yet. A double click makes one. Raises PermissionDenied or StepRefused."""
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
    """From when it changes; of what is taken back, the day on which it would have begun."""
    if proposal.action == Action.CANCEL and proposal.row is not None:
        return versioned.begins(proposal.row)
    return proposal.valid_from


def find_same_proposal(change: ReferenceChange) -> ReferenceChange | None:
    """The same proposal that a first click made a moment ago."""
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
        if held.replaces:  # of two changes of one row the second meets what the first wrote
            list(versioned.model._default_manager.select_for_update(no_key=True, of=("self",)).filter(pk=held.replaces))
        refuse_unpublishable(versioned, held, today=timezone.localdate())
        held.settle(Outcome.PUBLISHED, by=by, written=write_change(versioned, held))
    return held


def decline_change(versioned: Versioned, change: ReferenceChange, *, by: "User", remark: str) -> ReferenceChange:
    """A second person does not want it, and says why."""
    with transaction.atomic():
        held = lock_open(change)
        if not may_settle(versioned, held, by):
            raise PermissionDenied(f"user {by.pk} may not decline change {held.pk}")
        held.settle(Outcome.DECLINED, by=by, remark=remark)
    return held


def withdraw_change(change: ReferenceChange, *, by: "User") -> ReferenceChange:
    """Its maker takes the proposal back."""
    with transaction.atomic():
        held = lock_open(change)
        if held.proposed_by_id != by.pk:
            raise PermissionDenied(f"user {by.pk} did not propose change {held.pk}")
        held.settle(Outcome.WITHDRAWN, by=by)
    return held


def lock_open(change: ReferenceChange) -> ReferenceChange:
    """The row, locked and fresh; raises StepRefused if a colleague has settled it meanwhile."""
    held = (
        ReferenceChange.objects.select_for_update(no_key=True, of=("self",))
        .select_related("proposed_by")
        .get(pk=change.pk)
    )
    if not held.is_open:
        raise StepRefused(_("Someone has already dealt with this proposal."))
    return held


def may_settle(versioned: Versioned, change: ReferenceChange, user: "User") -> bool:
    """A second pair of eyes: who could have proposed it, and did not."""
    return change.proposed_by_id != user.pk and user.has_perm(versioned.permission("change"))


def refuse_unpublishable(versioned: Versioned, change: ReferenceChange, *, today: date) -> None:
    """From a day that is not past, and on top of what its maker saw. Raises StepRefused with what to do."""
    row = current_row(versioned, change)
    if change.action != Action.ADD and (row is None or versioned.state_of(row) != change.before):
        raise StepRefused(_("This has changed in the meantime: look at it again and propose your change again."))
    if change.action == Action.CANCEL:
        return refuse_late_cancel(versioned, row, today=today)
    if versioned.first_day:
        refuse_day(versioned, change, today=today)
    return None


def refuse_late_cancel(versioned: Versioned, row: Any, *, today: date) -> None:
    """What has begun is history."""
    if versioned.has_begun(row, today=today):
        raise StepRefused(_("This version has begun: it can be followed by another, not taken back."))


def refuse_day(versioned: Versioned, change: ReferenceChange, *, today: date) -> None:
    """The past stays as it was, and a version follows the newest one."""
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
    """The row that a change is about, as it is now; None if it has gone or there is none."""
    return versioned.model._default_manager.filter(pk=change.replaces).first() if change.replaces else None


def write_change(versioned: Versioned, change: ReferenceChange) -> int:
    """Write what a change says; returns the key of the row. Raises StepRefused if the database cannot take it."""
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
    """Why the database does not take it."""
    if isinstance(error, ValidationError):
        return error.messages
    return [_("There already is one: propose a change to it.")]


def write_version(versioned: Versioned, change: ReferenceChange, row: Any) -> int:
    """A row from its day on, with what belongs to it; the version before ends with that day."""
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
    """What the list of rows leaves in the database, as a boundary, goes along with the new version."""
    for field in new._meta.concrete_fields:
        if field.attname in new.get_deferred_fields():
            kept = type(new)._base_manager.values_list(field.attname, flat=True).get(pk=change.replaces)
            setattr(new, field.attname, kept)


def days_and_source(versioned: Versioned, change: ReferenceChange) -> Values:
    """From when, and by which source, as far as the row has room for it."""
    names = {field.name for field in versioned.model._meta.concrete_fields}
    said = {versioned.first_day: change.valid_from, "valid_until": None, "source": change.source}
    return {name: value for name, value in said.items() if name in names}


def write_parts(new: Any, relation: str, said: list[Values]) -> None:
    """The rows that come with a version."""
    manager = getattr(new, relation)
    for one in said:
        part = manager.model(**{manager.field.name: new})
        write_values(part, one)
        part.full_clean()
        part.save()


def end_row(versioned: Versioned, change: ReferenceChange, row: Any) -> int:
    """A row holds until the day; one that ends sooner keeps its day, one without an end of its own is followed."""
    if versioned.can_end and (
        row.valid_until is None or change.action == Action.END or row.valid_until > change.valid_from
    ):
        row.valid_until = change.valid_from
        row.save(update_fields=["valid_until"])
    return int(row.pk)


def cancel_row(versioned: Versioned, change: ReferenceChange, row: Any) -> int:
    """Take away a version; the one that made room for it goes on."""
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
