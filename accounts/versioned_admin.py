"""Tables of the desk that hold for everybody: seen there, and changed by a proposal that a second person publishes."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.sources import press_in


class VersionedAdmin(admin.ModelAdmin[Any]):
    """Read-only everywhere in the admin; its pages link to those where a change is proposed.

    Those are in `zesportal.versions`, which knows every table that changes in this way.
    """

    change_list_template = "desk/versioned_list.html"
    change_form_template = "desk/versioned_row.html"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: what is new is proposed too."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: what holds is followed by a new version."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: answers and decisions of the past rest on it."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Who may see or change it."""
        app, model = self.opts.app_label, self.opts.model_name
        return any(request.user.has_perm(f"{app}.{verb}_{model}") for verb in ("view", "change"))

    def get_list_display(self, request: HttpRequest) -> Any:
        """With a mark where the source is a newspaper: in the column of the source, or in one of its own."""
        has_source = any(field.name == "source" for field in self.opts.concrete_fields)
        shown = tuple(super().get_list_display(request))
        if "source" in shown:
            return tuple("marked_source" if one == "source" else one for one in shown)
        return (*shown, "to_be_confirmed") if has_source else shown

    @admin.display(description=_("source"), ordering="source")
    def marked_source(self, row: Any) -> str:
        """The source, and whether somebody has to look for another one that decides."""
        return " – ".join(part for part in (row.source, self.to_be_confirmed(row)) if part)

    @admin.display(description=_("source"))
    def to_be_confirmed(self, row: Any) -> str:
        """Whether somebody has to look for a source that decides."""
        return str(_("to be confirmed")) if press_in(row.source) else ""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, under its own name."""
        named = {"title": capfirst(self.opts.verbose_name_plural or "")}
        return super().changelist_view(request, {**named, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One row, under the name of its model."""
        row = self.get_object(request, object_id)
        named = {
            "title": capfirst(self.opts.verbose_name or ""),
            "to_be_confirmed": press_in(getattr(row, "source", "")),
        }
        return super().change_view(request, object_id, form_url, {**named, **(extra_context or {})})
