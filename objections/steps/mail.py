"""A mail in the dossier of an objection that did not arrive; see `exemptions.steps.mail`."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.steps import Button, step
from exemptions.steps.mail import mend, to_mend
from objections.steps.permissions import may_handle
from objections.steps.statuses import FILED

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Message
    from objections.models import Objection


@step(
    source=FILED,
    target=None,
    permission=may_handle,
    conditions=[lambda o: to_mend(o).exists()],
    records=("message", "cure"),
    done=_("Failed email seen to"),
    button=Button(
        _("Mend a failed email"),
        _("A letter must be announced within 48 hours (Awb 2:10). Nothing changes but how this email goes."),
        prefilled=("message", "cure"),
    ),
)
def mend_mail(objection: "Objection", *, by: "User | None", message: "Message", cure: str, to: str = "") -> None:
    """A mail that failed is sent again, or to another address, or its letter goes by post."""
    mend(objection, objection.application, message, cure=cure, to=to)
