"""Thresholds at the desk: written by one team lead, published by another, and never changed after that."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from accounts.form_recovery import keep_typed, take_typed
from accounts.models import User
from casework.shared_steps import DOUBLE_CLICK
from casework.steps import StepRefused
from exemptions.models import ThresholdVersion
from renewals.admin import threshold_pages as pages
from renewals.admin.threshold_form import ThresholdForm, fingerprint
from renewals.models import Renewal
from renewals.publication import publish

LIST, VERSION, RUN = (
    "admin:exemptions_thresholdversion_changelist",
    "admin:exemptions_thresholdversion_change",
    "admin:renewals_renewal_change",
)


@admin.register(ThresholdVersion)
class ThresholdVersionAdmin(admin.ModelAdmin[ThresholdVersion]):
    """Our own pages in place of those of the admin."""

    def get_urls(self) -> list[URLPattern]:
        """The list, a version, and the forms that write and publish one."""
        pages: list[tuple[str, Any, str]] = [
            ("", self.list_page, "changelist"),
            ("<int:pk>/change/", self.version_page, "change"),
            ("add/", self.add_page, "add"),
            ("<int:pk>/edit/", self.edit_page, "edit"),
            ("<int:pk>/publish/", self.publish_page, "publish"),
        ]
        return [
            path(route, keep_typed(self.admin_site.admin_view(view)), name=f"exemptions_thresholdversion_{name}")
            for route, view, name in pages
        ]

    def has_delete_permission(self, request: HttpRequest, obj: ThresholdVersion | None = None) -> bool:
        """Decisions name them."""
        return False

    def list_page(self, request: HttpRequest) -> HttpResponse:
        """Every version."""
        return self.page(request, "desk/threshold_list.html", pages.list_context(self.team_lead(request)))

    def version_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One version beside the one before it."""
        user = self.team_lead(request)
        return self.page(request, "desk/threshold_version.html", pages.version_context(self.found(pk), user))

    def add_page(self, request: HttpRequest) -> HttpResponse:
        """A new draft; a double click makes one."""
        user = self.team_lead(request, "add_thresholdversion")
        form = ThresholdForm(typed(request))
        if request.method != "POST" or not form.is_valid():
            return self.form_page(request, form, title=_("New version of the thresholds"))
        return HttpResponseRedirect(reverse(VERSION, args=[(just_made(form, by=user) or form.save(by=user)).pk]))

    @method_decorator(transaction.atomic)
    def edit_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change a draft; 409 where a colleague did so meanwhile, or it was published."""
        user, version = self.team_lead(request, "change_thresholdversion"), self.held(request, pk)
        form = ThresholdForm(typed(request), version=version)
        is_old = request.method == "POST" and request.POST.get("seen") != fingerprint(version)
        if version.is_published or is_old:
            return self.conflict(request, version, form)
        if request.method != "POST" or not form.is_valid():
            return self.form_page(request, form, title=_("Change the draft"), version=version)
        form.save(by=user)
        return HttpResponseRedirect(reverse(VERSION, args=[pk]))

    @method_decorator(transaction.atomic)
    def publish_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Look at the differences once more, and publish exactly those."""
        user, version = self.team_lead(request), self.held(request, pk)
        if version.is_published and version.approved_by_id == user.pk:
            return self.to_its_run(version)
        if version.is_published:
            return self.conflict(request, version)
        if not pages.may_publish(version, user):
            raise PermissionDenied("somebody else publishes what one has made")
        if request.method == "POST" and request.POST.get("seen") != fingerprint(version):
            return self.conflict(request, version)
        return (
            self.published(request, version, user) if request.method == "POST" else self.asked(request, version, user)
        )

    def published(self, request: HttpRequest, version: ThresholdVersion, user: User) -> HttpResponse:
        """It holds from its day; the list of what it means is made."""
        try:
            publish(version, by=user)
        except StepRefused as refused:
            return self.asked(request, version, user, refused=refused.messages)
        messages.success(request, _("Published. This is the list of earlier decisions that it concerns."))
        return self.to_its_run(version)

    def asked(
        self, request: HttpRequest, version: ThresholdVersion, user: User, *, refused: list[str] | None = None
    ) -> HttpResponse:
        """The page that asks for it."""
        context = {
            **pages.version_context(version, user),
            "title": _("Publish the thresholds"),
            "seen": fingerprint(version),
            "refused": refused,
            "errors": refused,
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
        return self.page(request, "desk/threshold_publish.html", context, status=status)

    def form_page(
        self, request: HttpRequest, form: ThresholdForm, *, title: str, version: ThresholdVersion | None = None
    ) -> HttpResponse:
        """The form, with what is wrong in it."""
        status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
        context = {"title": title, "form": form, "version": version}
        return self.page(request, "desk/threshold_form.html", context, status=status)

    def conflict(
        self, request: HttpRequest, version: ThresholdVersion, form: ThresholdForm | None = None
    ) -> HttpResponse:
        """A colleague was first: what happened, and what was typed, to copy."""
        names = [name for name in form.fields if name != "seen"] if form else []
        sent = [(str(form[name].label), ", ".join(request.POST.getlist(name))) for name in names] if form else []
        context = {
            "title": _("These thresholds have changed"),
            "version": version,
            "typed": [(label, value) for label, value in sent if value],
        }
        return self.page(request, "desk/threshold_conflict.html", context, status=HTTPStatus.CONFLICT)

    def to_its_run(self, version: ThresholdVersion) -> HttpResponse:
        """The list that came with the publication."""
        renewal = Renewal.objects.filter(thresholds=version).order_by("-pk").first()
        return HttpResponseRedirect(reverse(RUN, args=[renewal.pk]) if renewal else reverse(VERSION, args=[version.pk]))

    def found(self, pk: int) -> ThresholdVersion:
        """The version; raises Http404."""
        return get_object_or_404(ThresholdVersion.objects.select_related("made_by", "approved_by"), pk=pk)

    def held(self, request: HttpRequest, pk: int) -> ThresholdVersion:
        """The version; locked while a form is taken in, so that nobody writes over what they have not seen."""
        if request.method == "POST":
            get_object_or_404(ThresholdVersion.objects.select_for_update(no_key=True, of=("self",)), pk=pk)
        return self.found(pk)

    def team_lead(self, request: HttpRequest, permission: str = "view_thresholdversion") -> User:
        """Who is logged in; raises Http404 for a role without thresholds, PermissionDenied for one that only reads."""
        user = request.user
        if not isinstance(user, User) or not user.has_perm("exemptions.view_thresholdversion"):
            raise Http404("no thresholds for this role")
        if not user.has_perm(f"exemptions.{permission}"):
            raise PermissionDenied(f"needs {permission}")
        return user

    def page(
        self, request: HttpRequest, template: str, context: dict[str, Any], *, status: int = HTTPStatus.OK
    ) -> HttpResponse:
        """A page of the desk."""
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**shared, **context}, status=status)


def typed(request: HttpRequest) -> Any:
    """What was sent, or kept from before a login."""
    return request.POST if request.method == "POST" else take_typed(request)


def just_made(form: ThresholdForm, *, by: User) -> ThresholdVersion | None:
    """The draft that a first click made a moment ago."""
    same = {name: form.cleaned_data[name] for name in ("valid_from", "source", "reason_nl")}
    recent = ThresholdVersion.objects.filter(published_at=None, made_by=by, made_at__gt=timezone.now() - DOUBLE_CLICK)
    return recent.filter(**same).first()
