"""The dated settings at the desk. Letter texts and the outbox: `exemptions.admin`, which knows what they are about."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.models import EquatedDay, Policy
from casework.policy_titles import title


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
class PolicyAdmin(admin.ModelAdmin[Policy]):
    """Terms, numbers and switches: a change is a new row from a day on."""

    list_display = ("shown_name", "shown_value", "valid_from", "source")
    list_filter = (EmptyFilter,)
    search_fields = ("name", "explanation")
    save_as = True

    @admin.display(description=_("name"), ordering="name")
    def shown_name(self, policy: Policy) -> StrOrPromise:
        """What it is about, in words."""
        return title(policy.name)

    @admin.display(description=_("value"))
    def shown_value(self, policy: Policy) -> str:
        """An empty setting is not nothing: somebody must fill it in."""
        if isinstance(policy.value, bool):
            return str(_("yes") if policy.value else _("no"))
        if isinstance(policy.value, list):
            return ", ".join(str(one) for one in policy.value)
        return str(_("to be filled in")) if policy.value is None else str(policy.value)

    def has_delete_permission(self, request: HttpRequest, obj: Policy | None = None) -> bool:
        """Decisions were taken under it."""
        return False


@admin.register(EquatedDay)
class EquatedDayAdmin(admin.ModelAdmin[EquatedDay]):
    """Days that a royal decree equates with holidays."""

    list_display = ("day", "source")

    def has_delete_permission(self, request: HttpRequest, obj: EquatedDay | None = None) -> bool:
        """Deadlines were set by it."""
        return False
