"""The filters of the lists of objections: those of applications, along the way to the application."""

from casework.desk import filters
from exemptions.admin import filters as of_applications
from objections.models import Objection

APPLICATION = "decision__application__"


class PersonFilter(filters.PersonFilter):
    """Whose objections."""

    cases = Objection
    handles = "handle_objection"


class KindFilter(of_applications.KindFilter):
    """Of which kind the application is."""

    path = APPLICATION


class MunicipalityFilter(of_applications.MunicipalityFilter):
    """For which municipality the application is."""

    path = APPLICATION


class AgeFilter(filters.AgeFilter):
    """How long ago they came in."""

    field = "received_on"
    is_moment = False
