"""Admin of kinds of exemption, grounds and text blocks: dated rows that an administrator maintains."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from accounts.versioned_admin import VersionedAdmin
from exemptions.models import EvidenceRequirement, Ground, Kind, KindQuestion, KindVersion, TextBlock
from zones.models import AccessRule


class WithKind:
    """Extends the right to see kinds to what belongs to them, without allowing changes here."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("exemptions.view_kindversion"))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show it in the menu to users who may see kinds."""
        return self.has_view_permission(request)


class PartOfKind(WithKind):
    """What belongs to a version of a kind and only changes with a new version."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: it comes with a new version of the kind."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: it comes with a new version of the kind."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: applications refer to it."""
        return False


class QuestionInline(PartOfKind, admin.StackedInline[KindQuestion, KindVersion]):
    """The questions of a kind."""

    model = KindQuestion
    extra = 0
    classes = ("collapse",)


class EvidenceInline(PartOfKind, admin.StackedInline[EvidenceRequirement, KindVersion]):
    """The evidence that a kind asks for."""

    model = EvidenceRequirement
    extra = 0
    classes = ("collapse",)


CONDITIONS = (
    "below_age_years",
    "plug_in_hybrid_only",
    "tractor_only",
    "minimum_axles",
    "plate_may_be_absent",
    "by_thresholds",
)


@admin.register(KindVersion)
class KindVersionAdmin(WithKind, VersionedAdmin):
    """Versions of kinds. A change of the law is a new version: the old one keeps its cases."""

    list_display = ("name_nl", "kind", "scope", "valid_from", "valid_until", "decision_weeks")
    list_select_related = ("kind",)
    list_filter = ("scope",)
    search_fields = ("kind__code", "name_nl", "name_en")
    inlines: ClassVar[list[type[InlineModelAdmin[Any, Any]]]] = [QuestionInline, EvidenceInline]
    fieldsets = (
        (None, {"fields": ("name_nl", "name_en", "kind", "position", "valid_from", "valid_until", "source")}),
        (
            _("For whom"),
            {"fields": ("scope", "only_in", "shown_vehicles", "who", "advised_for", "summary_nl", "summary_en")},
        ),
        (_("Conditions"), {"fields": (*CONDITIONS, "conditions_nl", "conditions_en")}),
        (_("How long"), {"fields": ("duration_months", "duration_nl", "duration_en", "ends_by")}),
        (_("Fee and extension"), {"fields": ("fee_eur", "extension_free", "extension_months")}),
        (_("Deciding"), {"fields": ("decision_weeks", "second_pair_for_grant")}),
    )

    @admin.display(description=_("vehicle classes"))
    def shown_vehicles(self, kind: KindVersion) -> str:
        """The vehicle classes in words."""
        words = dict(AccessRule.Category.choices)
        return ", ".join(str(words.get(one, one)) for one in kind.vehicles)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only the filter that the list itself offers."""
        return lookup.split("__")[0] in self.list_filter


class OfKind(admin.SimpleListFilter):
    """Filters grounds by kind; those for every kind have no code."""

    title = _("kind")
    parameter_name = "kind"
    words: ClassVar[dict[str, StrOrPromise]] = {"every": _("every kind")}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The kinds with grounds of their own."""
        own = Kind.objects.exclude(grounds=None).values_list("code", flat=True)
        return [("every", str(self.words["every"])), *((code, code) for code in own)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Ground]) -> QuerySet[Ground]:
        chosen = self.value()
        return queryset.filter(kind=None if chosen == "every" else chosen) if chosen else queryset


@admin.register(Ground)
class GroundAdmin(WithKind, VersionedAdmin):
    """Grounds of decisions, with their words in the letter."""

    list_display = ("label_nl", "outcome", "kind", "article", "category", "valid_from", "valid_until")
    list_select_related = ("kind",)
    list_filter = ("outcome", OfKind)
    search_fields = ("code", "label_nl", "label_en")


class BlocksOfKind(OfKind):
    """Filters text blocks by kind."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The kinds with text blocks of their own."""
        own = Kind.objects.exclude(text_blocks=None).values_list("code", flat=True)
        return [("every", str(self.words["every"])), *((code, code) for code in own)]


@admin.register(TextBlock)
class TextBlockAdmin(WithKind, VersionedAdmin):
    """Sentences from which caseworkers start an explanation in a letter."""

    list_display = ("title_nl", "use", "kind", "ground", "valid_from", "valid_until")
    list_select_related = ("kind",)
    list_filter = ("use", BlocksOfKind)
    search_fields = ("code", "title_nl", "title_en", "text_nl")
