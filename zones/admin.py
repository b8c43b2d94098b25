"""Municipalities, zones and rules at the desk: dated rows with their source."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.versioned_admin import VersionedAdmin
from zones.models import AccessRule, AutomaticExemption, MunicipalAuthority, Municipality, Zone


class OwnFilters(VersionedAdmin):
    """A table with zones or rules."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only the filters that the list itself offers."""
        return lookup.split("__")[0] in self.list_filter


@admin.register(Municipality)
class MunicipalityAdmin(OwnFilters):
    """From when fines follow, and who works there."""

    list_display = ("name", "cbs_code", "fines_from", "fines_from_is")
    search_fields = ("name", "cbs_code")
    readonly_fields = ("staff",)  # on the page of each person: two administrators give a municipality, as a role


@admin.register(MunicipalAuthority)
class MunicipalAuthorityAdmin(OwnFilters):
    """In whose name is decided, under which mandate, and where one can go."""

    list_display = ("municipality", "authority_nl", "court", "valid_from", "valid_until", "shown_gaps")
    list_select_related = ("municipality",)
    search_fields = ("municipality__name", "court")

    @admin.display(description=_("to be filled in"))
    def shown_gaps(self, authority: MunicipalAuthority) -> str:
        """What its letters still lack."""
        return ", ".join(map(str, authority.gaps)) or "–"


@admin.register(Zone)
class ZoneAdmin(OwnFilters):
    """Where the access rules apply, and from which day."""

    list_display = ("name", "municipality", "starts_on", "valid_from", "valid_until")
    readonly_fields = ("boundary_source", "boundary_is_invented")  # with the boundary, by load_zone_boundaries
    list_select_related = ("municipality",)
    search_fields = ("name", "municipality__name")


@admin.register(AccessRule)
class AccessRuleAdmin(OwnFilters):
    """Which vehicles may enter until when."""

    list_display = ("code", "category", "subtype", "emission_classes", "allowed", "until", "status", "valid_from")
    list_filter = ("category", "status")
    search_fields = ("code", "explanation_nl")


@admin.register(AutomaticExemption)
class AutomaticExemptionAdmin(OwnFilters):
    """Access by plate, without an application."""

    list_display = ("code", "shown_categories", "until", "valid_from", "valid_until")
    search_fields = ("code", "explanation_nl")

    @admin.display(description=_("vehicles"))
    def shown_categories(self, exemption: AutomaticExemption) -> str:
        """The vehicles in words."""
        words = dict(AccessRule.Category.choices)
        return ", ".join(str(words.get(one, one)) for one in exemption.categories)
