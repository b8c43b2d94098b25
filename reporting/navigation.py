"""Navigation between the reporting pages that a user may open, in the order of the work."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from reporting.returns.jurisdiction import DELIVER
from reporting.site.kind import DELIVER as DELIVER_SITE
from reporting.site.signals.services import NOTE
from reporting.team.permissions import LEAD, REVIEW

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

SEE_FIGURES = "exemptions.view_statistics"


@dataclass(frozen=True)
class NavigationItem:
    """A page, what it is for, and who may open it."""

    name: str
    title: StrOrPromise
    explanation: StrOrPromise
    permission: str

    @property
    def url(self) -> str:
        return reverse(self.name)


ROOMS = (
    NavigationItem(
        "team",
        _("Team"),
        _("Who has how much in hand, what is late and costs money, how long it took, and what falls due."),
        LEAD,
    ),
    NavigationItem(
        "quality_reviews",
        _("Reviews"),
        _("Decisions of colleagues, drawn by lot: look whether they were made as they should be."),
        REVIEW,
    ),
    NavigationItem(
        "statistics", _("Figures"), _("How many applications, decisions and exemptions, over any period."), SEE_FIGURES
    ),
    NavigationItem(
        "letters",
        _("Letters to parliament"),
        _("Made from the figures, checked by a second person, and published."),
        SEE_FIGURES,
    ),
    NavigationItem(
        "returns",
        _("Returns of municipalities"),
        _("Warning letters, offences and passages by month: hand in, correct, and see what is missing."),
        DELIVER,
    ),
    NavigationItem(
        "site_months",
        _("Months of the information site"),
        _("Visitors, conversations and emails by month: hand in, correct, and see what is missing."),
        DELIVER_SITE,
    ),
    NavigationItem(
        "signals",
        _("Signals of branch organisations"),
        _("Who asked attention for what, for the letter to parliament."),
        NOTE,
    ),
)


def list_navigation_items(user: "User | AnonymousUser") -> Sequence[NavigationItem]:
    """The pages that this user may open."""
    return [room for room in ROOMS if user.has_perm(room.permission)]
