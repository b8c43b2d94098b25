"""Roles as groups of permissions, and what each is called at the desk. The names in `ROLES` are keys: keep them.

The table is authoritative: loading it again removes what is not in it. Giving any role takes two administrators,
because each role decides about people, speaks in our name, or hands in figures that parliament reads. So there is no
list of roles that need it, which a new permission could make outdated.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


CASEWORK = (
    "exemptions.handle_application",
    "exemptions.decide_application",
    "exemptions.approve_proposal",
    "exemptions.view_application",
    "casework.view_document",
)
CORRESPONDENCE = ("correspondence.view_submission", "correspondence.handle_submission")
MACHINES = ("enforcement.view_machineclient", "enforcement.issue_machineclient")
LETTERS = (
    "reporting.add_reporttoparliament",
    "reporting.change_reporttoparliament",
    "reporting.check_report",
)
RETURNS = ("reporting.deliver_return", "reporting.view_every_return")
SITE = ("reporting.deliver_site_month", "reporting.note_signal")
HELPDESK = ("helpdesk.edit_topic", "helpdesk.answer_question", "helpdesk.report_outage")
CHECK_VEHICLES = "enforcement.check_vehicle"
OF_A_MUNICIPALITY = ("municipal caseworker", "municipal reporter", "enforcement officer")
"""Roles that mean nothing without a municipality."""
ROLES: dict[str, tuple[str, ...]] = {
    "national caseworker": (*CASEWORK, *CORRESPONDENCE, "exemptions.view_every_application"),
    "municipal caseworker": CASEWORK,
    "objection officer": (
        "exemptions.view_application",
        "exemptions.view_every_application",
        "exemptions.revise_decision",
        "casework.view_document",
        "objections.view_objection",
        "objections.handle_objection",
        "objections.decide_objection",
        "objections.view_appeal",
        "objections.handle_appeal",
        "complaints.view_complaint",
        "complaints.handle_complaint",
        *CORRESPONDENCE,
    ),
    "team lead": (
        *CASEWORK,
        *CORRESPONDENCE,
        "exemptions.view_every_application",
        "exemptions.assign_application",
        "exemptions.revise_decision",
        "exemptions.view_thresholdversion",
        "exemptions.add_thresholdversion",
        "exemptions.change_thresholdversion",
        "exemptions.publish_thresholds",
        "objections.view_objection",
        "objections.view_appeal",
        "renewals.view_renewal",
        "renewals.add_renewal",
        "renewals.review_renewal",
        "renewals.approve_renewal",
        "casework.change_message",
        "casework.view_message",
        "casework.share_savedview",
        "exemptions.view_statistics",
        *RETURNS,
        *LETTERS,
        "reporting.publish_report",
    ),
    "reporter": ("exemptions.view_statistics", *RETURNS, *SITE, *LETTERS),
    "municipal reporter": ("reporting.deliver_return",),
    "enforcement officer": (CHECK_VEHICLES,),
    "editor": ("casework.view_lettertext", "casework.add_lettertext", *SITE, *HELPDESK),
    "administrator": (
        "accounts.view_user",
        "accounts.add_user",
        "accounts.change_user",
        "accounts.view_rolechange",
        "casework.view_lettertext",
        "casework.add_lettertext",
        "casework.view_policy",
        "casework.add_policy",
        "casework.change_policy",
        "casework.view_referencechange",
        "casework.view_equatedday",
        "casework.add_equatedday",
        "casework.change_equatedday",
        "casework.view_otherbody",
        "casework.add_otherbody",
        "casework.change_otherbody",
        "casework.view_message",
        "exemptions.view_kindversion",
        "exemptions.add_kindversion",
        "exemptions.change_kindversion",
        "zones.view_municipality",
        "zones.change_municipality",
        "zones.view_municipalauthority",
        "zones.add_municipalauthority",
        "zones.change_municipalauthority",
        "zones.view_zone",
        "zones.add_zone",
        "zones.change_zone",
        "zones.view_accessrule",
        "zones.add_accessrule",
        "zones.change_accessrule",
        "zones.view_automaticexemption",
        "zones.add_automaticexemption",
        "zones.change_automaticexemption",
        "exemptions.view_statistics",
        "reporting.view_reviewquestion",
        "reporting.add_reviewquestion",
        "reporting.change_reviewquestion",
        "helpdesk.view_adviser",
        "helpdesk.add_adviser",
        "helpdesk.change_adviser",
        "helpdesk.delete_adviser",
        *MACHINES,
        *RETURNS,
        *SITE,
    ),
}


OWN_PAGES = {CHECK_VEHICLES: "vehicle_check"}
"""URL name of the one page for a permission. Users with no other permission have no work at the desk."""


def find_own_page(user: "User | AnonymousUser") -> str:
    """The URL name of the only page that somebody works on; empty for desk workers and for those without a role."""
    permissions = user.get_all_permissions()
    return OWN_PAGES.get(next(iter(permissions)), "") if len(permissions) == 1 else ""


def load_roles() -> None:
    """Create every role, with exactly its permissions. Idempotent."""
    known = {f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")}
    for role, permissions in ROLES.items():
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.set([known[permission] for permission in permissions])


@dataclass(frozen=True)
class RoleWords:
    """A role in words for the desk."""

    title: StrOrPromise
    may: StrOrPromise


WORDS: Mapping[str, RoleWords] = MappingProxyType(
    {
        "national caseworker": RoleWords(_("national caseworker"), _("Decides on all applications, of every zone.")),
        "municipal caseworker": RoleWords(
            _("municipal caseworker"), _("Decides on the local applications of their own municipality.")
        ),
        "objection officer": RoleWords(
            _("objection officer"), _("Handles objections, complaints and court cases, and decides on them.")
        ),
        "team lead": RoleWords(
            _("team lead"),
            _("Assigns cases, approves proposals, publishes thresholds and the letter to parliament."),
        ),
        "reporter": RoleWords(_("reporter"), _("Makes the figures and the letter to parliament; opens no cases.")),
        "municipal reporter": RoleWords(
            _("municipal reporter"), _("Hands in the monthly figures of their own municipality.")
        ),
        "enforcement officer": RoleWords(
            _("enforcement officer"),
            _("Asks on the street whether a vehicle may be in the zone of their own municipality; sees no cases."),
        ),
        "editor": RoleWords(_("editor"), _("Writes the information site and the letter texts, and answers questions.")),
        "administrator": RoleWords(
            _("administrator"), _("Keeps people and roles, settings, rules and kinds; decides on no cases.")
        ),
    }
)


def get_role_title(role: str) -> str:
    """The title of a role; the role's own name if it has none."""
    return str(WORDS[role].title) if role in WORDS else role


def titles_of(roles: Iterable[str]) -> str:
    """The titles of several roles, in the order of the table."""
    order = list(WORDS)
    return ", ".join(
        get_role_title(role) for role in sorted(roles, key=lambda role: order.index(role) if role in WORDS else 99)
    )


def describe_function(user: "User", *, permission: str) -> str:
    """The function in which somebody exercises a permission: as set by an administrator, else the title of their role.

    Empty for somebody without a role.
    """
    if user.function:
        return user.function
    roles = [role for role in ROLES if role in user.given_roles]
    fitting = [role for role in roles if permission in ROLES[role]] or roles
    return get_role_title(fitting[0]) if fitting else ""
