"""Who somebody is at each request, and whether they have rights beyond their own cases."""

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User


@cache
def build_users() -> QuerySet[User]:
    """Users with `has_rights` and `given_roles`: built once, for every request begins with it."""
    roles = User.groups.through.objects.filter(user=OuterRef("pk"))
    permissions = User.user_permissions.through.objects.filter(user=OuterRef("pk"))
    return User.objects.annotate(
        _has_rights=Exists(roles) | Exists(permissions), _role_names=ArraySubquery(roles.values("group__name"))
    )


class RightsBackend(AuthenticationBackend):
    """allauth's, with `has_rights` and the roles on every user of a session, at no extra query.

    Those who do not work at the desk have no permission, whatever roles are left: no view can forget to ask.
    """

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session, unless they may not log in any more."""
        user: User | None = build_users().filter(pk=user_id, is_active=True).first()
        return user

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """None for those who do not work at the desk."""
        return super().get_all_permissions(user_obj, obj) if user_obj.is_staff else set()
