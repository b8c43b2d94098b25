"""Shared tables of the desk: shown in the admin, and changed by a proposal that a second person publishes."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.sources import find_press


class VersionedAdmin(admin.ModelAdmin[Any]):
    """A read-only admin, whose pages link to those where a change is proposed.

    Those pages are in `zesportal.versions`, which knows every table that changes in this way.
    """

    change_list_template = "desk/versioned_list.html"
    change_form_template = "desk/versioned_row.html"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: new rows are proposed too."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: a row in force is succeeded by a new version."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: past answers and decisions depend on it."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Users who may view or change the table."""
        app, model = self.opts.app_label, self.opts.model_name
        return any(request.user.has_perm(f"{app}.{verb}_{model}") for verb in ("view", "change"))

    def get_list_display(self, request: HttpRequest) -> Any:
        """Mark rows whose source is the press: in the source column, or in an extra one."""
        has_source = any(field.name == "source" for field in self.opts.concrete_fields)
        shown = tuple(super().get_list_display(request))
        if "source" in shown:
            return tuple("marked_source" if one == "source" else one for one in shown)
        return (*shown, "to_be_confirmed") if has_source else shown

    @admin.display(description=_("source"), ordering="source")
    def marked_source(self, row: Any) -> str:
        """The source, and whether somebody must still find an authoritative one."""
        return " – ".join(part for part in (row.source, self.to_be_confirmed(row)) if part)

    @admin.display(description=_("source"))
    def to_be_confirmed(self, row: Any) -> str:
        """Whether somebody must still find an authoritative source."""
        return str(_("to be confirmed")) if find_press(row.source) else ""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        named = {"title": capfirst(self.opts.verbose_name_plural or "")}
        return super().changelist_view(request, {**named, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        named = {
            "title": capfirst(self.opts.verbose_name or ""),
            "to_be_confirmed": find_press(getattr(row, "source", "")),
        }
        return super().change_view(request, object_id, form_url, {**named, **(extra_context or {})})
