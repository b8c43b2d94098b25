"""How long we keep what belongs to no case. Without a plausible number, nothing is removed."""

from datetime import date

import structlog

from casework.current_policy import CurrentPolicy, NotFilledIn

SHORTEST, LONGEST = 1, 36_500
"""The plausible range in days. Anything outside is a typing error: 0 or -30 would remove everything tonight."""

log = structlog.get_logger("loket.retention")


def find_retention_days(setting: str, *, on: date) -> int | None:
    """The days of a policy setting; None if it is missing or implausible, and then nothing may be removed."""
    try:
        days = CurrentPolicy.on(on).number(setting)
    except NotFilledIn:
        log.warning("nothing_removed", setting=setting, reason="not filled in")
        return None
    if SHORTEST <= days <= LONGEST:
        return days
    log.warning("nothing_removed", setting=setting, reason="no term")
    return None
