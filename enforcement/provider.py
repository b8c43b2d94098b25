"""The part of allauth's identity provider that programs need: client-credentials tokens, and the keys of our lists."""

import os
from functools import cache
from pathlib import Path
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import PrivateKey
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

DEMO_KEY = "list-signing-key.pem"
KEY_BITS = 3072


class ProviderAdapter(DefaultOIDCAdapter):
    """allauth's own adapter, with our key."""

    def list_private_keys(self, **_which: Any) -> list[PrivateKey]:
        """The signing key; none if production has none configured."""
        pem = get_signing_pem()
        return [PrivateKey(pem=pem, not_before=None, expires_at=None, issued_at=None)] if pem else []


def get_signing_pem() -> str:
    """The private key from the settings; without it the demo's own. Empty in production."""
    if settings.LIST_SIGNING_KEY or settings.PRODUCTION:
        return str(settings.LIST_SIGNING_KEY)
    return read_demo_key(Path(settings.VAR_DIR) / DEMO_KEY)


@cache
def read_demo_key(path: Path) -> str:
    """The demo's key, created if there is none; if several processes create one at once, the first one counts."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        own = path.with_suffix(f".{os.getpid()}")
        own.touch(mode=0o600)
        own.write_text(make_key())
        try:
            os.link(own, path)
        except FileExistsError:
            pass
        finally:
            own.unlink()
    return path.read_text()


def make_key() -> str:
    """A new private key (PEM)."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    return pem.decode()
