"""Users at the desk: an administrator gives roles, and nobody changes their own."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User

OWN_FIELDS = ("is_active", "is_staff", "is_superuser", "groups")


class NewUserForm(AdminUserCreationForm[User]):
    """A new user, with a password or without one (they log in with a mailed code, or by the broker)."""

    class Meta:
        model = User
        fields = ("email",)


class UserForm(UserChangeForm[User]):
    """A user as an administrator keeps it."""

    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User]):
    """Roles come from groups alone, never from single permissions. Nobody is deleted: they are switched off."""

    form = UserForm
    add_form = NewUserForm
    ordering = ("email",)
    list_display = ("email", "name", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", "groups")
    search_fields = ("email", "name")
    readonly_fields = ("is_superuser", "last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "name", "language", "password")}),
        (_("Roles"), {"fields": ("is_active", "is_staff", "groups", "is_superuser")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "language", "usable_password", "password1", "password2")}),)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Roles as boxes to tick: a short list, and usable with the keyboard."""
        return super().formfield_for_manytomany(db_field, request, **{**kwargs, "widget": CheckboxSelectMultiple})

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Nobody gives themselves a role, nor changes somebody who may do everything."""
        if obj is None:
            return ("last_login", "date_joined")
        if obj.pk == request.user.pk:
            return (*self.readonly_fields, *OWN_FIELDS)
        return tuple(self.readonly_fields)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A superuser is changed by a superuser."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or bool(request.user.is_superuser))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Never: what somebody did stays under their name. Switch them off with 'may log in'."""
        return False
