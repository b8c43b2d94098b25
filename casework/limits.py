"""How often somebody may do what costs us, or somebody else: policy settings, whose names tell the window.

`accounts.rate` counts; nothing here is kept longer than the window.
"""

from django.http import HttpRequest

from accounts import rate
from casework import clock
from casework.policy import CurrentPolicy

WINDOWS = {"_a_minute": 60, "_an_hour": 3600, "_a_day": 24 * 3600}
"""How the name of a limit ends, and in how many seconds it is counted."""
MEGABYTE = 1024 * 1024


def is_within_limit(request: HttpRequest, limit: str, *, part: str = "", step: int = 1) -> bool:
    """Whether this address and, after a login, this account may do it once more. `part`: one of several counts."""
    return rate.is_within_rate(request, limit + part, most=find_most(limit), seconds=find_window(limit), step=step)


def count_use(whose: object, limit: str, *, step: int = 1) -> bool:
    """The same of one account, wherever it asks from, or of all visitors together."""
    return rate.count_request(f"{limit}-{whose}", most=find_most(limit), seconds=find_window(limit), step=step)


def is_within_lookups(request: HttpRequest) -> bool:
    """Whether the vehicle register may be asked once more: pages, API and assistant share one count."""
    within = is_within_limit(request, "vehicle_lookups_a_minute")
    return within and is_within_all_visitors(request, "visitor_lookups_a_minute")


def is_within_all_visitors(request: HttpRequest, limit: str) -> bool:
    """Whether all who have not logged in may do it once more; an account is not among them."""
    return request.user.is_authenticated or count_use("visitors", limit)


def is_within_uploads(user: object, size: int) -> bool:
    """Whether an account may send a file of this size: each is looked through and scanned, whatever it is for."""
    return count_use(user, "upload_megabytes_an_hour", step=max(1, size // MEGABYTE))


def find_most(limit: str) -> int:
    """How often, as policy says today."""
    return CurrentPolicy.on(clock.today()).number(limit)


def find_window(limit: str) -> int:
    """In how many seconds."""
    return next(seconds for ending, seconds in WINDOWS.items() if limit.endswith(ending))
