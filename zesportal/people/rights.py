"""What somebody may, as one thing that can be compared: roles, municipalities, whether they may log in, and begin anew
with that.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group

from accounts import second_factor
from accounts.models import RoleChange
from accounts.roles import OF_A_MUNICIPALITY
from zones.models import Municipality

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Rights:
    """Names of roles and of municipalities, and the login. Nobody has `login_reset`: it is given, and then over."""

    roles: frozenset[str] = field(default_factory=frozenset)
    municipalities: frozenset[str] = field(default_factory=frozenset)
    login: bool = False
    login_reset: bool = False

    def __sub__(self, other: "Rights") -> "Rights":
        """The difference of the two."""
        return Rights(
            self.roles - other.roles,
            self.municipalities - other.municipalities,
            self.login and not other.login,
            self.login_reset and not other.login_reset,
        )

    def __bool__(self) -> bool:
        return bool(self.roles or self.municipalities or self.login or self.login_reset)

    @property
    def lacks_a_municipality(self) -> bool:
        """Whether a role means nothing for want of a municipality."""
        return bool(self.roles.intersection(OF_A_MUNICIPALITY)) and not self.municipalities

    @property
    def lacks_a_role(self) -> bool:
        """Whether a municipality means nothing for want of a role that works for one."""
        return bool(self.municipalities) and not self.roles.intersection(OF_A_MUNICIPALITY)

    @property
    def stamp(self) -> str:
        """As a form carries it, to see whether somebody changed it meanwhile."""
        return ";".join([*sorted(self.roles), *sorted(self.municipalities), str(self.login)])


def rights_of(user: "User") -> Rights:
    """What somebody may now."""
    return Rights(
        frozenset(group.name for group in user.groups.all()),
        frozenset(municipality.name for municipality in user.municipalities.all()),
        user.is_active,
    )


def rights_in(change: RoleChange) -> Rights:
    """What a change gives or takes away."""
    return Rights(frozenset(change.roles), frozenset(change.municipalities), change.login, change.login_reset)


def give_rights(user: "User", rights: Rights) -> None:
    """Carry it out: users with a role work at the desk."""
    user.groups.add(*Group.objects.filter(name__in=rights.roles))
    user.municipalities.add(*Municipality.objects.filter(name__in=rights.municipalities))
    user.is_active = user.is_active or rights.login
    save_login(user)
    if rights.login_reset:
        second_factor.forget_second_factor(user)


def take_rights(user: "User", rights: Rights) -> None:
    """Carry it out: users without any role left no longer work at the desk."""
    user.groups.remove(*Group.objects.filter(name__in=rights.roles))
    user.municipalities.remove(*Municipality.objects.filter(name__in=rights.municipalities))
    user.is_active = user.is_active and not rights.login
    save_login(user)


def save_login(user: "User") -> None:
    """Save what follows from the roles."""
    user.is_staff = user.is_superuser or user.groups.exists()
    user.save(update_fields=["is_active", "is_staff"])
