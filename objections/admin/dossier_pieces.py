"""The texts about an objection for a dossier: the objection itself, reports of hearings, and messages."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext

from casework.dossier_pdf.pieces import Piece, list_messages
from objections.models import Objection
from objections.portal import summary


def list_texts(objection: Objection) -> Iterator[Piece]:
    """The objection as sent, reports of hearings (Awb 7:7), and messages in both directions."""
    if objection.received_on is None:
        return
    sections = [(section.title, section.rows) for section in summary.build_sections(objection)]
    yield Piece(gettext("Objection"), objection.received_on, sections=sections)
    for hearing in objection.hearings.exclude(report="").exclude(held_at=None).order_by("held_at"):
        title = gettext("Report of the hearing")
        said = [(gettext("Report"), hearing.report)]
        yield Piece(title, timezone.localdate(hearing.held_at), sections=[(title, said)])
    yield from list_messages(objection)
