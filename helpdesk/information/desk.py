"""Outages at the desk of the editors, and logistics advisers at that of the administrators."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from helpdesk.models import Adviser, Outage

REPORT = "helpdesk.report_outage"
MOMENT = {  # one field with one label; the admin would split day and time
    "form_class": forms.DateTimeField,
    "widget": forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
}


@admin.register(Outage)
class OutageAdmin(admin.ModelAdmin[Outage]):
    """Outages, noted when they begin and ended when they are over; the public register shows them at once."""

    list_display = ("began_at", "ended_at", "what_nl", "noted_by")
    list_select_related = ("noted_by",)
    fields = ("began_at", "ended_at", "what_nl", "what_en")
    formfield_overrides = {models.DateTimeField: MOMENT}
    actions = ("end",)

    @admin.action(description=_("It works again: end now"), permissions=["change"])
    def end(self, request: HttpRequest, queryset: QuerySet[Outage]) -> None:
        """End outages that are still going on; the others keep their end."""
        if self.end_outages(request, queryset):
            self.message_user(request, gettext("Ended. The public page shows it."), messages.SUCCESS)
        else:
            self.message_user(
                request, gettext("Nothing was ended: what you chose had ended already."), messages.WARNING
            )

    @transaction.atomic
    def end_outages(self, request: HttpRequest, queryset: QuerySet[Outage]) -> bool:
        """End the ongoing outages, each logged in its history; returns whether there were any."""
        now = timezone.now()
        lasting = list(queryset.select_for_update(no_key=True, of=("self",)).filter(ended_at=None, began_at__lt=now))
        for outage in lasting:
            outage.ended_at = now
            outage.save(update_fields=["ended_at"])
            self.log_change(request, outage, [{"changed": {"fields": [gettext("ended")]}}])
        return bool(lasting)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Suggest the present moment, because most outages are noted when they begin."""
        return {"began_at": timezone.localtime().replace(second=0, microsecond=0)}

    def save_model(self, request: HttpRequest, obj: Outage, form: Any, change: bool) -> None:
        """Record who noted the outage; a later change keeps that name."""
        if not change and isinstance(request.user, User):
            obj.noted_by = request.user
        super().save_model(request, obj, form, change)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(REPORT))

    def has_view_permission(self, request: HttpRequest, obj: Outage | None = None) -> bool:
        return bool(request.user.has_perm(REPORT))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(REPORT))

    def has_change_permission(self, request: HttpRequest, obj: Outage | None = None) -> bool:
        """Changes end an outage or correct typing errors; the history records who made them."""
        return bool(request.user.has_perm(REPORT))

    def has_delete_permission(self, request: HttpRequest, obj: Outage | None = None) -> bool:
        """Never: somebody's term may rest on it."""
        return False


@admin.register(Adviser)
class AdviserAdmin(admin.ModelAdmin[Adviser]):
    """The adviser of each municipality; without a known email address, requests go to the desk."""

    list_display = ("municipality", "name", "email", "phone")
    list_select_related = ("municipality",)
    search_fields = ("name", "municipality__name")
