"""The statuses of an objection and an appeal."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

OBJECTION = "objection"
APPEAL = "appeal"
"""The names of these types of case in events and deadlines."""


class ObjectionStatus(TextChoices):
    """The status of an objection in legal terms."""

    DRAFT = "draft", _("draft")
    REGISTERED = "registered", _("received, to be assessed")
    REPAIR = "repair", _("waiting for repair")
    HANDLING = "handling", _("admissible, being handled")
    HEARING_OFFERED = "hearing_offered", _("hearing offered")
    HEARING_PLANNED = "hearing_planned", _("hearing planned")
    UPHELD = "upheld", _("upheld")
    UPHELD_IN_PART = "upheld_in_part", _("upheld in part")
    UNFOUNDED = "unfounded", _("unfounded")
    INADMISSIBLE = "inadmissible", _("inadmissible")
    WITHDRAWN = "withdrawn", _("withdrawn")
    FORWARDED = "forwarded", _("forwarded")


Objection = ObjectionStatus

CHECKABLE = (Objection.REGISTERED,)
IN_HAND = (Objection.REGISTERED, Objection.HANDLING)
"""Statuses in which it is the desk's turn, without a hearing under way."""
DECIDABLE = (Objection.HANDLING, Objection.HEARING_OFFERED)
OPEN = (
    Objection.REGISTERED,
    Objection.REPAIR,
    Objection.HANDLING,
    Objection.HEARING_OFFERED,
    Objection.HEARING_PLANNED,
)
WON = (Objection.UPHELD, Objection.UPHELD_IN_PART)
DECIDED = (*WON, Objection.UNFOUNDED, Objection.INADMISSIBLE)
ENDED = (*DECIDED, Objection.WITHDRAWN, Objection.FORWARDED)
FILED = (*OPEN, *ENDED)
NOT_IN_THE_WAY = (Objection.DRAFT, Objection.WITHDRAWN)
"""Objections that do not stand in the way of another one against the same decision."""


class AppealStatus(TextChoices):
    """The statuses of a case before a court."""

    ANNOUNCED = "announced", _("to be registered")
    FILED = "filed", _("filed")
    PENDING = "pending", _("before the court")
    WITHDRAWN = "withdrawn", _("withdrawn")
    INADMISSIBLE = "inadmissible", _("inadmissible")
    UNFOUNDED = "unfounded", _("unfounded")
    UPHELD = "upheld", _("upheld")
    SETTLED = "settled", _("settled by agreement")


APPEAL_OPEN = (AppealStatus.FILED, AppealStatus.PENDING)
APPEAL_ENDED = (
    AppealStatus.WITHDRAWN,
    AppealStatus.INADMISSIBLE,
    AppealStatus.UNFOUNDED,
    AppealStatus.UPHELD,
    AppealStatus.SETTLED,
)
