"""Who can log in to the demo, with which fleets, and the contact details of its desk. Everybody is invented."""

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db.models import QuerySet

from accounts.models import User
from casework import clock
from casework.models import Policy
from demo.plan import FIRST
from exemptions import letter_channel
from exemptions.fleet import limits, paste_parser, vehicle_batch
from exemptions.models import Applicant, ChannelChoice, Mandate, Vehicle
from exemptions.terms import start_of_day
from zones.models import Municipality

EVERYBODYS = "demo-loket-2026"
SOURCE = "Invented for the demo"
VALUES = {
    "contact_phone": "088 000 00 00",
    "contact_email": "help@loket.example",
    "contact_hours": "maandag tot en met vrijdag, 9 tot 17 uur",
    "contact_hours_en": "Monday to Friday, 9 am to 5 pm",
    "site_owner": "Gemeente Voorbeeldstad (verzonnen)",
    "sender_address": "Postbus 0\n0000 AA Voorbeeldstad",
    "objection_address": "Postbus 0, 0000 AA Voorbeeldstad",
}
"""The phone number does not exist; `.example` is a domain that can belong to nobody (RFC 2606)."""


@dataclass(frozen=True)
class Login:
    """One of the demo's people: for whom they act, or in which roles they work."""

    key: str
    name: str
    what: str
    roles: tuple[str, ...] = ()
    municipality: str = ""
    language: str = "nl"

    @property
    def email(self) -> str:
        """The address with which they log in."""
        return f"{self.key}@example.org"


LOGINS = (
    Login("bloemist", "Fleur Bloemist", "aanvrager: Bloemisterij De Vroege Tulp"),
    Login("collega", "Joris Collega", "collega bij dezelfde bloemisterij"),
    Login("gemachtigde", "Marga Machtiging", "gemachtigde van drie organisaties"),
    Login("vervoerder", "Kai Spedition", "buitenlandse vervoerder (Engels)", language="en"),
    Login("behandelaar", "Henk Behandelaar", "behandelaar van het landelijke loket", ("national caseworker",)),
    Login("behandelaar2", "Ingrid Behandelaar", "tweede behandelaar", ("national caseworker",)),
    Login("utrecht", "Ursula van Utrecht", "behandelaar van Utrecht", ("municipal caseworker",), "GM0344"),
    Login("amsterdam", "Ahmed van Amsterdam", "behandelaar van Amsterdam", ("municipal caseworker",), "GM0363"),
    Login("teamleider", "Tom Teamleider", "teamleider en tweede paar ogen", ("team lead",)),
    Login("teamleider2", "Tineke Teamleider", "tweede teamleider: beoordeelt en keurt goed", ("team lead",)),
    Login("bezwaar", "Bea Bezwaar", "bezwaarbehandelaar", ("objection officer",)),
    Login("rapporteur", "Ria Rapporteur", "maakt de cijfers", ("reporter",)),
    Login("opgave", "Otto Opgave", "doet de maandelijkse opgave van Utrecht", ("municipal reporter",), "GM0344"),
    Login("handhaver", "Hanna Handhaver", "controleert voertuigen in Utrecht", ("enforcement officer",), "GM0344"),
    Login("redacteur", "Ruud Redacteur", "schrijft de teksten", ("editor",)),
    Login("beheerder", "Bert Beheerder", "beheert mensen, termijnen en regels", ("administrator",)),
    Login("beheerder2", "Bente Beheerder", "tweede beheerder: keurt goed wat de ander voorstelt", ("administrator",)),
)

FLORIST, BAKER, MOVER, CARRIER = (
    "Bloemisterij De Vroege Tulp",
    "Bakkerij Korst en Kruim",
    "Verhuisbedrijf Van Hier Naar Daar",
    "Musterfracht Spedition GmbH",
)
ORGANISATIONS = {
    FLORIST: ("00000001", "Voorbeeldgracht 1", "3500 AA", "Utrecht", "NL"),
    BAKER: ("00000002", "Voorbeeldplein 2", "1000 AA", "Amsterdam", "NL"),
    MOVER: ("00000003", "Voorbeeldkade 3", "3000 AA", "Rotterdam", "NL"),
    CARRIER: ("", "Musterweg 4", "48599", "Gronau", "DE"),
}
MANDATES = (
    (FLORIST, "bloemist", Mandate.Role.OWNER),
    (FLORIST, "collega", Mandate.Role.COLLEAGUE),
    (FLORIST, "gemachtigde", Mandate.Role.REPRESENTATIVE),
    (BAKER, "gemachtigde", Mandate.Role.REPRESENTATIVE),
    (MOVER, "gemachtigde", Mandate.Role.REPRESENTATIVE),
    (CARRIER, "vervoerder", Mandate.Role.OWNER),
)


