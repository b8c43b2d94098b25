"""The menu of the desk: the same on every page for staff, with what their role opens."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrOrPromise

from accounts.roles import find_own_page
from reporting.navigation import ROOMS

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

STAFF_FRAME = "shell/page.html"
PUBLIC_FRAME = "base.html"
FEW = 7
"""Up to this many pages are shown side by side; more of them fold into their groups."""


@dataclass(frozen=True)
class MenuItem:
    """A page by its URL name, and who may open it."""

    name: str
    title: StrOrPromise
    permission: str

    @property
    def url(self) -> str:
        return reverse(self.name)


@dataclass(frozen=True)
class MenuGroup:
    """Pages under one word. `here`: the URL of the open page, or of the one that it belongs to."""

    title: StrOrPromise
    items: Sequence[MenuItem]
    here: str = field(default="", compare=False)

    @property
    def is_here(self) -> bool:
        """Whether the open page belongs to this group."""
        return any(item.url == self.here for item in self.items)


def list_of(model: str, title: StrOrPromise, permission: str) -> MenuItem:
    """A menu item for the list of a model."""
    return MenuItem(f"admin:{model}_changelist", title, permission)


MENU = (
    MenuGroup(
        pgettext_lazy("menu", "Cases"),
        (
            list_of("exemptions_application", _("Applications"), "exemptions.view_application"),
            list_of("objections_objection", _("Objections"), "objections.view_objection"),
            list_of("objections_appeal", _("Appeals"), "objections.view_appeal"),
            list_of("complaints_complaint", _("Complaints"), "complaints.view_complaint"),
            list_of("correspondence_submission", _("Letters and emails received"), "correspondence.view_submission"),
            list_of("renewals_renewal", _("Deciding again on many cases"), "renewals.view_renewal"),
        ),
    ),
    MenuGroup(
        _("Questions and site"),
        (
            list_of("helpdesk_question", _("Mailbox"), "helpdesk.answer_question"),
            list_of("helpdesk_topic", _("Frequently asked questions"), "helpdesk.edit_topic"),
            MenuItem("assistant_desk", pgettext_lazy("menu", "Assistant"), "helpdesk.edit_topic"),
            list_of("helpdesk_outage", _("Outages"), "helpdesk.report_outage"),
        ),
    ),
    MenuGroup(_("Figures"), tuple(MenuItem(room.name, room.title, room.permission) for room in ROOMS)),
    MenuGroup(
        pgettext_lazy("menu", "Settings"),
        (
            list_of("accounts_user", _("People and roles"), "accounts.view_user"),
            list_of("casework_policy", _("Policy settings"), "casework.view_policy"),
            list_of("exemptions_kindversion", _("Kinds of exemption"), "exemptions.view_kindversion"),
            list_of("exemptions_thresholdversion", _("Thresholds"), "exemptions.view_thresholdversion"),
            list_of("casework_lettertext", _("Letter texts"), "casework.view_lettertext"),
            list_of("zones_municipality", _("Municipalities"), "zones.view_municipality"),
        ),
    ),
)


def list_menu(request: HttpRequest) -> list[MenuGroup]:
    """The groups with pages that the user may open, with only those; ungrouped if there are few."""
    allowed = [(group, [item for item in group.items if request.user.has_perm(item.permission)]) for group in MENU]
    items = [item for _group, allowed_items in allowed for item in allowed_items]
    here = max((item.url for item in items if request.path.startswith(item.url)), key=len, default="")
    if len(items) <= FEW:
        return [MenuGroup(item.title, [item], here) for item in items]
    return [MenuGroup(group.title, allowed_items, here) for group, allowed_items in allowed if allowed_items]


def choose_frame(user: "User | AnonymousUser") -> str:
    """The base template of a page for staff and others; users of a single page keep the public one."""
    return STAFF_FRAME if getattr(user, "is_staff", False) and not find_own_page(user) else PUBLIC_FRAME
