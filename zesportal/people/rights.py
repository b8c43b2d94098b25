"""What a user may do, as one comparable value: roles, municipalities, whether they may log in, and a login reset."""

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
    """Names of roles and municipalities, and the login. Nobody keeps `login_reset`: it is granted once."""

    roles: frozenset[str] = field(default_factory=frozenset)
    municipalities: frozenset[str] = field(default_factory=frozenset)
    login: bool = False
    login_reset: bool = False

    def __sub__(self, other: "Rights") -> "Rights":
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
        """Whether a role has no effect for lack of a municipality."""
        return bool(self.roles.intersection(OF_A_MUNICIPALITY)) and not self.municipalities

    @property
    def lacks_a_role(self) -> bool:
        """Whether a municipality has no effect for lack of a local role."""
        return bool(self.municipalities) and not self.roles.intersection(OF_A_MUNICIPALITY)

    @property
    def stamp(self) -> str:
        """A text for a form, by which it detects changes made in the meantime."""
        return ";".join([*sorted(self.roles), *sorted(self.municipalities), str(self.login)])


def rights_of(user: "User") -> Rights:
    """The user's current rights."""
    return Rights(
        frozenset(group.name for group in user.groups.all()),
        frozenset(municipality.name for municipality in user.municipalities.all()),
        user.is_active,
    )


def rights_in(change: RoleChange) -> Rights:
    """What a change grants or revokes."""
    return Rights(frozenset(change.roles), frozenset(change.municipalities), change.login, change.login_reset)


def give_rights(user: "User", rights: Rights) -> None:
    """Grant rights; users with a role work at the desk."""
    user.groups.add(*Group.objects.filter(name__in=rights.roles))
    user.municipalities.add(*Municipality.objects.filter(name__in=rights.municipalities))
    user.is_active = user.is_active or rights.login
    save_login(user)
    if rights.login_reset:
        second_factor.forget_second_factor(user)


def take_rights(user: "User", rights: Rights) -> None:
    """Revoke rights; users left without a role no longer work at the desk."""
    user.groups.remove(*Group.objects.filter(name__in=rights.roles))
    user.municipalities.remove(*Municipality.objects.filter(name__in=rights.municipalities))
    user.is_active = user.is_active and not rights.login
    save_login(user)


def save_login(user: "User") -> None:
    """Save what follows from the roles."""
    user.is_staff = user.is_superuser or user.groups.exists()
    user.save(update_fields=["is_active", "is_staff"])
