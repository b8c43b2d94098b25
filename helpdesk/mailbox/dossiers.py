"""To which dossier a question belongs: only where the sender may know of it. Nobody is told that a dossier exists."""

import re

from django.db.models import Q

from casework.models import Dossier
from exemptions.models import Applicant, Application, Mandate

NUMBER = re.compile(r"\bZES-\d{4}-\d{6}\b", re.IGNORECASE)


def find_dossier_number(*texts: str) -> str:
    """The first dossier number in these texts; empty if there is none."""
    found = next((match for text in texts for match in NUMBER.findall(text)), "")
    return found.upper()


def of_sender(number: str, email: str) -> Dossier | None:
    """The dossier, where the address is the applicant's, or of somebody who acts for them now."""
    if not number or not email:
        return None
    acting = Mandate.objects.in_force().filter(user__email__iexact=email).values("applicant_id")
    known = Applicant.objects.filter(Q(email__iexact=email) | Q(pk__in=acting))
    cases = Application.objects.filed().filter(dossier__number=number, applicant__in=known)
    return Dossier.objects.filter(pk__in=cases.values("dossier_id")).first()


def find_dossier(number: str) -> Dossier | None:
    """The dossier, for an editor who looked at the question and knows that it belongs there."""
    filed = Application.objects.filed().filter(dossier__number=find_dossier_number(number))
    return Dossier.objects.filter(pk__in=filed.values("dossier_id")).first()
