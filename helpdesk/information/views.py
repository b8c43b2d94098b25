"""The public pages of the information site, without a login and without calls to other services."""

from datetime import date
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.languages import in_english
from casework.current_policy import CurrentPolicy
from exemptions.forms.access import AccessForm
from exemptions.intake.kind_cards import KindCard
from exemptions.models import KindVersion
from helpdesk import markup
from helpdesk.assistant.plates import plates_in
from helpdesk.assistant.redaction import redact_text
from helpdesk.content_version import compute_stamp
from helpdesk.facts import Facts, find_fines
from helpdesk.information import measured_times, pages, timeline, topics, zone_map, zone_page, zone_places
from helpdesk.information.search import LONGEST
from helpdesk.information.search import search_site as search_for
from helpdesk.models import Outage
from zones.models import AccessRule, AutomaticExemption, Zone
from zones.plates import find_plate_problem, normalise

OFTEN_ASKED = (
    "wat-verandert-er",
    "bestelauto-emissieklasse-5",
    "bestelauto-emissieklasse-6",
    "vrachtauto-toegang",
    "hoogte-boete",
    "rijden-tijdens-behandeling",
    "buitenlands-kenteken",
)
"""The most frequent questions, for the start page; one that an editor removed is left out."""
PICTURES = {"verkeersbord": "information/_road_sign.html"}
"""The template of the drawing below an answer, by the question's slug."""
MOST_RELATED = 5
SUGGESTED = ("access_check", "kinds", "zones", "faq")


def language_of(_request: HttpRequest) -> str:
    """The two-letter code of the reader's language."""
    return (get_language() or "nl")[:2]


@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """The access check, and what most people come for."""
    cards = kind_cards(timezone.localdate())
    fees = [(str(card.kind), card.fee) for card in cards if card.fee]
    often = topics.pick_topics(topics.find_in_language(language=language_of(request)), OFTEN_ASKED)
    context = {
        "access_form": AccessForm(),
        "fees": fees,
        "every_fee": len(fees) == len(cards),
        "topics": often,
        "outages": Outage.objects.filter(began_at__lte=timezone.now(), ended_at=None),
    }
    return render(request, "information/home.html", context)


@require_safe
def show_zones(request: HttpRequest) -> HttpResponse:
    """All zones with their days."""
    today = timezone.localdate()
    found = [zone_page.ZonePage(zone, today) for zone in zone_page.find_known_zones(today)]
    missing = [zone.name for zone in zone_places.find_zones_without_boundary(today)]
    context = {"pages": found, "map": zone_map.describe_map(missing=missing)}
    return render(request, "information/zones.html", context)


@require_safe
def show_zone(request: HttpRequest, slug: str) -> HttpResponse:
    """One zone: map, days, rules, adviser."""
    today = timezone.localdate()
    found = zone_page.find_zone(slug, today=today)
    found.boundary = Zone.objects.filter(pk=found.pk).values_list("boundary", flat=True).get()
    context = {"page": zone_page.ZonePage(found, today), "zone": found, **build_rules_context(today)}
    context |= {"map": zone_map.describe_map(found.slug)} if found.boundary else {}
    return render(request, "information/zone.html", context)


@require_safe
def show_kinds(request: HttpRequest) -> HttpResponse:
    """All kinds of exemption, and the automatic ones that need no application."""
    today = timezone.localdate()
    cards = kind_cards(today)
    context = {
        "day_cards": [card for card in cards if card.kind.is_day],
        "cards": [card for card in cards if not card.kind.is_day],
        "automatic": AutomaticExemption.objects.in_force(on=today),
    }
    return render(request, "information/kinds.html", context)


@require_safe
def show_kind(request: HttpRequest, code: str) -> HttpResponse:
    """One kind of exemption: for whom, proof, cost, duration, and how long a decision takes now."""
    in_force = KindVersion.objects.in_force(on=timezone.localdate()).prefetch_related("evidence")
    found = get_object_or_404(in_force, kind=code.upper())
    context = {
        "card": KindCard(found),
        "kind": found,
        "conditions": markup.render_markup(found.text("conditions")),
        "time": measured_times.find_lead_time(found.code),
        "few": measured_times.FEW,
        "key": uuid4(),
        "topics": find_topics_about(f"kind:{found.code}", language=language_of(request)),
        "most_days": CurrentPolicy.on(timezone.localdate()).number("day_exemption_max") if found.is_day else 0,
    }
    return render(request, "information/kind.html", context)


@require_safe
def show_prices(request: HttpRequest) -> HttpResponse:
    """What each exemption costs."""
    return render(request, "information/prices.html", {"cards": kind_cards(timezone.localdate())})


