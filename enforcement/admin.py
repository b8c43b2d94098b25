"""Programs of municipalities at the desk: issue, rotate and revoke their secrets, each of which is shown once."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.desk.conflict import as_key
from enforcement import credentials
from enforcement.models import MachineClient
from exemptions.views.screens import user_of
from zones.models import Municipality

CHANGE, LIST = "admin:enforcement_machineclient_change", "admin:enforcement_machineclient_changelist"


class IssueForm(forms.Form):
    """Which program, of which municipality, and for what purpose."""

    municipality = forms.ModelChoiceField(Municipality.objects.all(), label=gettext_lazy("Municipality"))
    name = forms.CharField(
        max_length=100,
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("Which system it is, as in 'cameras of the ring'."),
    )
    purpose = forms.CharField(
        max_length=200,
        label=gettext_lazy("Purpose"),
        help_text=gettext_lazy("What the municipality asks for; it is kept with every question."),
    )
    scopes = forms.MultipleChoiceField(
        choices=credentials.list_scopes, widget=forms.CheckboxSelectMultiple, label=gettext_lazy("What it may do")
    )


@admin.register(MachineClient)
class MachineClientAdmin(admin.ModelAdmin[MachineClient]):
    """The list of programs, with when each was last used; the page of each shows its history and two buttons."""

    list_display = ("name", "municipality", "purpose", "seen_at", "revoked_at")
    list_select_related = ("municipality",)
    list_filter = (("municipality", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("name", "purpose", "municipality__name", "=client__id")

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(f"<int:pk>/{verb}/", self.admin_site.admin_view(view), name=f"enforcement_machineclient_{verb}")
            for verb, view in (("rotate", self.rotate), ("revoke", self.revoke))
        ]
        return [*own, *super().get_urls()]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Issue credentials."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = IssueForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            machine, secret = credentials.issue_credentials(**form.cleaned_data, by=user_of(request))
            return self.show_secret(request, machine, secret)
        return self.show(request, "issue", title=_("Issue a secret to a program"), form=form)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One program: its purpose, and the history of its secret."""
        return self.show_machine(request, self.find(request, object_id))

    def rotate(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Replace the secret; the previous one and its tokens stop working at once."""
        machine = self.find(request, pk)
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(reverse(CHANGE, args=[pk]))
        if machine.revoked_at:
            return self.show_machine(request, machine, status=HTTPStatus.CONFLICT)
        if not request.POST.get("sure"):
            messages.error(request, _("The secret is still the same: tick first that you are sure."))
            return HttpResponseRedirect(reverse(CHANGE, args=[pk]))
        return self.show_secret(request, machine, credentials.rotate_secret(machine, by=user_of(request)))

    def revoke(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Revoke the secret for good."""
        machine = self.find(request, pk)
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST" and not request.POST.get("sure"):
            messages.error(request, _("Nothing was revoked: tick first that you are sure."))
        elif request.method == "POST":
            credentials.revoke_credentials(machine, by=user_of(request))
            messages.success(request, _("Revoked: from now on this program gets no answer."))
        return HttpResponseRedirect(reverse(CHANGE, args=[pk]))

    def find(self, request: HttpRequest, pk: Any) -> MachineClient:
        """The program with this key, for those who may see it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(
            self.get_queryset(request).select_related("municipality", "client"), pk=as_key(str(pk))
        )

    def show_machine(
        self, request: HttpRequest, machine: MachineClient, *, status: int = HTTPStatus.OK
    ) -> HttpResponse:
        """The page of a program, with its history."""
        rows = [
            (_("Municipality"), machine.municipality),
            (_("Purpose"), machine.purpose),
            (_("Client ID"), machine.client_id),
            (_("What it may do"), "\n".join(credentials.describe_scopes(machine.client))),
        ]
        history = machine.changes.select_related("by")
        may = self.has_add_permission(request) and not machine.revoked_at
        return self.show(
            request, "page", title=machine.name, machine=machine, rows=rows, history=history, may=may, status=status
        )

    def show_secret(self, request: HttpRequest, machine: MachineClient, secret: str) -> HttpResponse:
        """The only page that ever shows the secret."""
        rows = [(_("Client ID"), machine.client_id), (_("Secret"), secret)]
        return self.show(
            request, "secret", title=_("The secret of %s") % machine.name, machine=machine, row=machine, rows=rows
        )

    def show(self, request: HttpRequest, page: str, *, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
        """Render a page of the desk."""
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "has_view_permission": True}
        return TemplateResponse(request, f"desk/program_{page}.html", {**shared, **context}, status=status)

    def get_ordering(self, request: HttpRequest) -> tuple[OrderBy | str, ...]:
        """Valid ones first."""
        return (F("revoked_at").desc(nulls_first=True), "municipality__name", "name")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(credentials.ISSUES))

    def has_change_permission(self, request: HttpRequest, obj: MachineClient | None = None) -> bool:
        """Changed only by its actions."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: MachineClient | None = None) -> bool:
        """Never: what it asked stays on record."""
        return False
