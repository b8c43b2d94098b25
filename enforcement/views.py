"""The token endpoint for programs, and the metadata that says where it is (RFC 8414)."""

from http import HTTPStatus

from allauth.idp.oidc import views as provider
from allauth.idp.oidc.models import Client
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.rate import is_within_rate
from enforcement.models import SCOPES

TOKENS_A_MINUTE = 30
A_MINUTE = "60"


@require_safe
def describe_server(request: HttpRequest) -> HttpResponse:
    """Where and how a program gets its token, and for what."""
    described = {
        "issuer": settings.SITE_URL,
        "token_endpoint": request.build_absolute_uri(reverse("oauth_token")),
        "jwks_uri": request.build_absolute_uri(reverse("jwks")),
        "grant_types_supported": [Client.GrantType.CLIENT_CREDENTIALS],
        "response_types_supported": [],
        "scopes_supported": list(SCOPES),
        "token_endpoint_auth_methods_supported": settings.IDP_OIDC_AUTH_METHODS,
    }
    response = JsonResponse(described)
    response["Access-Control-Allow-Origin"] = "*"
    return response


@csrf_exempt
@require_POST
def give_token(request: HttpRequest) -> HttpResponseBase:
    """Issue a token for a client ID and secret; no other grant exists here."""
    if not is_within_rate(request, "oauth-token", most=TOKENS_A_MINUTE):
        return refuse_token("slow_down", HTTPStatus.TOO_MANY_REQUESTS, **{"Retry-After": A_MINUTE})
    if request.POST.get("grant_type") != Client.GrantType.CLIENT_CREDENTIALS:
        return refuse_token("unsupported_grant_type", HTTPStatus.BAD_REQUEST)
    try:
        response = provider.token(request)
    except ValidationError:  # for a 'resource' that is not a URI
        return refuse_token("invalid_target", HTTPStatus.BAD_REQUEST)
    response["Cache-Control"] = "no-store"
    return response


def refuse_token(error: str, status: HTTPStatus, **headers: str) -> HttpResponse:
    """An error in OAuth's format (RFC 6749, 5.2)."""
    return JsonResponse({"error": error}, status=status, headers=headers)
