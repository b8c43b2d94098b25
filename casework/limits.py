"""Limits on actions that burden us or others: policy settings, whose names end in the time window.

`accounts.rate` does the counting; nothing is kept longer than the window.
"""

from django.http import HttpRequest

from accounts import rate
from casework import clock
from casework.current_policy import CurrentPolicy

WINDOWS = {"_a_minute": 60, "_an_hour": 3600, "_a_day": 24 * 3600}
"""The window in seconds, by the ending of a limit's name."""
MEGABYTE = 1024 * 1024


def is_within_limit(request: HttpRequest, limit: str, *, part: str = "", step: int = 1) -> bool:
    """Whether this IP address and, after login, this account may do it once more. `part`: counts it separately."""
    return rate.is_within_rate(request, limit + part, most=find_most(limit), seconds=find_window(limit), step=step)


def count_use(whose: object, limit: str, *, step: int = 1) -> bool:
    """Count a use by one account, from whatever address, or by all visitors together; returns whether it may."""
    return rate.count_request(f"{limit}-{whose}", most=find_most(limit), seconds=find_window(limit), step=step)


def is_within_lookups(request: HttpRequest) -> bool:
    """Whether the vehicle register may be queried once more; pages, API and assistant share one count."""
    within = is_within_limit(request, "vehicle_lookups_a_minute")
    return within and is_within_all_visitors(request, "visitor_lookups_a_minute")


def is_within_all_visitors(request: HttpRequest, limit: str) -> bool:
    """Whether all anonymous visitors together may do it once more; always true for an account."""
    return request.user.is_authenticated or count_use("visitors", limit)


def is_within_uploads(user: object, size: int) -> bool:
    """Whether an account may send a file of this many bytes, as every file must be inspected and scanned."""
    return count_use(user, "upload_megabytes_an_hour", step=max(1, size // MEGABYTE))


def find_most(limit: str) -> int:
    """The maximum under today's policy."""
    return CurrentPolicy.on(clock.today()).number(limit)


def find_window(limit: str) -> int:
    """The window of a limit in seconds."""
    return next(seconds for ending, seconds in WINDOWS.items() if limit.endswith(ending))
