"""Colleagues and their roles at the desk: the list, and one form for who they are and what they may do."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from accounts import roles, second_factor
from accounts.models import RoleChange, User
from casework.steps import StepRefused
from exemptions.views.screens import user_of
from zesportal.people import changes, words
from zesportal.people.forms import NewPersonForm, PersonForm
from zesportal.people.rights import rights_of

SHOWN = 20
"""Lines of the log on a person's page."""


class WhoFilter(admin.SimpleListFilter):
    """The list shows colleagues by default: applicants are many, and seldom what an administrator looks for."""

    title = gettext_lazy("who")
    parameter_name = "who"
    words: ClassVar[dict[str, StrOrPromise]] = {
        "": gettext_lazy("colleagues"),
        "applicants": gettext_lazy("applicants"),
        "all": gettext_lazy("everyone"),
    }

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """The options of the filter."""
        return [(value, str(said)) for value, said in self.words.items()]

    def choices(self, changelist: Any) -> Any:
        """Without Django's own 'all', which would be a second one."""
        for value, said in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value} if value else {}, [self.parameter_name])
            yield {"selected": (self.value() or "") == value, "query_string": query, "display": said}

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        """The people of that type; a search covers everybody."""
        match self.value() or "":
            case "":
                return queryset if request.GET.get("q") else queryset.filter(is_staff=True)
            case "applicants":
                return queryset.filter(is_staff=False)
        return queryset


class RoleFilter(admin.SimpleListFilter):
    """By role, in words."""

    title = gettext_lazy("role")
    parameter_name = "role"
    words: ClassVar[dict[str, StrOrPromise]] = {role: said.title for role, said in roles.WORDS.items()}

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """The options of the filter."""
        return [(value, str(said)) for value, said in self.words.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        """Those who have the role."""
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class PersonAdmin(admin.ModelAdmin[User]):
    """One form for who somebody is and what they may do. No passwords; people are deactivated, not deleted."""

    form = PersonForm
    ordering = ("name", "email")
    list_display = ("shown_name", "email", "roles", "places", "is_active", "last_login")
    list_filter = (WhoFilter, RoleFilter, "is_active")
    search_fields = ("email", "name")
    readonly_fields = ("email", "last_login", "date_joined")
    save_as = False
    change_form_template = "desk/person.html"
    fieldsets = (
        (None, {"fields": ("email", "name", "function", "language")}),
        (gettext_lazy("What this person may do"), {"fields": ("roles", "places", "may_log_in", "reason", "seen")}),
        (gettext_lazy("What this person is given"), {"fields": ("kinds", "letter_languages")}),
        (gettext_lazy("Logging in"), {"fields": ("last_login", "date_joined")}),
    )
    lost_fieldsets = (
        fieldsets[0],
        (fieldsets[1][0], {"fields": ("roles", "places", "may_log_in", "login_reset", "reason", "seen")}),
        *fieldsets[2:],
    )
    add_fieldsets = (
        (None, {"fields": ("email", "name", "function", "language")}),
        (gettext_lazy("What this person may do"), {"fields": ("roles", "places", "reason")}),
        fieldsets[2],
    )

    # --- The list ---

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Prefetch roles and municipalities: two queries for any number of people."""
        return super().get_queryset(request).prefetch_related("groups", "municipalities")

    @admin.display(description=gettext_lazy("name"), ordering="name")
    def shown_name(self, user: User) -> str:
        """The email address if no name is known."""
        return str(user)

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, user: User) -> str:
        """The roles, in words."""
        everything = [_("may do everything")] if user.is_superuser else []
        return ", ".join([*everything, *filter(None, [roles.titles_of(rights_of(user).roles)])])

    @admin.display(description=gettext_lazy("municipalities"))
    def places(self, user: User) -> str:
        """The municipalities, or that one is missing."""
        if rights_of(user).lacks_a_municipality:
            return _("none yet: sees nothing")
        return ", ".join(sorted(str(municipality) for municipality in user.municipalities.all()))

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Refuse filters in the URL that would reveal what one may not read, such as a password."""
        return lookup.split("__")[0] in ("who", "role", "is_active")

    # --- The form ---

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The form of a new or an existing colleague, which knows the administrator."""
        base: type[ModelForm[User]] = super().get_form(
            request, obj, change, **{**kwargs, "form": PersonForm if obj else NewPersonForm, "fields": None}
        )
        return type(base.__name__, (base,), {"acting": request.user})

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Fewer for a new colleague; a lost phone only for users with a second factor."""
        if obj is None:
            return self.add_fieldsets
        return self.lost_fieldsets if second_factor.has_one(obj) else self.fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """An address is somebody's login: only they change it."""
        return self.readonly_fields if obj else ()

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save who they are; propose additional rights, and revoke others at once."""
        super().save_model(request, obj, form, change)
        if obj.pk == request.user.pk:
            messages.success(request, _("Saved."))
            return
        try:
            made = changes.change_rights(obj, form.wanted, reason=form.cleaned_data["reason"], by=user_of(request))
        except StepRefused as refused:
            for said in refused.messages:
                messages.error(request, said)
            return
        if change and not made:
            messages.success(request, _("Saved."))
        self.tell(request, obj, made)

    def response_change(self, request: HttpRequest, obj: User) -> HttpResponse:
        """Report only what was done: a change that waits for a second administrator was not made."""
        return HttpResponseRedirect(reverse("admin:accounts_user_changelist"))

    def tell(self, request: HttpRequest, person: User, made: Iterable[RoleChange]) -> None:
        """Tell what was done, and what is still to be done."""
        for one in made:
            if one.is_waiting:
                messages.info(request, self.next_step(one))
            else:
                messages.success(request, _("This was taken away at once, and stands in the log."))
        if rights_of(person).lacks_a_municipality:
            messages.warning(request, _("%(person)s has no municipality, and so sees nothing.") % {"person": person})

    def next_step(self, waiting: RoleChange) -> str:
        """Who can approve; if nobody can, what to do about it."""
        if changes.who_can_approve(waiting).exists():
            return _("What you add waits for a second administrator. Until then nothing changes.")
        return _(
            "What you add waits for a second administrator, and there is none. "
            "Ask the operator to give a colleague that role with 'manage.py give_role'."
        )

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add waiting changes, and this person's log."""
        person = kwargs.get("obj")
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False, "subtitle": None}
        context["title"] = str(person) if person else _("New colleague")
        if person is not None:
            lines = RoleChange.objects.filter(user=person).select_related("user", "proposed_by", "settled_by")
            context |= {"is_oneself": person.pk == request.user.pk, "lines": words.with_words(lines[:SHOWN])}
        return super().render_change_form(request, context, *args, **kwargs)

    # --- Who may ---

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Superusers are changed only by another superuser."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or bool(request.user.is_superuser))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Never: what somebody did stays under their name."""
        return False
