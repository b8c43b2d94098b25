"""Downloads of the user's own data in the portal: 'My applications' and 'My exemptions'.

And what decides, besides permissions, which rows of a file a user sees.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from casework.exports.listing import Listing, link_to
from casework.formats import format_boolean
from exemptions.models import Applicant, Application, Exemption
from exemptions.models.application_query import ApplicationQuerySet
from exemptions.portal import current_exemptions, overview, progress

if TYPE_CHECKING:
    from accounts.models import User


def mandates_of(user: "User") -> list[str]:
    """Keys for the applicants for whom the user may act."""
    return [f"mandate {key}" for key in Applicant.objects.of(user).values_list("pk", flat=True)]


def places_of(user: "User") -> list[str]:
    """Keys for the municipalities whose local cases the user sees."""
    return [f"municipality {code}" for code in user.municipalities.values_list("cbs_code", flat=True)]


def find_own_applications(user: "User", _filters: QueryDict) -> ApplicationQuerySet:
    """Applications of everybody for whom the user acts, in the order of their page."""
    return overview.find_applications(user, now=timezone.now())


def application_lines(found: Sequence[Application]) -> Iterator[list[object]]:
    """A line for each application, in the words of the applicant's side."""
    objected = overview.find_objected_applications(found)
    for case in progress.build_cases(found, today=timezone.localdate()):
        one, has_objection = case.application, case.application.pk in objected
        yield [
            one.dossier.number,
            one.applicant,
            one.kind,
            one.municipality,
            case.plate,
            case.label,
            timezone.localdate(one.received_at) if one.received_at else None,
            case.last_day,
            None if has_objection else case.object_until,
            format_boolean(has_objection),
            " ".join(case.next),
        ]


def find_own_exemptions(user: "User", _filters: QueryDict) -> QuerySet[Exemption]:
    """The user's exemptions, those in force first, as on their page."""
    return current_exemptions.find_exemptions(user, now=timezone.now())


def exemption_lines(found: Sequence[Exemption]) -> Iterator[list[object]]:
    """A line for each exemption; one that has ended has no days left."""
    for one in current_exemptions.build_current_exemptions(found, now=timezone.now()):
        exemption, application = one.exemption, one.exemption.application
        yield [
            exemption.decision.reference,
            application,
            application.applicant,
            application.kind,
            exemption.municipality or now_("all zero-emission zones in the Netherlands"),
            one.plate,
            state_of(one),
            exemption.starts_at,
            exemption.ends_at,
            None if one.is_over else max(0, one.days_left),
        ]


def state_of(one: current_exemptions.HeldExemption) -> str:
    """Whether the exemption is valid, in a word."""
    if one.exemption.revoked_at:
        return now_("revoked")
    if one.is_over:
        return now_("ended")
    return now_("valid") if one.is_valid else now_("begins later")


LISTINGS = (
    Listing(
        name="mine",
        title=_("My applications"),
        columns=(
            _("Number"),
            _("Applicant"),
            _("Kind"),
            _("Municipality"),
            _("Plate"),
            _("Status"),
            _("Received"),
            _("Last day"),
            _("Object until"),
            _("Objection made"),
            _("What happens now"),
        ),
        rows=find_own_applications,
        lines=application_lines,
        page=link_to("my_applications"),
        note="",
    ),
    Listing(
        name="my_exemptions",
        title=_("My exemptions"),
        columns=(
            _("Reference"),
            _("Number"),
            _("Applicant"),
            _("Kind"),
            _("Where"),
            _("Plate"),
            _("Status"),
            _("From"),
            _("Until"),
            _("Days left"),
        ),
        rows=find_own_exemptions,
        lines=exemption_lines,
        page=link_to("my_exemptions"),
        note="",
    ),
)