def load_all() -> None:
    """Everybody who is in the demo from the start, and the contact details of the desk."""
    with clock.at(start_of_day(FIRST)):
        load_logins()
    fill_contact_settings()


def load_logins() -> None:
    """Create the logins, their organisations and mandates; existing ones are kept."""
    users = {login.key: _make_user(login) for login in LOGINS}
    for name, role_of in ((name, _make_organisation(name)) for name in ORGANISATIONS):
        for organisation, key, role in MANDATES:
            if organisation == name:
                Mandate.objects.get_or_create(
                    user=users[key], applicant=role_of, ended_at=None, defaults={"role": role}
                )


def _make_user(login: Login) -> User:
    user = User.objects.filter(email=login.email).first()
    if user is None:
        user = User.objects.create_user(
            login.email, EVERYBODYS, name=login.name, language=login.language, is_staff=bool(login.roles)
        )
    user.groups.set(Group.objects.filter(name__in=login.roles))
    for municipality in Municipality.objects.filter(cbs_code=login.municipality):
        municipality.staff.add(user)
    EmailAddress.objects.get_or_create(user=user, email=login.email, defaults={"verified": True, "primary": True})
    return user


def _make_organisation(name: str) -> Applicant:
    kvk_number, street, postcode, city, country = ORGANISATIONS[name]
    applicant, _created = Applicant.objects.get_or_create(
        name=name,
        form=Applicant.Form.ORGANISATION,
        defaults={
            "kvk_number": kvk_number,
            "street": street,
            "postcode": postcode,
            "city": city,
            "country": country,
            "email": f"post-{kvk_number or 'abroad'}@example.org",
        },
    )
    return applicant


def choose_portal(applicants: QuerySet[Applicant]) -> None:
    """Have these choose letters in the portal before anything begins, unless they chose: the default is post."""
    text = letter_channel.text_on(clock.today())
    acting = Mandate.objects.filter(applicant__in=applicants.filter(channel_choices=None)).order_by("applicant", "pk")
    if text is None:
        return
    said: dict[str, Any] = {
        "electronic": True,
        "chosen_at": start_of_day(FIRST),
        "text_version": text.version,
        "text": text.words,
    }
    ChannelChoice.objects.bulk_create(
        [
            ChannelChoice(applicant_id=one.applicant_id, chosen_by_id=one.user_id, **said)
            for one in acting.distinct("applicant")
        ]
    )


def fill_contact_settings() -> None:
    """Fill in what is empty; what an administrator of the demo wrote is kept."""
    for name, value in VALUES.items():
        newest = Policy.objects.filter(name=name).order_by("-valid_from").first()
        policy = newest or Policy(name=name, valid_from=FIRST)
        if policy.value is None:
            policy.value, policy.source = value, SOURCE
            policy.save()


FLEETS = {
    FLORIST: "VAN00E de elektrische\nVAN01E de oude blauwe\nVAN02E bezorging Utrecht\nVAN03E\nVAN04E nieuw\n"
    "VAN50E hybride\nVAN91E import\nVAN99E",
    BAKER: "VAN02E broodbus\nVAN03E",
    MOVER: "TRU00E\nTRU01E verhuiswagen 1\nTRU02E verhuiswagen 2\nTRU03E verhuiswagen 3\nTRU04E\nTRU05E trekker",
    CARRIER: "TRU06E Lkw 1\nTRU07E Lkw 2 (plug-in)\nTRU15E\nTRU92E",
}
LOOK_UP_SECONDS = 30.0


def load_fleets() -> None:
    """Fill empty fleets; one that somebody works with is kept."""
    for name, plates in FLEETS.items():
        applicant = Applicant.objects.filter(name=name).first()
        owner = Mandate.objects.in_force().filter(applicant=applicant).order_by("since", "pk").first()
        if applicant and owner and not Vehicle.objects.filter(applicant=applicant).exists():
            batch = vehicle_batch.begin_batch(
                applicant, paste_parser.read_paste(plates, most=limits.in_a_list()), by=owner.user
            )
            vehicle_batch.look_up(batch, seconds=LOOK_UP_SECONDS)
            vehicle_batch.keep_vehicles(batch, by=owner.user)
