"""The outbox and the dated settings at the desk. Letter texts: `exemptions.admin`, which knows their placeholders."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from accounts.versioned import VersionedAdmin
from casework import outbox
from casework.models import EquatedDay, Message, Policy
from casework.policy_settings import SETTINGS, setting_of, title


class StateFilter(admin.SimpleListFilter):
    """Sent, waiting or failed."""

    title = _("state")
    parameter_name = "state"
    words: ClassVar[dict[str, StrOrPromise]] = {"failed": _("failed"), "waiting": _("waiting"), "sent": _("sent")}

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """The words of the filter."""
        return [(value, str(words)) for value, words in self.words.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        """The mails in that state."""
        match self.value():
            case "failed":
                return queryset.filter(pk__in=outbox.to_look_at().values("pk"))
            case "waiting":
                return queryset.filter(sent_at=None, given_up_at=None)
            case "sent":
                return queryset.exclude(sent_at=None)
        return queryset


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin[Message]):
    """The outbox: what failed, why, and the button to try again. Who keeps no cases does not read the words."""

    list_display = ("subject", "to", "state", "attempts", "error", "created_at")
    list_filter = (StateFilter,)
    list_select_related = ("dossier",)
    show_full_result_count = False
    actions = ("try_again",)
    fields = (
        "dossier",
        "kind",
        "to",
        "subject",
        "body",
        "created_at",
        "attempts",
        "error",
        "not_before",
        "sent_at",
        "given_up_at",
    )

    @admin.display(description=_("state"))
    def state(self, message: Message) -> str:
        """In a word."""
        if message.sent_at:
            return str(_("sent"))
        return str(_("failed")) if message.given_up_at else str(_("waiting"))

    @admin.action(description=_("Try again"), permissions=["retry"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        """Put the failed ones among those chosen back in the outbox; a mail that was sent is left alone."""
        failed = list(queryset.filter(sent_at=None).exclude(given_up_at=None))
        for message in failed:
            message.try_again()
        said = ngettext("%(count)s mail is sent again.", "%(count)s mails are sent again.", len(failed))
        self.message_user(request, said % {"count": len(failed)}, messages.SUCCESS if failed else messages.WARNING)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Nobody finds out by filtering in the address what they may not read."""
        hidden = set(self.fields) - set(self.get_fields(request))
        return lookup.split("__")[0] not in hidden and super().lookup_allowed(lookup, value, request)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Who may keep the outbox."""
        return bool(request.user.has_perm("casework.change_message"))

    def get_fields(self, request: HttpRequest, obj: Message | None = None) -> tuple[str, ...]:
        """The words of a mail are part of the case."""
        reads = request.user.has_perm("exemptions.view_application")
        return tuple(name for name in self.fields if reads or name != "body")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Mails are written by steps."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        """Their words are frozen."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        """They belong to the dossier."""
        return False


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
        return capfirst(str(title(policy.name)))

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
