"""Admin of the dated settings and saved views. Letter texts and the outbox are in `exemptions.admin`."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from accounts.models import User
from accounts.versioned_admin import VersionedAdmin
from casework.characters import drop_invisible
from casework.desk.saved_views import SHARE, build_view_url, find_admin, list_admins
from casework.models import EquatedDay, OtherBody, Policy, SavedView
from casework.policy_settings import SETTINGS, SETTINGS_BY_TOPIC, Topic, find_setting, get_setting_title


class EmptyFilter(admin.SimpleListFilter):
    """Filters on settings that are still to be filled in."""

    title = _("state")
    parameter_name = "state"

    words: ClassVar[dict[str, StrOrPromise]] = {"empty": _("to be filled in")}

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(value, str(words)) for value, words in self.words.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Policy]) -> QuerySet[Policy]:
        """Settings in force today without a value."""
        if self.value() != "empty":
            return queryset
        return queryset.filter(pk__in=Policy.objects.to_fill_in(on=timezone.localdate()))


class TopicFilter(admin.SimpleListFilter):
    """Filters on settings about one subject."""

    title = _("topic")
    parameter_name = "topic"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(topic.value, str(topic.label)) for topic in Topic]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Policy]) -> QuerySet[Policy]:
        chosen = self.value() or ""
        return queryset.filter(name__in=SETTINGS_BY_TOPIC[Topic(chosen)]) if chosen in Topic else queryset


@admin.register(Policy)
class PolicyAdmin(VersionedAdmin):
    """Policy settings: terms, numbers and switches, each with its purpose."""

    list_display = ("shown_name", "shown_value", "unit", "valid_from", "source")
    list_filter = (TopicFilter, EmptyFilter)
    search_fields = ("name",)
    fields = ("shown_name", "explanation", "shown_value", "unit", "valid_from", "source")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Policy], search_term: str
    ) -> tuple[QuerySet[Policy], bool]:
        """Search by the title that people see, and by the name in the code."""
        words = search_term.strip().lower()
        named = [name for name, setting in SETTINGS.items() if words and words in str(setting.title).lower()]
        found, is_double = super().get_search_results(request, queryset, search_term)
        return found | queryset.filter(name__in=named), is_double

    @admin.display(description=_("name"), ordering="name")
    def shown_name(self, policy: Policy) -> str:
        """The title of the setting."""
        return capfirst(str(get_setting_title(policy.name)))

    @admin.display(description=_("value"))
    def shown_value(self, policy: Policy) -> str:
        """The value in words; an empty one asks to be filled in."""
        return find_setting(policy.name, policy.value).shown(policy.value)

    @admin.display(description=_("explanation"))
    def explanation(self, policy: Policy) -> StrOrPromise:
        return find_setting(policy.name, policy.value).explanation

    @admin.display(description=_("unit"))
    def unit(self, policy: Policy) -> StrOrPromise:
        return find_setting(policy.name, policy.value).unit


class SavedViewForm(forms.ModelForm[SavedView]):
    """Renames a view, and shares it or stops sharing it."""

    class Meta:
        model = SavedView
        fields = ("name", "is_shared")

    def clean_name(self) -> str:
        """Drop invisible characters, and refuse a name that another of the owner's views of that list has."""
        name = drop_invisible(str(self.cleaned_data["name"])).strip()
        if not name:
            raise forms.ValidationError(_("Give the view a name."))
        view = self.instance
        same = SavedView.objects.filter(owner=view.owner, listing=view.listing, name=name).exclude(pk=view.pk)
        if same.exists():
            raise forms.ValidationError(_("Another view of this list has that name already."))
        return name


@admin.register(SavedView)
class SavedViewAdmin(admin.ModelAdmin[SavedView]):
    """Saved views of lists: the user's own and the team's. They are created on the lists themselves."""

    form = SavedViewForm
    list_display = ("name", "shown_list", "owner", "is_shared", "shown_link")
    list_select_related = ("owner",)
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[SavedView]:
        """The views that this user sees above the lists."""
        user = request.user
        if not isinstance(user, User):
            return SavedView.objects.none()
        return SavedView.objects.visible_to(user).filter(pk__in=self.find_readable(user))

    def find_readable(self, user: User) -> list[int]:
        """Primary keys of the visible views whose list this user may open."""
        seen = SavedView.objects.visible_to(user).values_list("pk", "listing")
        lists = {listing: find_admin(listing) for _key, listing in seen}
        return [key for key, name in seen if (one := lists[name]) and user.has_perm(one.permission)]

    def get_readonly_fields(self, request: HttpRequest, obj: SavedView | None = None) -> tuple[str, ...]:
        """Users who may not share can only rename."""
        return () if request.user.has_perm(SHARE) else ("is_shared",)

    @admin.display(description=_("list"))
    def shown_list(self, view: SavedView) -> str:
        """The list that the view belongs to."""
        found = find_admin(view.listing)
        return str(capfirst(found.opts.verbose_name_plural)) if found else view.listing

    @admin.display(description=_("page"))
    def shown_link(self, view: SavedView) -> str:
        """A link to the list with this view."""
        url = build_view_url(view)
        words = format_html('{}<span class="visually-hidden">: {}</span>', gettext("Open the list"), view)
        return format_html('<a href="{}">{}</a>', url, words) if url else ""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Views appear above the lists, not among the tables of the start page."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: SavedView | None = None) -> bool:
        """Whoever has a list on which views can be saved; `get_queryset` limits which ones."""
        return any(request.user.has_perm(one.permission) for one in list_admins())

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Views are created on the lists."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: SavedView | None = None) -> bool:
        """The user's own views, and the shared ones for those who may share."""
        if not self.has_view_permission(request):
            return False
        return obj is None or obj.owner_id == request.user.pk or (obj.is_shared and request.user.has_perm(SHARE))

    def has_delete_permission(self, request: HttpRequest, obj: SavedView | None = None) -> bool:
        return self.has_change_permission(request, obj)


@admin.register(EquatedDay)
class EquatedDayAdmin(VersionedAdmin):
    """Days that a royal decree equates with holidays."""

    list_display = ("day", "source")


@admin.register(OtherBody)
class OtherBodyAdmin(VersionedAdmin):
    """Other bodies: those to which we forward, and those to which people can turn after us."""

    list_display = ("name", "sort", "address", "valid_from", "valid_until", "source")
    list_filter = ("sort",)
    search_fields = ("name", "address")
