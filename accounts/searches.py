"""Search terms, stored in the session under a random key.

Plates and names never appear in a URL, yet a page of results has one: Back, reload and a second tab work.
"""

from secrets import token_urlsafe

from django.http import HttpRequest, HttpResponseRedirect

FIELD = "q"
KEY = "search"
SESSION_KEY = "searches"
KEPT_SEARCHES = 20  # a day's tabs; the oldest are dropped first
LONGEST = 200


def redirect_to_results(request: HttpRequest, words: str | None = None) -> HttpResponseRedirect:
    """Store the words (default: those in the search box), and redirect to this same address with their key."""
    words = get_sent_words(request) if words is None else words
    kept = {key: one for key, one in kept_searches(request).items() if one != words}
    key = token_urlsafe(9)
    request.session[SESSION_KEY] = dict([*kept.items(), (key, words)][-KEPT_SEARCHES:])
    return HttpResponseRedirect(f"{request.path}?{KEY}={key}")


def get_sent_words(request: HttpRequest) -> str:
    """The words typed in the search box."""
    return request.POST.get(FIELD, "").replace("\0", "").strip()[:LONGEST]


def get_searched_words(request: HttpRequest) -> str:
    """The words under the key in the address; empty without a key, or after it expired."""
    return kept_searches(request).get(request.GET[KEY], "") if KEY in request.GET else ""


def kept_searches(request: HttpRequest) -> dict[str, str]:
    """The stored words by key, the latest last."""
    kept: dict[str, str] = request.session.get(SESSION_KEY, {})
    return kept
