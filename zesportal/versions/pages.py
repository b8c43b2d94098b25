"""The pages for changing what is in force: propose, compare old and new, publish; and the log of all changes."""

from http import HTTPStatus
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_stubs_ext import StrOrPromise

from accounts.form_recovery import keep_typed, take_typed
from accounts.models import User
from casework.models import ReferenceChange
from casework.steps import StepRefused
from casework.versions import publishing
from zesportal.versions.change_page import change_context
from zesportal.versions.comparison import describe_change
from zesportal.versions.proposal_form import are_valid, bind_forms, now_in_words, proposal_of
from zesportal.versions.subjects import SUBJECTS, Subject, subject_of

Action = ReferenceChange.Action
CHANGE = "admin:casework_referencechange_change"
TITLES: dict[str, StrOrPromise] = {
    Action.ADD: gettext_lazy("Propose something new"),
    Action.VERSION: gettext_lazy("Propose a new version"),
    Action.END: gettext_lazy("Propose an end"),
    Action.CANCEL: gettext_lazy("Propose to take it back"),
}


class SubjectFilter(admin.SimpleListFilter):
    """By model."""

    title = gettext_lazy("subject")
    parameter_name = "about"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Every model changed by two people."""
        return [(label, subject.title) for label, subject in SUBJECTS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ReferenceChange]) -> QuerySet[ReferenceChange]:
        """Only its changes."""
        return queryset.filter(model=self.value()) if self.value() in SUBJECTS else queryset


class StateFilter(admin.SimpleListFilter):
    """By outcome."""

    title = gettext_lazy("state")
    parameter_name = "state"
    words: ClassVar[dict[str, StrOrPromise]] = {
        "open": ReferenceChange.Outcome.OPEN.label,
        **{outcome.value: outcome.label for outcome in ReferenceChange.Outcome if outcome.value},
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The options of the filter."""
        return [(value, str(words)) for value, words in self.words.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ReferenceChange]) -> QuerySet[ReferenceChange]:
        """The changes with that outcome."""
        asked = self.value()
        return queryset.filter(outcome="" if asked == "open" else asked) if asked in self.words else queryset


