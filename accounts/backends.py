"""Loads the user of each request, with whether they have rights beyond their own cases."""

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User


def build_users() -> QuerySet[User]:
    """Users with `has_rights` and `given_roles`."""
    roles = User.groups.through.objects.filter(user=OuterRef("pk"))
    permissions = User.user_permissions.through.objects.filter(user=OuterRef("pk"))
    return User.objects.annotate(
        _has_rights=Exists(roles) | Exists(permissions), _role_names=ArraySubquery(roles.values("group__name"))
    )


@cache
def write_statement() -> tuple[str, tuple[Any, ...]]:
    """The SQL that reads one active user, and its parameters up to the key, which comes last.

    Every request starts with this statement: to write it each time takes three times as long as to run it.
    """
    sql, (*others, _key) = build_users().filter(is_active=True, pk=0).query.sql_with_params()
    return sql, tuple(others)


class RightsBackend(AuthenticationBackend):
    """allauth's backend, with `has_rights` and the roles on each session's user at no extra query.

    Users who do not work at the desk have no permissions, whatever roles they still have, so no view can forget to
    check.
    """

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session, unless they may no longer log in."""
        sql, others = write_statement()
        return next(iter(User.objects.raw(sql, (*others, user_id))), None)

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Empty for users who do not work at the desk."""
        return super().get_all_permissions(user_obj, obj) if user_obj.is_staff else set()
