"""The texts that an application adds to a dossier: what was filled in, and what the applicant answered."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext

from casework.dossier_pdf.pieces import Piece, list_messages
from exemptions.intake import summary
from exemptions.models import Application


def list_texts(application: Application) -> Iterator[Piece]:
    """The application as it stands, the answers to requests, the views, and the messages."""
    if application.received_at is None:
        return
    sections = [(section.title, section.rows) for section in summary.build_sections(application)]
    yield Piece(gettext("Application"), timezone.localdate(application.received_at), sections=sections)
    for request in application.completion_requests.order_by("round"):
        if request.answered_on is None:
            continue
        said = [(gettext("Answer of the applicant"), request.answer)]
        title = gettext("Answer to request %(round)s") % {"round": request.round}
        yield Piece(title, request.answered_on, sections=[(title, said)])
    for view in application.view_requests.exclude(answered_at=None).order_by("pk"):
        said = [(gettext("View of the applicant"), view.view)]
        title = gettext("View of the applicant")
        yield Piece(title, timezone.localdate(view.answered_at), sections=[(title, said)])
    yield from list_messages(application)
