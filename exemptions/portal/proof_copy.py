"""The copy of a proof that its holder keeps on a phone for use without a connection, with all its contents."""

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
    """A proof in the reader's language; from `starts_at` and `ends_at` (ISO 8601) the phone knows if it is valid."""

    plate: str
    rows: list[tuple[str, str]]
    kept: str
    starts_at: str
    ends_at: str
    url: str
    qr: str


def list_rows(exemption: Exemption) -> list[tuple[str, str]]:
    """Labels and values on a proof, besides the plate."""
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
    """A copy of the proof as it is now. It never claims that the exemption is valid, as it may be revoked later."""
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
    """A moment as day and time in Amsterdam."""
    return date_format(timezone.localtime(moment), "j F Y, H:i")
