"""A mail that did not arrive: again, to another address, or by post (Awb 2:10: within 48 hours)."""

from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import outbox
from casework.models import Letter, Message, PostalCopy
from casework.models.letter import Words
from casework.steps import Button, StepRefused, step
from exemptions.steps.permissions import may_handle
from exemptions.steps.statuses import FILED

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models.message import MessageQuerySet
    from exemptions.models.application import Application


class Cure(TextChoices):
    """What is done about a mail that failed."""

    AGAIN = "again", _("Try the same address again")
    ADDRESS = "address", _("Send it to another address")
    POST = "post", _("Send it by post")


def to_mend(case: Any) -> "MessageQuerySet":
    """The mails of a case's dossier that failed, or wait for too long."""
    return outbox.to_look_at().filter(dossier=case.dossier_id)


@step(
    source=FILED,
    target=None,
    permission=may_handle,
    conditions=[lambda a: to_mend(a).exists()],
    records=("message", "cure"),
    done=_("Failed email seen to"),
    button=Button(
        _("Mend a failed email"),
        _("A letter must be announced within 48 hours (Awb 2:10). Nothing changes but how this email goes."),
        prefilled=("message", "cure"),
    ),
)
def mend_mail(application: "Application", *, by: "User | None", message: Message, cure: str, to: str = "") -> None:
    """A mail that failed is sent again, or to another address, or its letter goes by post."""
    mend(application, application, message, cure=cure, to=to)


def mend(case: Any, application: "Application", message: Message, *, cure: str, to: str) -> None:
    """See to a failed mail of a case. Raises StepRefused where it went out meanwhile, or a colleague was first."""
    held = Message.objects.select_for_update(no_key=True, of=("self",)).select_related("letter").get(pk=message.pk)
    if held.dossier_id != case.dossier_id or held.sent_at or held.mended_at:
        raise StepRefused(
            gettext("This email has gone out meanwhile, or a colleague has seen to it. Look at the case again.")
        )
    match Cure(cure):
        case Cure.AGAIN:
            held.try_again()
        case Cure.ADDRESS:
            refuse_same_address(held, to)
            held.readdress(to)
        case Cure.POST:
            put_on_paper(case, application, held)


def refuse_same_address(message: Message, to: str) -> None:
    """Another address is another one."""
    if not to:
        raise StepRefused(gettext("Give the other address."), field="to")
    if to.lower() == message.to.lower():
        raise StepRefused(
            gettext("That is the address that failed. Give another one, or try the same one again."), field="to"
        )


def put_on_paper(case: Any, application: "Application", message: Message) -> None:
    """Its letter stands with those to print and post, once, whoever else was mailed about it and did not get it."""
    applicant = application.applicant
    if applicant is None or not applicant.street:
        raise StepRefused(gettext("No postal address is known. Choose another way."), field="cure")
    letter = message.letter or as_letter(case, application, message)
    PostalCopy.objects.get_or_create(letter=letter)
    message.replace()
    for other in to_mend(case).filter(letter=letter):
        other.replace()


def as_letter(case: Any, application: "Application", message: Message) -> Letter:
    """A mail that announces no letter becomes one, with the same words."""
    words = Words(kind=message.kind, language=application.language, subject=message.subject, body=message.body)
    address = application.applicant.address if application.applicant else ""
    letter: Letter = case.dossier.place_letter(case, words, address=address)
    return letter
