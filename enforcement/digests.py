"""A plate as a keyed digest: it tells whether two are the same plate, and to nobody without the key which one.

There are too few plates for a plain digest, of which somebody could try them all.
"""

import hmac
from functools import lru_cache
from hashlib import sha256

from django.conf import settings

LENGTH = 16  # bytes: among a billion plates no two have the same


def digest_plate(plate: str, country: str) -> bytes:
    """Of a plate as we store it."""
    return hmac.digest(_derive_key(settings.PLATE_DIGEST_KEY), f"{country}:{plate}".encode(), "sha256")[:LENGTH]


@lru_cache(maxsize=4)
def _derive_key(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"enforcement.digests", sha256)
