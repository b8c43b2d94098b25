"""Municipalities, zones and rules at the desk: dated rows with their source."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from zones.models import AccessRule, AutomaticExemption, Municipality, Zone


class Kept(admin.ModelAdmin[Model]):
    """A row that ends, ends with its last day; answers and decisions of the past rest on it."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only the filters that the list itself offers."""
        return lookup.split("__")[0] in self.list_filter


@admin.register(Municipality)
class MunicipalityAdmin(Kept):
    """In whose name is decided, and who works there."""

    list_display = ("name", "cbs_code", "fines_from", "fines_from_is")
    search_fields = ("name", "cbs_code")
    readonly_fields = ("staff",)  # on the page of each person: two administrators give a municipality, as a role


@admin.register(Zone)
class ZoneAdmin(Kept):
    """Where the access rules hold, from which day."""

    list_display = ("name", "municipality", "starts_on", "valid_from", "valid_until")
    readonly_fields = ("boundary_source", "boundary_is_invented")  # with the boundary, by load_zone_boundaries
    list_select_related = ("municipality",)
    search_fields = ("name", "municipality__name")


@admin.register(AccessRule)
class AccessRuleAdmin(Kept):
    """Which vehicles may enter until when."""

    list_display = ("code", "category", "subtype", "emission_classes", "allowed", "until", "status", "valid_from")
    list_filter = ("category", "status")
    search_fields = ("code", "explanation_nl")
    save_as = True


@admin.register(AutomaticExemption)
class AutomaticExemptionAdmin(Kept):
    """Access by plate, without an application."""

    list_display = ("code", "categories", "until", "valid_from", "valid_until")
    search_fields = ("code", "explanation_nl")
    save_as = True
