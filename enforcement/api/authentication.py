"""Authenticates a program by its bearer token (RFC 6750), and checks the scope of the token."""

from typing import Any

from allauth.idp.oidc.adapter import get_adapter
from django.contrib.auth.models import AnonymousUser
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from casework import clock
from enforcement import rate
from enforcement.models import SCOPES, MachineClient, note_use

LONGEST_TOKEN = 500


def read_token(header: bytes) -> str | None:
    """The hash of the token in an Authorization header; None without one, empty if it cannot be one of ours."""
    kind, *value = header.split() or [b""]
    if kind.lower() != b"bearer":
        return None
    if len(value) != 1 or len(value[0]) > LONGEST_TOKEN or not value[0].isascii():
        return ""
    return str(get_adapter().hash_token(value[0].decode()))


class BearerAuthentication(BaseAuthentication):
    """Sets `request.auth` to the program."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, MachineClient] | None:
        """None without a token; raises AuthenticationFailed for an invalid one."""
        token = read_token(get_authorization_header(request))
        if token is None:
            return None
        if not token:
            raise AuthenticationFailed("This is no token of ours.")
        now = clock.now()
        machine = MachineClient.objects.find_by_token(token, at=now)
        if machine is None:
            raise AuthenticationFailed("The token has ended or was never ours. Ask a new one at the token address.")
        note_use(machine.pk, seen_at=machine.seen_at, at=now)
        rate.note_token(token, machine.pk)
        return AnonymousUser(), machine

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class ScopePermission(BasePermission):
    """Allows a program whose token has the `scope` of the view."""

    message = "This token is for something else; ask one with the scope that the description of the API names."

    def has_permission(self, request: Request, view: APIView) -> bool:
        machine = request.auth
        return isinstance(machine, MachineClient) and machine.may(view.scope)  # type: ignore[attr-defined]


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Describes it in the OpenAPI schema."""

    target_class = BearerAuthentication
    name = "program"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        flow = {"tokenUrl": "/oauth/token", "scopes": {scope: str(words) for scope, words in SCOPES.items()}}
        return {"type": "oauth2", "flows": {"clientCredentials": flow}}
