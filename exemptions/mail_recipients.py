"""Which mails are optional, and which the law requires."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User

if TYPE_CHECKING:
    from exemptions.models.applicant import Applicant
    from exemptions.models.application import Application

OPTIONAL: Mapping[str, str] = MappingProxyType({"mail_access_ends": "mail_expiry", "mail_progress": "mail_progress"})
"""The field, of a user and of an applicant, that says whether a mail is wanted. Every other mail goes to all."""


@dataclass(frozen=True)
class ByLaw:
    """A mail that cannot be turned off, and the article that requires it."""

    what: str | Promise
    article: str | Promise


BY_LAW = (
    ByLaw(_("There is a new letter for you in the portal."), _("Awb, article 2:10, paragraph 1")),
    ByLaw(_("We ask you to complete your application, or remind you of it."), _("Awb, articles 2:10 and 4:5")),
    ByLaw(_("We have received what you sent us."), _("Awb, article 2:17, paragraph 1")),
)


def find_recipients(application: "Application", mail: str) -> list[str]:
    """Who gets a mail about a case: the applicant at both addresses, and who filled it in while they may still act.

    An address follows the choice of the user whose login it is; of no user: that of the applicant.
    """
    applicant = application.applicant
    addresses = list_addresses(applicant)
    if application.is_of(application.owner):
        addresses.append(application.owner.email)
    return choose_addresses(addresses, mail, of=applicant)


def find_fleet_recipients(applicant: "Applicant", mail: str) -> list[str]:
    """Who gets a mail about the vehicles of an applicant: its own addresses, as far as they want it."""
    return choose_addresses(list_addresses(applicant), mail, of=applicant)


def list_addresses(applicant: "Applicant | None") -> list[str]:
    """Both addresses, each of which may be empty."""
    return [applicant.email, applicant.second_email] if applicant else []


def choose_addresses(addresses: Iterable[str], mail: str, *, of: "Applicant | None") -> list[str]:
    """In small letters, each once, those that want the mail or must get it by law."""
    everybody = list(dict.fromkeys(address.lower() for address in addresses if address))
    field = OPTIONAL.get(mail)
    if field is None:
        return everybody
    own = dict(User.objects.filter(email__in=everybody).values_list("email", field))
    of_applicant = bool(of and getattr(of, field))
    return [address for address in everybody if own.get(address, of_applicant)]
