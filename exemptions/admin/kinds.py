"""Kinds of exemption and grounds: dated rows that an administrator keeps."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.http import HttpRequest

from exemptions.models import EvidenceRequirement, Ground, Kind, KindQuestion


class WithKind:
    """Who may change kinds may change what belongs to them. Nothing is deleted: a version ends with its last day."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the kinds."""
        return bool(request.user.has_perm("exemptions.view_kind"))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the kinds."""
        return bool(request.user.has_perm("exemptions.add_kind"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the kinds."""
        return bool(request.user.has_perm("exemptions.change_kind"))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Decisions point at them."""
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Shown in the menu to who may see kinds."""
        return self.has_view_permission(request)


class QuestionInline(WithKind, admin.StackedInline[KindQuestion, Kind]):
    """The questions of a kind."""

    model = KindQuestion
    extra = 0
    classes = ("collapse",)


class EvidenceInline(WithKind, admin.StackedInline[EvidenceRequirement, Kind]):
    """The proof that a kind asks."""

    model = EvidenceRequirement
    extra = 0
    classes = ("collapse",)


@admin.register(Kind)
class KindAdmin(WithKind, admin.ModelAdmin[Kind]):
    """A change of the law is a new version of a kind: the old one keeps its cases."""

    list_display = ("name_nl", "code", "scope", "valid_from", "valid_until", "decision_weeks")
    list_filter = ("scope",)
    search_fields = ("code", "name_nl", "name_en")
    inlines: ClassVar[list[type[InlineModelAdmin[Any, Any]]]] = [QuestionInline, EvidenceInline]
    save_as = True


@admin.register(Ground)
class GroundAdmin(WithKind, admin.ModelAdmin[Ground]):
    """The grounds of decisions, with their words in the letter."""

    list_display = ("label_nl", "outcome", "kind_code", "article", "category", "valid_from", "valid_until")
    list_filter = ("outcome", "kind_code")
    search_fields = ("code", "label_nl", "label_en")
    save_as = True
