"""The desk's pages about people; Django discovers this module by its name."""

from zesportal.people.absence_pages import AbsenceAdmin
from zesportal.people.change_pages import RoleChangeAdmin
from zesportal.people.person_pages import PersonAdmin

__all__ = ["AbsenceAdmin", "PersonAdmin", "RoleChangeAdmin"]
