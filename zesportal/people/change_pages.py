"""The log of role changes, and the page on which a second administrator settles a proposal."""

from http import HTTPStatus
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from accounts import roles
from accounts.models import RoleChange
from casework.desk.conflict import as_key
from casework.steps import StepRefused
from exemptions.views.screens import user_of
from zesportal.people import changes, words

CHANGE = "admin:accounts_rolechange_change"


class WaitingFilter(admin.SimpleListFilter):
    """Changes that wait for a second administrator."""

    title = gettext_lazy("state")
    parameter_name = "state"
    words: ClassVar[dict[str, StrOrPromise]] = {
        "waiting": gettext_lazy("waits for approval"),
        "settled": gettext_lazy("settled"),
    }

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """The options of the filter."""
        return [(value, str(said)) for value, said in self.words.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[RoleChange]) -> QuerySet[RoleChange]:
        """The changes with that status."""
        match self.value():
            case "waiting":
                return queryset.filter(settled_at=None)
            case "settled":
                return queryset.exclude(settled_at=None)
        return queryset


@admin.register(RoleChange)
class RoleChangeAdmin(admin.ModelAdmin[RoleChange]):
    """The log of role changes; a proposal is approved, declined or withdrawn on its own page."""

    list_display = ("in_words", "reason", "proposed_at", "ended", "settled_at")
    list_display_links = ("in_words",)
    list_filter = (WaitingFilter, "direction", "outcome")
    list_select_related = ("user", "proposed_by", "settled_by")
    search_fields = ("user__name", "user__email", "proposed_by__name", "settled_by__name", "reason")
    date_hierarchy = None

    @admin.display(description=gettext_lazy("what happened"))
    def in_words(self, change: RoleChange) -> str:
        """The change as a sentence."""
        return words.describe_change(change)

    @admin.display(description=gettext_lazy("outcome"), ordering="outcome")
    def ended(self, change: RoleChange) -> str:
        """How it ended, and by whom."""
        return words.describe_outcome(change)

    def get_urls(self) -> list[URLPattern]:
        own = path(
            "<int:pk>/<str:verb>/settle/", self.admin_site.admin_view(self.settle), name="accounts_rolechange_settle"
        )
        return [own, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One change, with the buttons for this administrator."""
        return self.page(request, self.found(request, object_id))

    def found(self, request: HttpRequest, pk: Any) -> RoleChange:
        """The change with this key, for those who may see the log."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = RoleChange.objects.select_related("user", "proposed_by", "settled_by")
        return get_object_or_404(rows, pk=as_key(str(pk)))

    def page(self, request: HttpRequest, change: RoleChange, *, status: int = HTTPStatus.OK) -> HttpResponse:
        """The page of a change: what it is, who can approve it, and what the user can do."""
        user = user_of(request)
        ((_change, sentence, ended),) = words.with_words([change])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change of roles"),
            "change": change,
            "sentence": sentence,
            "ended": ended,
            "may": [
                (verb, label)
                for verb, (_take, outcome, label) in VERBS.items()
                if changes.may_settle(change, user, outcome)
            ],
            "approvers": changes.who_can_approve(change) if change.is_waiting else [],
            "roles": [roles.WORDS[role] for role in change.roles if role in roles.WORDS],
        }
        return TemplateResponse(request, "desk/role_change.html", context, status=status)

    def settle(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Approve, decline or withdraw; the second of two administrators sees what the first did."""
        change = self.found(request, pk)
        if verb not in VERBS:
            raise Http404(verb)
        if request.method != "POST":
            return HttpResponseRedirect(reverse(CHANGE, args=[pk]))
        take, outcome, _label = VERBS[verb]
        user = user_of(request)
        if change.outcome == outcome and change.settled_by_id == user.pk:
            return HttpResponseRedirect(reverse(CHANGE, args=[pk]))  # the button was clicked twice
        try:
            take(change, by=user)
        except StepRefused as refused:
            for sentence in refused.messages:
                messages.error(request, sentence)
            return self.page(request, self.found(request, pk), status=HTTPStatus.CONFLICT)
        messages.success(request, DONE[verb])
        return HttpResponseRedirect(reverse(CHANGE, args=[pk]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Proposed on the page of the person."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: RoleChange | None = None) -> bool:
        """Settled by its verbs alone."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: RoleChange | None = None) -> bool:
        """It is the log."""
        return False


VERBS = {
    "approve": (changes.approve_change, RoleChange.Outcome.APPROVED, gettext_lazy("Approve")),
    "decline": (changes.decline_change, RoleChange.Outcome.DECLINED, gettext_lazy("Decline")),
    "withdraw": (changes.withdraw_change, RoleChange.Outcome.WITHDRAWN, gettext_lazy("Withdraw my proposal")),
}
DONE = {
    "approve": gettext_lazy(
        "Approved. It holds from now on. The person gets an email about a new role or a new start with logging in."
    ),
    "decline": gettext_lazy("Declined: nothing has changed."),
    "withdraw": gettext_lazy("Withdrawn: nothing has changed."),
}
