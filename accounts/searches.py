"""What somebody searched for, kept in their session under a key that says nothing.

A plate or a name never stands in an address, yet a page of results has one: Back, reload and a second tab work.
"""

from secrets import token_urlsafe

from django.http import HttpRequest, HttpResponseRedirect

FIELD = "q"
KEY = "search"
SESSION_KEY = "searches"
KEPT_SEARCHES = 20  # a day's tabs; the oldest go first
LONGEST = 200


def redirect_to_results(request: HttpRequest, words: str | None = None) -> HttpResponseRedirect:
    """Keep the words, those of the search box unless given, and lead to this same address with their key."""
    words = words_sent(request) if words is None else words
    kept = {key: one for key, one in kept_searches(request).items() if one != words}
    key = token_urlsafe(9)
    request.session[SESSION_KEY] = dict([*kept.items(), (key, words)][-KEPT_SEARCHES:])
    return HttpResponseRedirect(f"{request.path}?{KEY}={key}")


def words_sent(request: HttpRequest) -> str:
    """What was typed in the search box."""
    return request.POST.get(FIELD, "").replace("\0", "").strip()[:LONGEST]


def words_searched(request: HttpRequest) -> str:
    """The words under the key in the address; empty without one, or if they have expired."""
    return kept_searches(request).get(request.GET[KEY], "") if KEY in request.GET else ""


def kept_searches(request: HttpRequest) -> dict[str, str]:
    """The words that are kept, by key; the latest last."""
    kept: dict[str, str] = request.session.get(SESSION_KEY, {})
    return kept
