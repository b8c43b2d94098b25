"""The secrets of programs: issued, rotated and revoked at the desk; shown once, and stored only as a hash."""

import secrets

import structlog
from allauth.idp.oidc.models import Client, Token
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from casework import clock
from enforcement.models import SCOPES, CredentialChange, MachineClient
from zones.models import Municipality

ISSUES = "enforcement.issue_machineclient"
SECRET_BYTES = 32
What = CredentialChange.What
log = structlog.get_logger("loket.enforcement")


def issue_credentials(
    *, municipality: Municipality, name: str, purpose: str, scopes: list[str], by: User
) -> tuple[MachineClient, str]:
    """A new program with its secret, which cannot be shown again."""
    refuse_stranger(by)
    secret = make_secret()
    with transaction.atomic():
        client = Client(name=name, scopes="\n".join(scopes), default_scopes="\n".join(scopes))
        client.grant_types, client.response_types = Client.GrantType.CLIENT_CREDENTIALS, ""
        client.set_secret(secret)
        client.save()
        machine = MachineClient.objects.create(municipality=municipality, name=name, purpose=purpose, client=client)
        note_change(machine, What.ISSUED, by=by)
    return machine, secret


def rotate_secret(machine: MachineClient, *, by: User) -> str:
    """Replace the secret; tokens issued for the previous one end at once."""
    refuse_stranger(by)
    secret = make_secret()
    with transaction.atomic():
        held = MachineClient.objects.select_for_update(no_key=True).select_related("client").get(pk=machine.pk)
        if held.revoked_at:
            raise PermissionDenied("a program that was revoked gets no new secret")
        held.client.set_secret(secret)
        held.client.save(update_fields=["secret"])
        end_tokens(held)
        note_change(held, What.ROTATED, by=by)
    return secret


def revoke_credentials(machine: MachineClient, *, by: User) -> None:
    """Revoke a program permanently and immediately; idempotent."""
    refuse_stranger(by)
    with transaction.atomic():
        held = MachineClient.objects.select_for_update(no_key=True).select_related("client").get(pk=machine.pk)
        if held.revoked_at:
            return
        held.revoked_at = clock.now()
        held.save(update_fields=["revoked_at"])
        held.client.secret, held.client.grant_types = make_password(None), ""
        held.client.save(update_fields=["secret", "grant_types"])
        end_tokens(held)
        note_change(held, What.REVOKED, by=by)


def refuse_stranger(by: User) -> None:
    """Raise PermissionDenied unless the user manages the secrets of programs."""
    if not by.has_perm(ISSUES):
        raise PermissionDenied(f"user {by.pk} may not issue secrets")


def make_secret() -> str:
    """An unguessable secret that needs no quotes in a settings file."""
    return secrets.token_urlsafe(SECRET_BYTES)


def end_tokens(machine: MachineClient) -> None:
    """End all tokens, so that the program has to show its secret again."""
    Token.objects.filter(client=machine.client).delete()


def note_change(machine: MachineClient, what: CredentialChange.What, *, by: User) -> None:
    """Record a change in the database and the log."""
    machine.changes.create(what=what, by=by)
    log.info(f"program_{what}", machine=machine.pk, by=by.pk)


def describe_scopes(client: Client) -> list[str]:
    """What a program may do, in words."""
    return [words for scope, words in list_scopes() if scope in client.get_scopes()]


def list_scopes() -> list[tuple[str, str]]:
    """The scopes as choices of a form."""
    return [(scope, f"{scope}: {words}") for scope, words in SCOPES.items()]
