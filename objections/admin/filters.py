"""The filters of the lists of objections: those of applications, through the relation to the application."""

from casework.desk import filters
from exemptions.admin import filters as of_applications
from objections.models import Objection

APPLICATION = "decision__application__"


class PersonFilter(filters.PersonFilter):
    """Filters on the assigned colleague."""

    cases = Objection
    handles = "handle_objection"


class KindFilter(of_applications.KindFilter):
    """Filters on the kind of the application."""

    path = APPLICATION


class MunicipalityFilter(of_applications.MunicipalityFilter):
    """Filters on the municipality of the application."""

    path = APPLICATION


class AgeFilter(filters.AgeFilter):
    """Filters on how long ago an objection came in."""

    field = "received_on"
    is_moment = False
