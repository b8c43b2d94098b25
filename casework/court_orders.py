"""Court orders to decide on a case (Awb 8:55d, 8:72): recorded and carried over. Called by steps only."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from casework import running_terms
from casework.models import CourtOrder
from casework.steps import StepRefused

if TYPE_CHECKING:
    from casework.models import Case


def give_order(
    case: "Case", *, sent_on: date, until: date, euros_a_day: int = 0, most_eur: int | None = None
) -> CourtOrder:
    """Record that a court ordered us to decide by a day; replaces a running order."""
    if until < sent_on:
        raise StepRefused(
            _("The last day to decide lies before the day on which the judgment was sent."), field="until"
        )
    CourtOrder.objects.of(case).end(on=sent_on)
    running_terms.forget_terms(case)
    return CourtOrder.objects.create(
        dossier=case.dossier,
        case_type=case.CASE_TYPE,
        case_id=case.pk,
        sent_on=sent_on,
        until=until,
        euros_a_day=euros_a_day,
        most_eur=most_eur,
    )


def carry_over_order(case: "Case", successor: "Case") -> None:
    """Move a running order to the case that takes the place of this one."""
    if CourtOrder.objects.of(case).running().update(dossier=successor.dossier, case_id=successor.pk):
        running_terms.forget_terms(successor)
