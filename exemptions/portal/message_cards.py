"""The cards of 'My applications' about messages: that the desk wrote about a case, and never what."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from casework.models import AwbCase
from exemptions.portal.overview import TO_DO, Card
from exemptions.portal.progress import Action
from zones.plates import spell_plate

if TYPE_CHECKING:
    from exemptions.models import Application

MOST = 20
"""Of each sort of case."""


def build_message_card(case: AwbCase, *, title: str, sentence: str, application: "Application | None" = None) -> Card:
    """One case with a message that nobody on the applicant's side opened yet. `application`: that it is, or is about
    and that decides who reads it."""
    plate = spell_plate(application.plate, country=application.country) if application and application.plate else ""
    return Card(
        group=TO_DO,
        title=title,
        plate=plate,
        number=str(case.dossier),
        applicant=str(application.applicant or "") if application else "",
        url=case.messages_address,
        label=_("not read yet"),
        badge="warning",
        next=[sentence],
        is_later=True,
        applicant_pk=application.applicant_id if application else None,
        action=Action(_("Read the message"), case.messages_address),
    )
