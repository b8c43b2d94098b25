"""What each role is called at the desk, and what it may do in one line; the names in `accounts.roles` stay keys."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from accounts.roles import ROLES

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class RoleWords:
    """A role as people at the desk know it."""

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
        "editor": RoleWords(_("editor"), _("Writes the information site and the letter texts, and answers questions.")),
        "administrator": RoleWords(
            _("administrator"), _("Keeps people and roles, settings, rules and kinds; decides on no cases.")
        ),
    }
)


def get_role_title(role: str) -> str:
    """What a role is called; its own name where it has no words."""
    return str(WORDS[role].title) if role in WORDS else role


def titles_of(roles: Iterable[str]) -> str:
    """Several roles, in the order of the table."""
    order = list(WORDS)
    return ", ".join(
        get_role_title(role) for role in sorted(roles, key=lambda role: order.index(role) if role in WORDS else 99)
    )


def describe_function(user: "User", *, permission: str) -> str:
    """In which function somebody does what the permission is for: as administrators keep it, else as their role says.

    Empty for who has no role.
    """
    held = set(user.groups.values_list("name", flat=True))
    roles = [role for role in ROLES if role in held]
    fitting = [role for role in roles if permission in ROLES[role]] or roles
    return user.function or (get_role_title(fitting[0]) if fitting else "")
