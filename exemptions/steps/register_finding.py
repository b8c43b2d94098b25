"""Findings: differences between the vehicle register and what an exemption rests on, settled without a change."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.clock import now, today
from casework.steps import Button, StepRefused, person, step
from exemptions.models.register_finding import RegisterFinding
from exemptions.steps.permissions import may_handle
from exemptions.steps.statuses import Status

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application


def has_open_findings(application: "Application") -> bool:
    """Whether the register differs and nobody has dealt with it."""
    return bool(application.register_findings.open(on=today()).exists())


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_handle,
    conditions=[has_open_findings],
    records=("dealt_with",),
    done=_("Changes in the vehicle register dealt with"),
    button=Button(
        _("Deal with changes in the register"),
        _("You looked at what the vehicle register says now, and nothing changes for the exemption."),
    ),
)
def settle_register_finding(
    application: "Application", *, by: "User | None", findings: Collection[RegisterFinding], note: str
) -> dict[str, list[str]]:
    """Close findings from the register without a change, with the reason; later findings stay open."""
    if not note.strip():
        raise StepRefused(gettext("Write down what you found out, and why nothing changes."), field="note")
    chosen = application.register_findings.open(on=today()).filter(pk__in=[one.pk for one in findings])
    dealt_with = [one.what for one in chosen]
    if not dealt_with:
        raise StepRefused(gettext("Choose what you dealt with."), field="findings")
    chosen.update(settled_at=now(), settled_by=person(by), note=note)
    return {"dealt_with": dealt_with}
