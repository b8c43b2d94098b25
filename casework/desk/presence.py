"""Who has a case open: a line in the cache for each case, which every open page renews.

Nothing depends on it: without a cache nobody is seen, and where two pages write at once one of them is seen later.
"""

import time
from typing import TYPE_CHECKING, Any

from django.core.cache import cache

if TYPE_CHECKING:
    from accounts.models import User

SECONDS = 60
"""So long somebody counts as present. The page renews it three times in it: see `desk.js`."""


def note_presence(case: Any, user: "User") -> list[str]:
    """A user has the case open; gives the names of the others who have."""
    key, now = f"present-{case.CASE_TYPE}-{case.pk}", time.time()
    noted: dict[int, tuple[str, float]] = cache.get(key) or {}
    others = {pk: one for pk, one in noted.items() if pk != user.pk and now - one[1] < SECONDS}
    cache.set(key, {**others, user.pk: (str(user), now)}, SECONDS)
    return sorted(name for name, _at in others.values())