class ReferenceChangeAdmin(admin.ModelAdmin[ReferenceChange]):
    """The log, and the pages of one change. Rows are never written through the admin's own pages."""

    list_display = ("proposed_at", "said", "source", "reason", "outcome")
    list_display_links = ("proposed_at", "said")
    list_filter = (StateFilter, SubjectFilter, ("proposed_by", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("proposed_by", "settled_by")
    search_fields = ("key", "source", "reason")
    list_per_page = 50
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        """Add the forms and actions."""
        view = self.admin_site.admin_view
        base = "casework_referencechange"
        return [
            path("new/<str:label>/", keep_typed(view(self.add_page)), name=f"{base}_new"),
            path("<slug:action>/<str:label>/<int:pk>/", keep_typed(view(self.propose_page)), name=f"{base}_propose"),
            path("<int:pk>/change/", view(self.change_page), name=f"{base}_change"),
            path("<int:pk>/settle/", view(require_POST(self.settle)), name=f"{base}_settle"),
            *[one for one in super().get_urls() if one.name == f"{base}_changelist"],
        ]

    @admin.display(description=gettext_lazy("what changed"))
    def said(self, change: ReferenceChange) -> str:
        """The change as a sentence."""
        return describe_change(SUBJECTS[change.model], change) if change.model in SUBJECTS else str(change)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only through the pages below."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: ReferenceChange | None = None) -> bool:
        """It is a log."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ReferenceChange | None = None) -> bool:
        """It is a log."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The log, under its own title."""
        named = {"title": capfirst(self.opts.verbose_name_plural or "")}
        return super().changelist_view(request, {**named, **(extra_context or {})})

    # --- proposing ---

    def add_page(self, request: HttpRequest, label: str) -> HttpResponse:
        """A new row; from a closed list, one is chosen first."""
        subject = subject_of(label)
        user = require_proposer(request, subject, "add")
        if subject.missing is None:
            return self.proposing(request, subject, Action.ADD, None, user)
        missing = subject.missing()
        chosen = request.GET.get("name", "")
        if chosen not in missing:
            context = {"title": subject.title, "subject": subject, "missing": missing}
            return self.page(request, "desk/reference_missing.html", context)
        new = subject.versioned.model(**{subject.versioned.key[0]: chosen})
        return self.proposing(request, subject, Action.ADD, None, user, new=new)

    def propose_page(self, request: HttpRequest, action: str, label: str, pk: int) -> HttpResponse:
        """A change of a row: a next version, its end, or taking it back."""
        subject = subject_of(label)
        user = require_proposer(request, subject, "change")
        row = get_object_or_404(subject.versioned.model._default_manager.all(), pk=pk)
        if action not in possible_actions(subject, row):
            raise Http404("not a change of this row")
        return self.proposing(request, subject, Action(action), row, user)

    def proposing(
        self,
        request: HttpRequest,
        subject: Subject,
        action: Action,
        row: Any,
        user: User,
        new: Any = None,
    ) -> HttpResponse:
        """The form; submitting it makes a proposal."""
        earlier = proposal_to_rewrite(request, subject)
        data = request.POST if request.method == "POST" else take_typed(request)
        form, parts = bind_forms(subject, action, row or new, data, earlier, fixed=row is not None or new is not None)
        refused: list[str] = []
        if request.method == "POST" and are_valid(form, *parts.values()):
            try:
                return self.proposed(request, subject, proposal_of(subject, action, row, form, parts), form, user)
            except StepRefused as error:
                refused = error.messages
        context = {
            "title": TITLES[action],
            "subject": subject,
            "row": row,
            "thing": subject.named(row or new) if row or new else "",
            "form": form,
            "parts": [(subject.part_title(name), part) for name, part in parts.items()],
            "now": now_in_words(subject, row) if action == Action.VERSION else {},
            "errors": refused,
            "back": back_to(subject, row),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
        return self.page(request, "desk/reference_form.html", context, status=status)

    def proposed(
        self, request: HttpRequest, subject: Subject, proposal: publishing.Proposal, form: Any, user: User
    ) -> HttpResponse:
        """Save the proposal; the proposer withdraws any earlier one that it replaces."""
        change = publishing.propose_change(subject.versioned, proposal, by=user)
        earlier = ReferenceChange.objects.open().filter(pk=form.cleaned_data.get("instead"), proposed_by=user).first()
        if earlier and earlier != change:
            publishing.withdraw_change(earlier, by=user)
        messages.success(request, _("Proposed. Nothing changes until a colleague publishes it."))
        return HttpResponseRedirect(reverse(CHANGE, args=[change.pk]))

    # --- looking and settling ---

    def change_page(self, request: HttpRequest, pk: int, *, refused: list[str] | None = None) -> HttpResponse:
        """One change, old next to new, with what it affects."""
        user = require_reader(request)
        change = get_object_or_404(ReferenceChange.objects.select_related("proposed_by", "settled_by"), pk=pk)
        context = change_context(subject_of(change.model), change, user)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
        return self.page(request, "desk/reference_change.html", {**context, "errors": refused}, status=status)

    def settle(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Publish, decline or withdraw; a second click finds what the first did."""
        user = require_reader(request)
        change = get_object_or_404(ReferenceChange, pk=pk)
        subject, asked = subject_of(change.model), request.POST.get("action", "")
        try:
            done = settle_as_asked(subject, change, asked, user, remark=remark_of(request.POST))
        except StepRefused as refused:
            if change.settled_by_id == user.pk:
                return HttpResponseRedirect(reverse(CHANGE, args=[pk]))
            return self.change_page(request, pk, refused=refused.messages)
        messages.success(request, describe_change(subject, done))
        return HttpResponseRedirect(reverse(CHANGE, args=[pk]))

    def page(
        self, request: HttpRequest, template: str, context: dict[str, Any], *, status: int = HTTPStatus.OK
    ) -> HttpResponse:
        """Render a page of the desk."""
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**shared, **context}, status=status)


def register_pages(site: admin.AdminSite) -> None:
    """Register the pages at the desk."""
    site.register(ReferenceChange, ReferenceChangeAdmin)


def settle_as_asked(
    subject: Subject, change: ReferenceChange, asked: str, user: User, *, remark: str
) -> ReferenceChange:
    """Do what the button says; raises StepRefused, PermissionDenied or Http404."""
    match asked:
        case "publish":
            return publishing.publish_change(subject.versioned, change, by=user)
        case "decline":
            if not remark:
                raise StepRefused(_("Say why you decline it: your colleague will read it."))
            return publishing.decline_change(subject.versioned, change, by=user, remark=remark)
        case "withdraw":
            return publishing.withdraw_change(change, by=user)
    raise Http404("no such button")


def remark_of(data: Any) -> str:
    """Why somebody declines; empty if the database could not store it."""
    remark = data.get("remark", "").strip()
    return "" if "\x00" in remark else str(remark)


def require_reader(request: HttpRequest) -> User:
    """The user, who may read the log; raises PermissionDenied."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("casework.view_referencechange"):
        raise PermissionDenied("reads no log of changes")
    return user


def require_proposer(request: HttpRequest, subject: Subject, verb: str) -> User:
    """The user, who may propose; raises PermissionDenied."""
    user = require_reader(request)
    if not user.has_perm(subject.versioned.permission(verb)):
        raise PermissionDenied(f"may not {verb} {subject.versioned.label}")
    return user


def possible_actions(subject: Subject, row: Any) -> list[str]:
    """The changes that a row can have: the newest can get a next version, and only one not begun can be taken back."""
    return [str(action) for action in publishing.possible_actions(subject.versioned, row)]


def proposal_to_rewrite(request: HttpRequest, subject: Subject) -> ReferenceChange | None:
    """The proposal that prefills the form; None if the URL names no such one."""
    asked = request.GET.get("instead", "")
    if not (asked.isdecimal() and len(asked) < 19):
        return None
    return ReferenceChange.objects.filter(pk=asked, model=subject.versioned.label).first()


def back_to(subject: Subject, row: Any) -> str:
    """The page that the user came from."""
    name = subject.versioned.label.replace(".", "_")
    return reverse(f"admin:{name}_change", args=[row.pk]) if row else reverse(f"admin:{name}_changelist")
