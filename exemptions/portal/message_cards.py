"""Cards on 'My applications' that say that the desk wrote about a case, and never what."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from casework.models import AwbCase
from exemptions.portal.overview import TO_DO, Card
from exemptions.portal.progress import Action
from zones.plates import spell_plate

if TYPE_CHECKING:
    from exemptions.models import Application

MOST = 20
"""The maximum number of cards per sort of case."""


def build_message_card(case: AwbCase, *, title: str, sentence: str, application: "Application | None" = None) -> Card:
    """A card for a case with a message that nobody on the applicant's side has opened. `application`: the case itself
    or the one it is about, which determines who may read it."""
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
