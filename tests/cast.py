"""The people that every test knows, and a browserless client for each of them: `as_caseworker.get("/loket/")`."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User
from exemptions.models import Applicant, ChannelChoice, Mandate
from zones.models import Municipality

PASSWORD = "correct paard batterij nietje"
Login = Callable[[User], Client]


class Visitor(Client):
    """A client that can be copied: a twin is where it is, with a server of its own."""

    def __deepcopy__(self, seen: dict[int, object]) -> "Visitor":
        twin = Visitor()
        twin.cookies = deepcopy(self.cookies)
        seen[id(self)] = twin
        return twin


def person(name: str) -> User:
    """Somebody without any role; their address is their first name at example.org."""
    return User.objects.create_user(f"{name.split()[0].lower()}@example.org", PASSWORD, name=name)


def staff(name: str, *roles: str) -> User:
    """Somebody who works at the desk, with these roles of `accounts.roles`."""
    user = User.objects.create_user(f"{name.split()[0].lower()}@example.org", PASSWORD, name=name, is_staff=True)
    user.groups.set([Group.objects.get(name=role) for role in roles])
    return user


def company(name: str, kvk_number: str) -> Applicant:
    """An organisation that may file."""
    return Applicant.objects.create(
        form=Applicant.Form.ORGANISATION,
        name=name,
        kvk_number=kvk_number,
        street="Oudegracht 1",
        postcode="3511 AA",
        city="Utrecht",
        email=f"post@{name.split()[0].lower()}.example",
    )


def acting_for(organisation: Applicant, user: User, role: Mandate.Role) -> User:
    """The user, with a mandate of the organisation, which chose letters in the portal."""
    Mandate.objects.create(user=user, applicant=organisation, role=role)
    if not organisation.channel_choices.exists():
        choose_portal(organisation, by=user)
    return user


def choose_portal(organisation: Applicant, *, by: User) -> None:
    """They chose letters in the portal, long ago: without that everything goes by post (Awb 2:8)."""
    about = {"text_version": date(2020, 1, 1), "text": "In het portaal."}
    ChannelChoice.objects.create(
        applicant=organisation, electronic=True, chosen_by=by, chosen_at=datetime(2020, 1, 1, tzinfo=UTC), **about
    )


# --- Outside the desk ---------------------------------------------------------------------------------


@pytest.fixture
def organisation(db: None) -> Applicant:
    """The applicant's firm."""
    return company("Bakkerij De Korst", "12345678")


@pytest.fixture
def other_organisation(db: None) -> Applicant:
    """The stranger's firm."""
    return company("Verhuisbedrijf Vlot", "87654321")


@pytest.fixture
def applicant(organisation: Applicant) -> User:
    """Files for the organisation."""
    return acting_for(organisation, person("Anna de Bakker"), Mandate.Role.OWNER)


@pytest.fixture
def colleague(organisation: Applicant) -> User:
    """Works at the same organisation."""
    return acting_for(organisation, person("Cem Yilmaz"), Mandate.Role.COLLEAGUE)


@pytest.fixture
def representative(organisation: Applicant) -> User:
    """Is authorised by the organisation, from outside it."""
    return acting_for(organisation, person("Rosa Adviseur"), Mandate.Role.REPRESENTATIVE)


@pytest.fixture
def stranger(other_organisation: Applicant) -> User:
    """Files too, but for somebody else."""
    return acting_for(other_organisation, person("Sven Vreemd"), Mandate.Role.OWNER)


@pytest.fixture
def never_asked(applicant: User, colleague: User, representative: User, stranger: User) -> None:
    """Nobody was ever asked how letters are to reach them: they go by post until somebody chooses."""
    ChannelChoice.objects.all().delete()


# --- At the desk -------------------------------------------------------------------------------------


@pytest.fixture
def caseworker(db: None) -> User:
    """Of the national desk."""
    return staff("Kees Behandelaar", "national caseworker")


@pytest.fixture
def other_caseworker(db: None) -> User:
    """The second pair of eyes at the national desk."""
    return staff("Olga Behandelaar", "national caseworker")


@pytest.fixture
def municipal_caseworker(db: None) -> User:
    """Of Utrecht."""
    user = staff("Mila van Utrecht", "municipal caseworker")
    user.municipalities.set([Municipality.objects.get(cbs_code="GM0344")])
    return user


