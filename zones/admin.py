"""Admin of municipalities, zones and rules: dated rows with their source."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.versioned_admin import VersionedAdmin
from zones.models import AccessRule, AutomaticExemption, MunicipalAuthority, Municipality, Zone


class OwnFilters(VersionedAdmin):
    """Base of the tables with zones and rules: allows only the filters that the list itself offers."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup.split("__")[0] in self.list_filter


@admin.register(Municipality)
class MunicipalityAdmin(OwnFilters):
    """Municipalities: from when fines follow, and who works there."""

    list_display = ("name", "cbs_code", "fines_from", "fines_from_is")
    search_fields = ("name", "cbs_code")
    readonly_fields = ("staff",)  # assigned on each person's page: like a role, a municipality takes two administrators


@admin.register(MunicipalAuthority)
class MunicipalAuthorityAdmin(OwnFilters):
    """Authorities of municipalities: in whose name and under which mandate they decide, and where people can object."""

    list_display = ("municipality", "authority_nl", "court", "valid_from", "valid_until", "shown_gaps")
    list_select_related = ("municipality",)
    search_fields = ("municipality__name", "court")

    @admin.display(description=_("to be filled in"))
    def shown_gaps(self, authority: MunicipalAuthority) -> str:
        """The fields that its letters still lack, in words."""
        return ", ".join(map(str, authority.gaps)) or "–"


@admin.register(Zone)
class ZoneAdmin(OwnFilters):
    """Zones, with the day from which the access rules apply there."""

    list_display = ("name", "municipality", "starts_on", "valid_from", "valid_until")
    readonly_fields = ("boundary_source", "boundary_is_invented")  # set with the boundary, by load_zone_boundaries
    list_select_related = ("municipality",)
    search_fields = ("name", "municipality__name")


@admin.register(AccessRule)
class AccessRuleAdmin(OwnFilters):
    """Access rules: which vehicles may enter until when."""

    list_display = ("code", "category", "subtype", "emission_classes", "allowed", "until", "status", "valid_from")
    list_filter = ("category", "status")
    search_fields = ("code", "explanation_nl")


@admin.register(AutomaticExemption)
class AutomaticExemptionAdmin(OwnFilters):
    """Automatic exemptions: access by plate, without an application."""

    list_display = ("code", "shown_categories", "until", "valid_from", "valid_until")
    search_fields = ("code", "explanation_nl")

    @admin.display(description=_("vehicles"))
    def shown_categories(self, exemption: AutomaticExemption) -> str:
        """The vehicle categories in words."""
        words = dict(AccessRule.Category.choices)
        return ", ".join(str(words.get(one, one)) for one in exemption.categories)
