"""What happened to a run, in words."""

from casework.desk.timeline import wording_of
from renewals.models import Renewal, RenewalItem

WORDING = wording_of(
    Renewal,
    sorts={"item": RenewalItem.objects.select_related("decision__application__dossier").all},
)
"""The words of the steps, and what their details point at."""
