"""Admin of the outbox. A failed mail is handled on the page of its case; this page retries many at once."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import outbox
from casework.models import Message
from exemptions.admin.desk_steps import APPLICATIONS
from exemptions.placeholders import letter_titles


class StateFilter(admin.SimpleListFilter):
    """Filters mails by state: sent, waiting or failed."""

    title = _("state")
    parameter_name = "state"
    words: ClassVar[dict[str, StrOrPromise]] = {"failed": _("failed"), "waiting": _("waiting"), "sent": _("sent")}

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(value, str(words)) for value, words in self.words.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        match self.value():
            case "failed":
                return queryset.filter(pk__in=outbox.find_mails_to_check().values("pk"))
            case "waiting":
                return queryset.filter(sent_at=None, given_up_at=None)
            case "sent":
                return queryset.exclude(sent_at=None)
        return queryset


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin[Message]):
    """The outbox: what failed, why, and the link to its case. Users who may not read cases do not see the text."""

    list_display = ("sort", "case", "to", "state", "failure", "created_at")
    list_filter = (StateFilter,)
    list_select_related = ("dossier__application",)
    show_full_result_count = False
    actions = ("try_again",)
    fields = (
        "case",
        "sort",
        "to",
        "subject",
        "body",
        "created_at",
        "state",
        "failure",
        "attempts",
        "error",
        "not_before",
        "sent_at",
        "given_up_at",
        "mended_at",
    )

    @admin.display(description=_("email"), ordering="kind")
    def sort(self, message: Message) -> str:
        """The subject of the mail, in words."""
        return capfirst(str(letter_titles().get(message.kind, message.subject)))

    @admin.display(description=_("case"), ordering="dossier__number")
    def case(self, message: Message) -> str:
        """A link to the case, where a failed mail is handled. Not every mail belongs to one."""
        application = getattr(message.dossier, "application", None)
        if application is None:
            return "–"
        return format_html('<a href="{}">{}</a>', APPLICATIONS.case_address(application), application)

    @admin.display(description=_("case"), ordering="dossier__number")
    def case_number(self, message: Message) -> str:
        """The case without a link, for users who may not open it."""
        return str(getattr(message.dossier, "application", None) or "–")

    @admin.display(description=_("what went wrong"))
    def failure(self, message: Message) -> str:
        """Why it failed, in words."""
        return str(message.failure)

    @admin.display(description=_("state"))
    def state(self, message: Message) -> str:
        """The state, in words."""
        if message.sent_at:
            return str(_("sent"))
        if message.mended_at:
            return str(_("failed, and replaced by another email or by post"))
        return str(_("failed")) if message.given_up_at else str(_("waiting"))

    @admin.action(description=_("Try again"), permissions=["retry"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        """Put the failed mails of the selection back in the outbox; mails that were sent are left alone."""
        failed = list(queryset.filter(sent_at=None, mended_at=None).exclude(given_up_at=None))
        for message in failed:
            message.try_again()
            self.log_change(request, message, gettext("Tried again."))
        said = ngettext("%(count)s email is sent again.", "%(count)s emails are sent again.", len(failed))
        self.message_user(request, said % {"count": len(failed)}, messages.SUCCESS if failed else messages.WARNING)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Refuse lookups in fields that the user may not read."""
        hidden = set(self.fields) - set(self.get_fields(request))
        return lookup.split("__")[0] not in hidden and super().lookup_allowed(lookup, value, request)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Whether the user manages the outbox."""
        return bool(request.user.has_perm("casework.change_message"))

    def get_fields(self, request: HttpRequest, obj: Message | None = None) -> tuple[str, ...]:
        """Hide the text from users who may not read cases: it is part of the case."""
        if may_read_cases(request):
            return self.fields
        return tuple(name for name in without_link(self.fields) if name != "body")

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """Link to the case only for users who may open it."""
        return self.list_display if may_read_cases(request) else without_link(self.list_display)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: steps write mails."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        """Never: their text is frozen."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        """Never: they belong to the dossier."""
        return False


def may_read_cases(request: HttpRequest) -> bool:
    """Whether the user may open cases; administrators may not."""
    return bool(request.user.has_perm("exemptions.view_application"))


def without_link(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names with the number of the case instead of the link to it."""
    return tuple("case_number" if name == "case" else name for name in names)