@require_safe
def timeline_page(request: HttpRequest) -> HttpResponse:
    """Who may enter until when."""
    today = timezone.localdate()
    announced = AccessRule.objects.in_force(on=today).filter(status=AccessRule.Status.ANNOUNCED)
    automatic = AutomaticExemption.objects.in_force(on=today)
    context = {**build_rules_context(today), "announced": announced, "automatic": automatic, "today": today}
    return render(request, "information/timeline.html", context)


@require_safe
def show_faq(request: HttpRequest) -> HttpResponse:
    """All questions by group."""
    found = topics.find_in_language(language=language_of(request))
    more = len(topics.list_published(language="en")) > len(found)
    return render(request, "information/faq.html", {"groups": topics.in_groups(found), "more_in_english": more})


@require_safe
def show_topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One question: the answer, when it was last reviewed, and the rules that it rests on."""
    at = compute_stamp()
    spoken = topics.list_languages(slug, at=at)
    if not spoken:
        raise Http404("no such question")
    if language_of(request) not in spoken:
        in_english(request)
    request.languages_of_page = spoken  # type: ignore[attr-defined]
    language = language_of(request)
    all_topics = topics.find_in_language(language=language, at=at)
    found = next(one for one in all_topics if one.slug == slug)
    facts = Facts.on(timezone.localdate(), language=language, at=at)
    context = {
        "topic": found,
        "answer": markup.render_markup(found.answer),
        "sources": facts.sources(found.rests_on),
        "related": topics.pick_topics(all_topics, found.related)[:MOST_RELATED],
        "further": pages.find_pages(found.pages),
        "picture": PICTURES.get(slug),
    }
    return render(request, "information/topic.html", context)


@require_safe
def show_outages(request: HttpRequest) -> HttpResponse:
    """When the portal did not work (Awb art. 2:21)."""
    return render(request, "information/outages.html", {"outages": Outage.objects.all()})


@require_safe
def show_cookies(request: HttpRequest) -> HttpResponse:
    """Which cookies there are."""
    return render(request, "information/cookies.html")


def kind_cards(today: date) -> list[KindCard]:
    """Every kind of exemption that one can apply for on a day."""
    return [KindCard(kind) for kind in KindVersion.objects.in_force(on=today)]


def build_rules_context(today: date) -> dict[str, object]:
    """The access rules as lines and bars, and the fines."""
    found = list(AccessRule.objects.in_force(on=today).exclude(status=AccessRule.Status.ANNOUNCED))
    over = timeline.choose_years(found, on=today)
    return {
        "lines": timeline.build_rule_lines(found, over, on=today),
        "years": over,
        "bar_width": timeline.WIDTH,
        "fines": find_fines(on=today),
    }


def find_topics_about(reference: str, *, language: str) -> list[topics.PublishedTopic]:
    """The questions whose answers rest on a reference, first those most specifically about it."""
    found = [one for one in topics.find_in_language(language=language) if reference in one.rests_on]
    return sorted(found, key=lambda one: (one.rests_on.index(reference), len(one.rests_on)))[:MOST_RELATED]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def handle_search(request: HttpRequest) -> HttpResponse:
    """Search results; without any, suggestions. Harmless searches get a URL, so that 'back' returns to them."""
    typed = (request.POST if request.method == "POST" else request.GET).get("q", "").strip()[:LONGEST]
    form = plate_form(typed)
    if request.method == "POST" and typed and not form and is_anonymous(typed):
        return redirect(f"{reverse('search')}?{urlencode({'q': typed})}")
    language = language_of(request)
    found = search_for(typed, language=language) if typed else None
    context: dict[str, object] = {"typed": typed, "found": found, "plate_form": form}
    if found and not found.hits:
        often = topics.pick_topics(topics.list_published(language=language), OFTEN_ASKED)
        context |= {"topics": often, "pages": pages.find_pages(SUGGESTED)}
    return render(request, "information/search.html", context)


def is_anonymous(typed: str) -> bool:
    """Whether the text has no plate or personal data in it."""
    return "\0" not in typed and redact_text(typed) == typed and not plates_in(typed)


def plate_form(typed: str) -> AccessForm | None:
    """The access check, filled in, if somebody typed a Dutch number plate; else None."""
    plate = normalise(typed)
    has_both = any(sign.isdigit() for sign in plate) and any(sign.isalpha() for sign in plate)
    if len(plate) != 6 or not has_both or find_plate_problem(typed, country="NL"):
        return None
    return AccessForm(initial={"plate": typed, "country": "NL"})
