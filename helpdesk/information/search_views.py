"""The search page. What is typed is sent; only what points to nobody goes on to an address that can be kept.

People type number plates and names, and a URL ends up in the history of a browser and in the log of a server.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from exemptions.forms.access import AccessForm
from helpdesk.assistant.plates import plates_in
from helpdesk.assistant.redaction import redact_text
from helpdesk.information import pages, topics
from helpdesk.information.search import LONGEST
from helpdesk.information.search import search_site as search_for
from helpdesk.information.views import OFTEN_ASKED, language_of
from zones.plates import find_plate_problem, normalise

SUGGESTED = ("access_check", "kinds", "zones", "faq")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def handle_search(request: HttpRequest) -> HttpResponse:
    """What was found; where nothing was, what else might help. Back leads to what was found before."""
    typed = (request.POST if request.method == "POST" else request.GET).get("q", "").strip()[:LONGEST]
    form = plate_form(typed)
    if request.method == "POST" and typed and not form and points_to_nobody(typed):
        return redirect(f"{reverse('search')}?{urlencode({'q': typed})}")
    language = language_of(request)
    found = search_for(typed, language=language) if typed else None
    context: dict[str, object] = {"typed": typed, "found": found, "plate_form": form}
    if found and not found.hits:
        often = topics.pick_topics(topics.list_published(language=language), OFTEN_ASKED)
        context |= {"topics": often, "pages": pages.find_pages(SUGGESTED)}
    return render(request, "information/search.html", context)


def points_to_nobody(typed: str) -> bool:
    """Whether there is no plate, number, name or address in it."""
    return "\0" not in typed and redact_text(typed) == typed and not plates_in(typed)


def plate_form(typed: str) -> AccessForm | None:
    """The check, filled in, where somebody typed a number plate."""
    plate = normalise(typed)
    has_both = any(sign.isdigit() for sign in plate) and any(sign.isalpha() for sign in plate)
    if len(plate) != 6 or not has_both or find_plate_problem(typed, country="NL"):
        return None
    return AccessForm(initial={"plate": typed, "country": "NL"})
