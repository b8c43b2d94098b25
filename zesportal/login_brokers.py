"""eHerkenning and DigiD, through OpenID Connect brokers: their URLs and keys."""

from typing import Any

from zesportal import env

NAMES = {"eherkenning": "eHerkenning", "digid": "DigiD"}


def list_apps() -> list[dict[str, Any]]:
    """One app for each name in OIDC_PROVIDERS, as allauth expects it."""
    return [
        {
            "provider_id": provider,
            "name": NAMES.get(provider, provider),
            "client_id": env.text(f"OIDC_{provider.upper()}_CLIENT_ID"),
            "secret": env.text(f"OIDC_{provider.upper()}_SECRET"),
            "settings": {"server_url": get_address(provider)},
        }
        for provider in env.words("OIDC_PROVIDERS")
    ]


def list_addresses() -> list[str]:
    """The URLs that our login form may lead to."""
    return [get_address(provider) for provider in env.words("OIDC_PROVIDERS")]


def get_address(provider: str) -> str:
    """The URL of a broker."""
    return env.text(f"OIDC_{provider.upper()}_URL")
