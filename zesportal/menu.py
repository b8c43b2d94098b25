"""The menu of the desk: the same above every page that staff use, with what their role opens."""

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
"""So many pages stand beside each other in the menu; more of them fold into their groups."""


@dataclass(frozen=True)
class MenuItem:
    """A page by the name of its address, and who may enter."""

    name: str
    title: StrOrPromise
    permission: str

    @property
    def url(self) -> str:
        """Where it is."""
        return reverse(self.name)


@dataclass(frozen=True)
class MenuGroup:
    """Pages under one word. `here`: the address of the one that is open, or that the open page belongs to."""

    title: StrOrPromise
    items: Sequence[MenuItem]
    here: str = field(default="", compare=False)

    @property
    def is_here(self) -> bool:
        """Whether the open page belongs to one of these."""
        return any(item.url == self.here for item in self.items)


def list_of(model: str, title: StrOrPromise, permission: str) -> MenuItem:
    """The list of a table at the desk."""
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
    """The groups in which somebody may enter a page, with only those pages; each by itself where there are few."""
    allowed = [(group, [item for item in group.items if request.user.has_perm(item.permission)]) for group in MENU]
    items = [item for _group, allowed_items in allowed for item in allowed_items]
    here = max((item.url for item in items if request.path.startswith(item.url)), key=len, default="")
    if len(items) <= FEW:
        return [MenuGroup(item.title, [item], here) for item in items]
    return [MenuGroup(group.title, allowed_items, here) for group, allowed_items in allowed if allowed_items]


def choose_frame(user: "User | AnonymousUser") -> str:
    """The template around a page that staff and others share; who has one page of their own keeps the public frame."""
    return STAFF_FRAME if getattr(user, "is_staff", False) and not find_own_page(user) else PUBLIC_FRAME
