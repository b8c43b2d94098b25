"""Everybody logged in, and the counts at the end. Not a part of `make test`: minutes."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.models import User
from casework import outbox
from exemptions.models import ChangeRequest, RegisterFinding
from tests.attack.forms import Form, forms
from tests.project.test_roles import addresses, people

__all__ = ["addresses", "people"]

STARTS = {
    "anonymous": "/",
    "applicant": "/",
    "caseworker": "/loket/",
    "objection_officer": "/loket/",
    "reporter": "/loket/",
    "editor": "/loket/",
    "administrator": "/loket/",
}
"""Who looks for forms, and from where."""
SEE_CASES = ("applicant", "caseworker", "objection_officer")
"""These also begin at every case of the table of roles, in each of its states."""
FormsOf = Callable[[str], list[Form]]

COUNTS: list[tuple[str, dict[str, Any]]] = []


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[..., None]:
    """`tell(requests=300, changed=0)`: a line of the table, under the test's name."""

    def told(**counts: Any) -> None:
        COUNTS.append((request.node.name.removeprefix("test_").replace("_", " "), counts))

    return told


@pytest.fixture
def changing(addresses: dict[str, str]) -> list[str]:
    """The pages of an exemption of which the holder asks a change, and of which the register says something else."""
    asked = ChangeRequest.objects.open().select_related("application")[0].application
    standing = asked.exemptions.get(revoked_at=None)
    asked.register_findings.create(plate=standing.plate, what=RegisterFinding.What.EXPORTED, found="yes")
    return [reverse("application", args=[asked.key]), reverse("admin:exemptions_application_change", args=[asked.pk])]


@pytest.fixture
def browsers(people: dict[str, User | None], login: Callable[[User], Client]) -> dict[str, Client]:
    """Each of the people, with the confirmed address of a real account, at a browser that gets an error as a visitor
    does."""
    for user in User.objects.all():
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    found = {name: login(user) if user else Client() for name, user in people.items()}
    for browser in found.values():
        browser.raise_request_exception = False
    return found


@pytest.fixture
def forms_of(browsers: dict[str, Client], addresses: dict[str, str], changing: list[str]) -> FormsOf:
    """`forms_of("editor")`: each kind of form that this person is the first to reach."""
    outbox.send_waiting()  # of the cases: no mail of theirs is one of a form
    states = [address for row, address in addresses.items() if "@" in row] + changing
    seen: set[tuple[str, ...]] = set()

    def walk(person: str) -> list[Form]:
        starts = [STARTS[person], *(states if person in SEE_CASES else ())]
        return list(forms(browsers[person], starts, seen))

    return walk


@pytest.fixture
def site_forms(forms_of: FormsOf) -> list[tuple[str, Form]]:
    """Every kind of form of the site, with the first person who reaches it."""
    return [(person, form) for person in STARTS for form in forms_of(person)]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for name, counts in COUNTS:
        terminalreporter.write_line(f"{name}: " + ", ".join(f"{what} {count}" for what, count in counts.items()))
