"""The copy of a proof that its holder keeps on a telephone, for where there is no connection: all that it says."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casework import clock
from exemptions.models import Exemption

KEPT_IN = ("valid", "begins_later")
"""The states of an exemption in which its proof is worth keeping."""


@dataclass(frozen=True)
class ProofCopy:
    """In the words of the reader; `starts_at` and `ends_at` (ISO 8601) tell the telephone whether it still holds."""

    plate: str
    rows: list[tuple[str, str]]
    kept: str
    starts_at: str
    ends_at: str
    url: str
    qr: str


def list_rows(exemption: Exemption) -> list[tuple[str, str]]:
    """What a proof says besides the plate."""
    application = exemption.application
    last = (_("Valid until"), format_moment(exemption.ends_at))
    if not application.chosen_kind.is_day:
        last = (_("Last day"), date_format(exemption.ends_on, "DATE_FORMAT"))
    return [
        (_("Exemption"), str(application.kind)),
        (_("Where"), str(exemption.municipality or _("all zero-emission zones in the Netherlands"))),
        (_("Valid from"), format_moment(exemption.starts_at)),
        last,
        (_("Reference"), exemption.decision.reference),
        (_("Number"), str(application.dossier)),
    ]


def build_copy(exemption: Exemption, *, plate: str, url: str, qr: str) -> ProofCopy:
    """As it is now. It never says that the exemption is valid: it can have been revoked since."""
    rows = list_rows(exemption)
    said = _("Kept on %(day)s; valid up to and including %(end)s. The register decides.")
    if exemption.application.chosen_kind.is_day:
        said = _("Kept on %(day)s; valid until %(end)s. The register decides.")
    return ProofCopy(
        plate=plate or _("not yet"),
        rows=rows,
        kept=said % {"day": date_format(clock.today(), "DATE_FORMAT"), "end": rows[3][1]},
        starts_at=exemption.starts_at.isoformat(),
        ends_at=exemption.ends_at.isoformat(),
        url=url,
        qr=qr,
    )


def format_moment(moment: datetime) -> str:
    """A day and a time."""
    return date_format(timezone.localtime(moment), "j F Y, H:i")
