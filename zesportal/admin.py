"""The desk's pages about people: Django looks for them here, by the name of this file."""

from zesportal.people.absence_pages import AbsenceAdmin
from zesportal.people.change_pages import RoleChangeAdmin
from zesportal.people.person_pages import PersonAdmin

__all__ = ["AbsenceAdmin", "PersonAdmin", "RoleChangeAdmin"]
