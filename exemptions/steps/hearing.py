"""Hearing people before a refusal based on data that differ from their own (Awb 4:7), or before a change (4:8)."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.batch import change_rows, is_in_batch
from casework.models import Deadline
from casework.steps import Button, StepRefused, step
from exemptions import letters
from exemptions.models.completion import Difference, ViewRequest
from exemptions.steps.completion import least_answer_days, refuse_bad_term
from exemptions.steps.permissions import may_answer, may_handle
from exemptions.steps.statuses import DECIDABLE, Status

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application


@step(
    source=DECIDABLE,
    target=Status.HEARING,
    permission=may_handle,
    records=("ends_on",),
    done=_("View asked"),
    told=_("We asked for a view on other data"),
    button=Button(
        _("Ask for a view"),
        _("Before a rejection on data that differ from the applicant's own (Awb 4:7)."),
        sends_letter=True,
    ),
)
def offer_hearing(
    application: "Application",
    *,
    by: "User | None",
    differences: Sequence[Difference],
    ends_on: date,
    differing_data: str = "",
) -> None:
    """Tell the applicant which data differ, and ask for their view; the term to decide runs on."""
    refuse_nothing_named(differences)
    refuse_bad_term(ends_on, least_days=least_answer_days())
    request = application.view_requests.create(
        differences=[asdict(difference) for difference in differences],
        differing_data=differing_data,
        sent_on=clock.today(),
        ends_on=ends_on,
        asked_by=by,
    )
    application.dossier.open_deadline(
        application, Deadline.Kind.VIEW, due=ends_on, basis={"sent": request.sent_on.isoformat()}
    )
    letters.place_letter(application, "hearing_offer", view_request=request)


def refuse_nothing_named(differences: Sequence[Difference]) -> None:
    """Raise StepRefused unless every difference is complete: nobody can give a view on unknown data (Awb 4:7)."""
    if not differences:
        raise StepRefused(
            gettext("Name at least one piece of data: what the applicant gave, and what you found where.")
        )
    if not all(difference.is_complete for difference in differences):
        raise StepRefused(
            gettext("Of each piece of data, tell what it is, what the applicant gave and what you found.")
        )


@step(
    source=Status.HEARING,
    target=Status.SUPPLIED,
    permission=may_answer,
    done=_("View received"),
    told=_("View given"),
    button=Button(_("Note a view"), _("Write down what the applicant said outside the portal.")),
)
def give_view(application: "Application", *, by: "User | None", view: str) -> None:
    """Record the applicant's view, given in the portal or by phone."""
    if not view.strip():
        raise StepRefused(gettext("Write down your view first."), field="view")
    application.view_requests.filter(closed_at=None).update(view=view, answered_at=clock.now(), closed_at=clock.now())
    application.dossier.close_deadline(application, Deadline.Kind.VIEW)


@step(
    source=Status.HEARING,
    target=Status.IN_REVIEW,
    permission=may_handle,
    conditions=[lambda a: a.has_lapsed_hearing()],
    done=_("Continued without a view"),
    told=_("The last day to give a view passed"),
    button=Button(_("Continue without a view"), _("The last day to give a view has passed.")),
)
def close_hearing(application: "Application", *, by: "User | None") -> None:
    """Continue without a view after the term to give one."""
    application.view_requests.filter(closed_at=None).update(closed_at=clock.now())
    application.dossier.close_deadline(application, Deadline.Kind.VIEW)


# --- A view on a change of what was granted -----------------------------------------------------------------


def close_views(application: "Application", **answer: object) -> None:
    """Close open requests for a view on a change, with an answer if there is one."""
    asked = application.view_requests.filter(about__isnull=False, closed_at=None)
    asked.update(**{"closed_at": clock.now(), **answer})
    application.dossier.close_deadline(application, Deadline.Kind.VIEW)


def settle_views(application: "Application") -> None:
    """Settle requests for a view, because we have decided about the change."""
    if is_in_batch() or application.waiting.view:
        change_rows(settle_requests, application)
    application.dossier.close_deadline(application, Deadline.Kind.VIEW)


def settle_requests(applications: "Sequence[Application]") -> None:
    """Settle the requests for a view of several applications."""
    asked = ViewRequest.objects.filter(application__in=applications, about__isnull=False, settled_at=None)
    moment = clock.now()
    asked.update(closed_at=Coalesce("closed_at", moment), settled_at=moment)
