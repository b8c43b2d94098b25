"""Secrets of a second step lie encrypted in the database: who gets hold of its rows makes no codes with them.

The key comes from SECRET_KEY, which the database does not have. After a change of that key those in
SECRET_KEY_FALLBACKS still open what they closed, until `manage.py encrypt_second_factors` has closed it anew.
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
"""Before what is encrypted: what was written before December 2026 is not."""
PURPOSE = b"loket second factor"


class UnreadableSecret(ValidationError):
    """No key that this installation has opens it. As an error of a form, which is where a code is asked."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "We can no longer read your authenticator app and recovery codes. "
                "Use a passkey if you have one, or contact us."
            )
        )


def get_fernet_keys(purpose: bytes = PURPOSE) -> MultiFernet:
    """The key that encrypts first, then those that only decrypt."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([derive_key(secret, purpose) for secret in secrets])


@lru_cache
def derive_key(secret: str, purpose: bytes = PURPOSE) -> Fernet:
    """A key of its own for this purpose."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
    return Fernet(urlsafe_b64encode(derived))


def encrypt(text: str) -> str:
    """Encrypted with the current key."""
    return MARK + get_fernet_keys().encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """Decrypt it; plain text is returned as it is. Raises Unreadable."""
    if not text.startswith(MARK):
        return text
    try:
        return get_fernet_keys().decrypt(text.removeprefix(MARK).encode()).decode()
    except InvalidToken as error:
        raise UnreadableSecret from error


class MfaAdapter(DefaultMFAAdapter):
    """allauth's, with its secrets encrypted."""

    def encrypt(self, text: str) -> str:
        """As it is kept."""
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """As it is used. Raises Unreadable."""
        return decrypt(encrypted_text)


# --- Everything in the database ---------------------------------------------------------------------


@dataclass(frozen=True)
class Result:
    """How many rows were encrypted again, and whose rows no key opens any more."""

    encrypted: int
    unreadable: list[int]


def reencrypt_rows(
    rows: "models.QuerySet[Authenticator]", change: "Callable[[str], str]" = lambda text: encrypt(decrypt(text))
) -> Result:
    """Every secret as `change` returns it; idempotent.

    What no key decrypts stays and is reported: a key may still be found.
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
    """What an authenticator knows, with its secrets changed: that of an app, or the seed of recovery codes."""
    return {**data, **{name: change(str(data[name])) for name in ("secret", "seed") if name in data}}
