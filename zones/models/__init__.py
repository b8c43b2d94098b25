"""Zones and the rules that apply in them: dated rows, one file per noun."""

from zones.models.access_rule import AccessRule
from zones.models.automatic_exemption import AutomaticExemption
from zones.models.book import current_rule_book
from zones.models.municipal_authority import MunicipalAuthority
from zones.models.municipality import Municipality
from zones.models.zone import Zone

__all__ = ["AccessRule", "AutomaticExemption", "MunicipalAuthority", "Municipality", "Zone", "current_rule_book"]
