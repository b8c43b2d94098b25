"""Keyed digests of plates: they show whether two plates are equal, and reveal a plate only to whoever has the key."""

import hmac
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db.models import BinaryField, Value
from django.db.models.functions import Cast

LENGTH = 16  # bytes: no two of a billion plates collide


def digest_plate(plate: str, country: str) -> bytes:
    """The digest of a plate as we store it."""
    return hmac.digest(_derive_key(settings.PLATE_DIGEST_KEY), f"{country}:{plate}".encode(), "sha256")[:LENGTH]


def write_array(digests: Iterable[bytes]) -> Any:
    """An array for the database as a single text: value by value takes ten times as long."""
    listed = ",".join(f'"\\\\x{digest.hex()}"' for digest in digests)
    return Cast(Value(f"{{{listed}}}"), ArrayField(BinaryField()))


@lru_cache(maxsize=4)
def _derive_key(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"enforcement.digests", sha256)
