"""Whether somebody was here today already: a mark that cannot be traced to them once the day's secret is gone."""

import hmac
import secrets
from datetime import date
from hashlib import sha256

from helpdesk.models import DaySecret

_known: dict[date, bytes] = {}
"""The secret of today, once this process read it; that of another day is dropped when a new one is read."""


def compute_visitor_mark(*, day: date, address: str, agent: str) -> str:
    """HMAC of an address and a browser under the secret of the day. Raises DatabaseError if that cannot be read."""
    said = "\0".join((day.isoformat(), address, agent))
    return hmac.new(secret_of(day), said.encode("utf-8", "replace"), sha256).hexdigest()


def secret_of(day: date) -> bytes:
    """The secret of a day; the first who asks makes it, for all processes."""
    if day not in _known:
        made, _created = DaySecret.objects.get_or_create(day=day, defaults={"secret": secrets.token_hex(32)})
        forget_secrets()
        _known[day] = bytes.fromhex(made.secret)
    return _known[day]


def forget_secrets() -> None:
    """Drop what this process remembers."""
    _known.clear()
