"""The dated settings at the desk. Letter texts and the outbox: `exemptions.admin`, which knows what they are about."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from accounts.versioned_admin import VersionedAdmin
from casework.models import EquatedDay, OtherBody, Policy
from casework.policy_settings import SETTINGS, get_setting_title, setting_of


class EmptyFilter(admin.SimpleListFilter):
    """What is still to be filled in."""

    title = _("state")
    parameter_name = "state"

    words: ClassVar[dict[str, StrOrPromise]] = {"empty": _("to be filled in")}

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """The words of the filter."""
        return [(value, str(words)) for value, words in self.words.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Policy]) -> QuerySet[Policy]:
        """The settings of today without a value."""
        if self.value() != "empty":
            return queryset
        return queryset.filter(pk__in=Policy.objects.to_fill_in(on=timezone.localdate()))


@admin.register(Policy)
class PolicyAdmin(VersionedAdmin):
    """Terms, numbers and switches: each with what it is for."""

    list_display = ("shown_name", "shown_value", "valid_from", "source")
    list_filter = (EmptyFilter,)
    search_fields = ("name",)
    fields = ("shown_name", "explanation", "shown_value", "unit", "valid_from", "source")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Policy], search_term: str
    ) -> tuple[QuerySet[Policy], bool]:
        """By the words that people see, or by the name in the code."""
        words = search_term.strip().lower()
        named = [name for name, setting in SETTINGS.items() if words and words in str(setting.title).lower()]
        found, is_double = super().get_search_results(request, queryset, search_term)
        return found | queryset.filter(name__in=named), is_double

    @admin.display(description=_("name"), ordering="name")
    def shown_name(self, policy: Policy) -> str:
        """What it is about, in words."""
        return capfirst(str(get_setting_title(policy.name)))

    @admin.display(description=_("value"))
    def shown_value(self, policy: Policy) -> str:
        """An empty setting is not nothing: somebody must fill it in."""
        return setting_of(policy.name, policy.value).shown(policy.value)

    @admin.display(description=_("explanation"))
    def explanation(self, policy: Policy) -> StrOrPromise:
        """What it is for."""
        return setting_of(policy.name, policy.value).explanation

    @admin.display(description=_("unit"))
    def unit(self, policy: Policy) -> StrOrPromise:
        """In what it is counted."""
        return setting_of(policy.name, policy.value).unit


@admin.register(EquatedDay)
class EquatedDayAdmin(VersionedAdmin):
    """Days that a royal decree equates with holidays."""

    list_display = ("day", "source")


@admin.register(OtherBody)
class OtherBodyAdmin(VersionedAdmin):
    """To whom we forward what is theirs, and where one can go after us."""

    list_display = ("name", "sort", "address", "valid_from", "valid_until", "source")
    list_filter = ("sort",)
    search_fields = ("name", "address")
