"""Loads the user of each request, with whether they have rights beyond their own cases."""

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User


@cache
def build_users() -> QuerySet[User]:
    """Users with `has_rights` and `given_roles`; built only once, because every request starts with this query."""
    roles = User.groups.through.objects.filter(user=OuterRef("pk"))
    permissions = User.user_permissions.through.objects.filter(user=OuterRef("pk"))
    return User.objects.annotate(
        _has_rights=Exists(roles) | Exists(permissions), _role_names=ArraySubquery(roles.values("group__name"))
    )


class RightsBackend(AuthenticationBackend):
    """allauth's backend, with `has_rights` and the roles on each session's user at no extra query.

    Users who do not work at the desk have no permissions, whatever roles they still have, so no view can forget to
    check.
    """

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session, unless they may no longer log in."""
        user: User | None = build_users().filter(pk=user_id, is_active=True).first()
        return user

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Empty for users who do not work at the desk."""
        return super().get_all_permissions(user_obj, obj) if user_obj.is_staff else set()
