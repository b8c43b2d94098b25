"""A program of Utrecht, and how it asks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from enforcement.models import MachineClient
from tests.enforcement.exempted import program

Ask = Callable[..., Any]


@pytest.fixture
def issued(administrator: User) -> tuple[MachineClient, str]:
    """Of Utrecht, with its secret."""
    return program(by=administrator)


@pytest.fixture
def machine(issued: tuple[MachineClient, str]) -> MachineClient:
    return issued[0]


@pytest.fixture
def token(issued: tuple[MachineClient, str]) -> str:
    """What the program may do for an hour."""
    machine, secret = issued
    return str(ask_token(machine, secret).json()["access_token"])


@pytest.fixture
def as_program(token: str) -> Client:
    """A browserless client that shows the token."""
    return Client(headers={"Authorization": f"Bearer {token}"})


def ask_token(machine: MachineClient, secret: str, **more: str) -> Any:
    """At the token address, with the secret in the body."""
    own = {"client_id": machine.client_id, "client_secret": secret}
    return Client().post("/oauth/token", {"grant_type": "client_credentials", **own, **more})
