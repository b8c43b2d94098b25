"""Encrypts second-factor secrets in the database, so that a copy of its rows cannot be used to generate codes.

The key is derived from SECRET_KEY, which the database does not contain. After SECRET_KEY changes, the keys in
SECRET_KEY_FALLBACKS still decrypt what they encrypted, until `manage.py encrypt_second_factors` has encrypted it with
the new one.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Callable

MARK = "fernet:"
"""The prefix of encrypted values; those written before December 2026 are plain text."""
PURPOSE = b"loket second factor"


class UnreadableSecret(ValidationError):
    """No key of this installation decrypts the secret. A ValidationError, so that the code form can show it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "We can no longer read your authenticator app and recovery codes. "
                "Use a passkey if you have one, or contact us."
            )
        )


def get_fernet_keys(purpose: bytes = PURPOSE) -> MultiFernet:
    """The current key, which encrypts, followed by the keys that only decrypt."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([derive_key(secret, purpose) for secret in secrets])


@lru_cache
def derive_key(secret: str, purpose: bytes = PURPOSE) -> Fernet:
    """A key for one purpose."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
    return Fernet(urlsafe_b64encode(derived))


def encrypt(text: str) -> str:
    """Encrypt with the current key."""
    return MARK + get_fernet_keys().encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """Decrypt; plain text is returned unchanged. Raises UnreadableSecret."""
    if not text.startswith(MARK):
        return text
    try:
        return get_fernet_keys().decrypt(text.removeprefix(MARK).encode()).decode()
    except InvalidToken as error:
        raise UnreadableSecret from error


class MfaAdapter(DefaultMFAAdapter):
    """allauth's adapter, with encrypted secrets."""

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises UnreadableSecret."""
        return decrypt(encrypted_text)


# --- Everything in the database ---------------------------------------------------------------------


@dataclass(frozen=True)
class Result:
    """How many rows were encrypted again, and the ids of users whose secrets no key decrypts."""

    encrypted: int
    unreadable: list[int]


def reencrypt_rows(
    rows: "models.QuerySet[Authenticator]", change: "Callable[[str], str]" = lambda text: encrypt(decrypt(text))
) -> Result:
    """Replace every secret by what `change` returns; idempotent by default.

    What no key decrypts is left alone and reported: the key may still turn up.
    """
    encrypted, unreadable = 0, []
    with transaction.atomic():
        for row in rows.exclude(type="webauthn").order_by("pk").select_for_update(of=("self",), no_key=True):
            try:
                row.data = secrets_of(row.data, change)
            except UnreadableSecret:
                unreadable.append(row.user_id)
                continue
            row.save(update_fields=["data"])
            encrypted += 1
    return Result(encrypted, unreadable)


def secrets_of(data: dict[str, object], change: "Callable[[str], str]") -> dict[str, object]:
    """An authenticator's data with its secrets changed: the secret of an app, or the seed of recovery codes."""
    return {**data, **{name: change(str(data[name])) for name in ("secret", "seed") if name in data}}
