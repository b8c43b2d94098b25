"""The list: made, made again, and changed by a reviewer."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.steps import Button, StepRefused, person, step
from exemptions.steps.clock import refuse_far
from renewals import dry_run
from renewals.steps.permissions import may_review
from renewals.steps.statuses import Action, ItemState
from renewals.steps.statuses import RenewalStatus as Status

if TYPE_CHECKING:
    from accounts.models import User
    from renewals.models import Renewal, RenewalItem


@step(
    source=Status.LISTED,
    target=None,
    permission=may_review,
    records=("starts_on",),
    done=_("List made"),
    button=Button(
        _("Make the list again"),
        _("Decisions are looked through anew; what was left out stays left out. Nothing is decided."),
    ),
)
def list_again(renewal: "Renewal", *, by: "User | None", starts_on: date | None = None) -> None:
    """Do the dry run again: list decisions that would now turn out differently; excluded ones stay excluded."""
    if starts_on:
        refuse_far(starts_on, years=1, field="starts_on")
    renewal.starts_on, renewal.listed_at = starts_on, clock.now()
    renewal.items.exclude(state=ItemState.EXCLUDED).delete()
    renewal.staying = dry_run.fill_list(renewal, today=clock.today())


@step(
    source=Status.LISTED,
    target=None,
    permission=may_review,
    records=("item",),
    done=_("Case left out"),
    button=Button(_("Leave out"), _("This case gets nothing from this run."), prefilled=("item",)),
)
def exclude(renewal: "Renewal", *, by: "User | None", item: "RenewalItem", because: str) -> None:
    """Exclude a case from the run, with a reason."""
    leave_out(renewal, item, by=person(by), because=because, among=(ItemState.WAITING,))


@step(
    source=Status.LISTED,
    target=None,
    permission=may_review,
    records=("item",),
    done=_("Case included again"),
    button=Button(_("Include again"), _("This case is in the run after all."), prefilled=("item",)),
)
def include(renewal: "Renewal", *, by: "User | None", item: "RenewalItem") -> None:
    """Include a case that was excluded."""
    row = lock_item(renewal, item, among=(ItemState.EXCLUDED,))
    row.state, row.excluded_by, row.excluded_because = ItemState.WAITING, None, ""
    row.save(update_fields=["state", "excluded_by", "excluded_because"])


@step(
    source=Status.LISTED,
    target=None,
    permission=may_review,
    records=("item",),
    done=_("Case looked at: to be granted"),
    button=Button(_("Grant too"), _("You looked at this case: it is granted with the others."), prefilled=("item",)),
)
def grant_too(renewal: "Renewal", *, by: "User | None", item: "RenewalItem", because: str) -> None:
    """Grant a case that the rules leave to a person, together with the others."""
    row = lock_item(renewal, item, among=(ItemState.WAITING,))
    if row.action != Action.LOOK:
        raise StepRefused(gettext("This case is not waiting for someone to look at it."))
    refuse_silence(because)
    row.action = Action.GRANT
    row.reasons_nl, row.reasons_en = f"{row.reasons_nl}\n{because}", f"{row.reasons_en}\n{because}"
    row.save(update_fields=["action", "reasons_nl", "reasons_en"])


def leave_out(
    renewal: "Renewal", item: "RenewalItem", *, by: "User", because: str, among: tuple[ItemState, ...]
) -> None:
    """Exclude a case from the run, with the reason."""
    refuse_silence(because)
    row = lock_item(renewal, item, among=among)
    row.state, row.excluded_by, row.excluded_because, row.done_at = ItemState.EXCLUDED, by, because, clock.now()
    row.save(update_fields=["state", "excluded_by", "excluded_because", "done_at"])


def lock_item(renewal: "Renewal", item: "RenewalItem", *, among: tuple[ItemState, ...]) -> "RenewalItem":
    """The case as it is now, locked; raises StepRefused if it is not in one of these states."""
    row = renewal.items.select_for_update(no_key=True).filter(pk=item.pk, state__in=among).first()
    if row is None:
        raise StepRefused(gettext("This case has changed in the meantime: look at the list again."))
    return row


def refuse_silence(because: str) -> None:
    """Raise StepRefused without a reason to deviate from the list."""
    if not because.strip():
        raise StepRefused(gettext("Say why: it stays with the case."))
