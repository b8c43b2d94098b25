"""What happened to a run, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.desk.timeline import wording_of
from renewals.models import RenewalItem, RenewalStatus

SAID: Mapping[str, str | Promise] = {
    "list_again": _("List made"),
    "exclude": _("Case left out"),
    "include": _("Case included again"),
    "grant_too": _("Case looked at: to be granted"),
    "propose": _("List reviewed"),
    "send_back": _("Sent back"),
    "approve": _("Approved"),
    "cancel": _("Cancelled"),
    "start": _("Started"),
    "stop": _("Stopped"),
    "go_on": _("Continued"),
    "try_again": _("Put on the list again"),
    "settle": _("Case settled by a person"),
    "finish": _("All cases handled"),
}


WORDING = wording_of(
    said=SAID,
    statuses=RenewalStatus,
    sorts={"item": RenewalItem.objects.select_related("decision__application__dossier").all},
)
"""The words of the steps, and what their details point at."""