@pytest.fixture
def other_municipal_caseworker(db: None) -> User:
    """Of Amsterdam."""
    user = staff("Daan van Amsterdam", "municipal caseworker")
    user.municipalities.set([Municipality.objects.get(cbs_code="GM0363")])
    return user


@pytest.fixture
def team_lead(db: None) -> User:
    """Assigns, and approves what needs a second pair of eyes."""
    return staff("Tara Teamleider", "team lead")


@pytest.fixture
def objection_officer(db: None) -> User:
    """Handles objections."""
    return staff("Bram Bezwaar", "objection officer")


@pytest.fixture
def reporter(db: None) -> User:
    """Makes the figures for the ministry."""
    return staff("Rik Rapporteur", "reporter")


@pytest.fixture
def municipal_reporter(db: None) -> User:
    """Hands in the monthly returns of Utrecht."""
    user = staff("Marit van Utrecht", "municipal reporter")
    user.municipalities.set([Municipality.objects.get(cbs_code="GM0344")])
    return user


@pytest.fixture
def other_municipal_reporter(db: None) -> User:
    """Hands in those of Amsterdam."""
    user = staff("Driss van Amsterdam", "municipal reporter")
    user.municipalities.set([Municipality.objects.get(cbs_code="GM0363")])
    return user


@pytest.fixture
def enforcement_officer(db: None) -> User:
    """Checks vehicles on the streets of Utrecht."""
    user = staff("Hugo van Utrecht", "enforcement officer")
    user.municipalities.set([Municipality.objects.get(cbs_code="GM0344")])
    return user


@pytest.fixture
def editor(db: None) -> User:
    """Writes the texts."""
    return staff("Eva Redacteur", "editor")


@pytest.fixture
def administrator(db: None) -> User:
    """Keeps the people, the terms and the rules."""
    return staff("Ben Beheerder", "administrator")


@pytest.fixture
def other_administrator(db: None) -> User:
    """The second person for what an administrator proposes."""
    return staff("Alma Beheerder", "administrator")


# --- Logged in -----------------------------------------------------------------------------------------


@pytest.fixture
def login(db: None) -> Login:
    """Gives a client that is logged in as somebody."""

    def log_in(user: User) -> Client:
        client = Visitor()
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def as_applicant(login: Login, applicant: User) -> Client:
    return login(applicant)


@pytest.fixture
def as_colleague(login: Login, colleague: User) -> Client:
    return login(colleague)


@pytest.fixture
def as_representative(login: Login, representative: User) -> Client:
    return login(representative)


@pytest.fixture
def as_stranger(login: Login, stranger: User) -> Client:
    return login(stranger)


@pytest.fixture
def as_caseworker(login: Login, caseworker: User) -> Client:
    return login(caseworker)


@pytest.fixture
def as_other_caseworker(login: Login, other_caseworker: User) -> Client:
    return login(other_caseworker)


@pytest.fixture
def as_municipal_caseworker(login: Login, municipal_caseworker: User) -> Client:
    return login(municipal_caseworker)


@pytest.fixture
def as_other_municipal_caseworker(login: Login, other_municipal_caseworker: User) -> Client:
    return login(other_municipal_caseworker)


@pytest.fixture
def as_team_lead(login: Login, team_lead: User) -> Client:
    return login(team_lead)


@pytest.fixture
def as_objection_officer(login: Login, objection_officer: User) -> Client:
    return login(objection_officer)


@pytest.fixture
def as_reporter(login: Login, reporter: User) -> Client:
    return login(reporter)


@pytest.fixture
def as_municipal_reporter(login: Login, municipal_reporter: User) -> Client:
    return login(municipal_reporter)


@pytest.fixture
def as_other_municipal_reporter(login: Login, other_municipal_reporter: User) -> Client:
    return login(other_municipal_reporter)


@pytest.fixture
def as_enforcement_officer(login: Login, enforcement_officer: User) -> Client:
    return login(enforcement_officer)


@pytest.fixture
def as_editor(login: Login, editor: User) -> Client:
    return login(editor)


@pytest.fixture
def as_administrator(login: Login, administrator: User) -> Client:
    return login(administrator)


@pytest.fixture
def as_other_administrator(login: Login, other_administrator: User) -> Client:
    return login(other_administrator)
