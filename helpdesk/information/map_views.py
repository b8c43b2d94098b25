"""The map of the zones and its data; is my address in a zone, and which zones lie between two addresses?

Typed addresses never appear in our URLs: they are kept in the session under a key.
"""

from http import HTTPStatus

from django import forms
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe
from whitenoise.responders import StaticFile

from accounts.searches import get_searched_words, redirect_to_results
from casework.limits import is_within_all_visitors, is_within_limit, is_within_lookups
from connections.remote_service import ServiceDownError
from exemptions.forms.plate import PlateInput
from exemptions.intake import access
from exemptions.intake.prefill import AccessQuestion, forget_vehicle, keep_vehicle, read_vehicle
from helpdesk.information import zone_map, zone_places
from zones import position
from zones.addresses import LONGEST, Place, find_places
from zones.geometry import Ring, simplify_ring
from zones.plates import find_plate_problem, normalise, spell_plate

FINENESS = 0.0001
"""The tolerance in degrees, some ten metres: the map need not draw anything smaller."""
TILE_HEADERS = [
    ("Content-Type", "application/vnd.pmtiles"),
    ("Cache-Control", "public, max-age=86400"),
    ("Accept-Ranges", "bytes"),
]
BETWEEN = "\n"
"""Separates the two addresses of a journey in the session."""

ADDRESS_ATTRS = {"autocomplete": "street-address", "spellcheck": "false", "maxlength": str(LONGEST)}


class AddressForm(forms.Form):
    """One address."""

    q = forms.CharField(
        label=gettext_lazy("Address or postcode"),
        help_text=gettext_lazy("For example Domplein 29, Utrecht, or 3512 JE 29."),
        max_length=LONGEST,
        error_messages={"required": gettext_lazy("Type an address, for example Domplein 29, Utrecht.")},
        widget=forms.TextInput(attrs=ADDRESS_ATTRS),
    )


class RouteForm(forms.Form):
    """The start and end of a journey, and the vehicle."""

    start = forms.CharField(
        label=gettext_lazy("Where do you start?"),
        help_text=gettext_lazy("An address, a postcode or a town."),
        max_length=LONGEST,
        error_messages={"required": gettext_lazy("Type where you start, for example Almere.")},
        widget=forms.TextInput(attrs={**ADDRESS_ATTRS, "autocomplete": "off"}),
    )
    end = forms.CharField(
        label=gettext_lazy("Where do you go?"),
        max_length=LONGEST,
        error_messages={"required": gettext_lazy("Type where you go, for example Domplein 29, Utrecht.")},
        widget=forms.TextInput(attrs={**ADDRESS_ATTRS, "autocomplete": "off"}),
    )
    plate = forms.CharField(
        label=gettext_lazy("Dutch number plate"),
        help_text=gettext_lazy("Then we tell for each zone whether this vehicle may enter today."),
        max_length=20,
        required=False,
        widget=PlateInput(country="NL"),
    )

    def clean_plate(self) -> str:
        """The plate without punctuation; empty if none was typed."""
        typed: str = self.cleaned_data["plate"]
        if typed and (wrong := find_plate_problem(typed, country="NL")):
            raise forms.ValidationError(wrong, code="invalid")
        return normalise(typed)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_address(request: HttpRequest) -> HttpResponse:
    """Is my address in a zone?"""
    typed = get_searched_words(request)
    form = AddressForm(request.POST) if request.method == "POST" else AddressForm(initial={"q": typed})
    if form.is_bound and form.is_valid():
        return redirect_to_results(request, form.cleaned_data["q"])
    context: dict[str, object] = {"form": form, "typed": typed}
    if typed and not form.is_bound:
        if not is_within_searches(request):
            return ask_later(request, "information/zone_address.html", context)
        context |= answer_address(typed)
    return render(request, "information/zone_address.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_route(request: HttpRequest) -> HttpResponse:
    """Which zones lie between two addresses, and may this vehicle enter them?"""
    typed = get_searched_words(request).split(BETWEEN)
    start, end = typed if len(typed) == 2 else ("", "")
    vehicle = read_vehicle(request)
    known = spell_plate(vehicle.plate) if vehicle and vehicle.country == "NL" else ""
    shown = {"start": start, "end": end, "plate": known}
    form = RouteForm(request.POST) if request.method == "POST" else RouteForm(initial=shown)
    if form.is_bound and form.is_valid():
        keep_plate(request, form.cleaned_data["plate"], known=normalise(known))
        return redirect_to_results(request, f"{form.cleaned_data['start']}{BETWEEN}{form.cleaned_data['end']}")
    context: dict[str, object] = {"form": form}
    if start and end and not form.is_bound:
        if not is_within_searches(request) or (vehicle and not is_within_lookups(request)):
            return ask_later(request, "information/zone_route.html", context)
        context |= answer_route(start, end, vehicle)
    return render(request, "information/zone_route.html", context)


@require_safe
@cache_control(public=True, max_age=600)
def serve_shapes(_request: HttpRequest) -> HttpResponse:
    """Today's boundary and centre of each zone, as GeoJSON for the map."""
    shapes = [shape for shape in zone_places.find_shapes(timezone.localdate()) if shape.is_now]
    features = [
        {"type": "Feature", "properties": describe_zone(shape), "geometry": geometry}
        for shape in shapes
        for geometry in (
            {"type": "MultiPolygon", "coordinates": [[thin_ring(ring) for ring in part] for part in shape.parts]},
            {"type": "Point", "coordinates": position.find_centre(shape.parts)},
        )
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features}, content_type="application/geo+json")


@require_safe
def serve_tiles(request: HttpRequest) -> HttpResponseBase:
    """This installation's base map, in the byte ranges that the map requests."""
    if not zone_map.has_tiles():
        raise Http404("no base map")
    answer = StaticFile(settings.ZONE_MAP_TILES, [*TILE_HEADERS]).get_response(request.method, request.META)
    response = FileResponse(answer.file or (), status=int(answer.status))
    for name, value in answer.headers:
        response[name] = value
    return response


def keep_plate(request: HttpRequest, plate: str, *, known: str) -> None:
    """Remember the vehicle that was typed; forget the one that was shown and taken out."""
    if plate and plate != known:
        keep_vehicle(request, AccessQuestion(plate))
    elif known and not plate:
        forget_vehicle(request)


def is_within_searches(request: HttpRequest) -> bool:
    """Whether this visitor may search for another address now."""
    within = is_within_limit(request, "address_searches_a_minute")
    return within and is_within_all_visitors(request, "visitor_address_searches_a_minute")


def ask_later(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    """Answer 429: wait a minute. What was typed stays in the form."""
    return render(request, template, {**context, "state": "too_often"}, status=HTTPStatus.TOO_MANY_REQUESTS)


def answer_address(typed: str) -> dict[str, object]:
    """The zones at the best matching place, and the other matching places."""
    try:
        places = find_places(typed)
    except ServiceDownError:
        return {"state": "down"}
    if not places:
        return {"state": "none"}
    answer = zone_places.look_around(places[0], today=timezone.localdate())
    return {"state": "found", "answer": answer, "others": places[1:]}


def answer_route(start: str, end: str, vehicle: AccessQuestion | None) -> dict[str, object]:
    """The zones between the two best matching places, each with what the rules say about the vehicle."""
    found: list[Place] = []
    for typed in (start, end):
        try:
            places = find_places(typed)
        except ServiceDownError:
            return {"state": "down"}
        if not places:
            return {"state": "none", "unknown": typed}
        found.append(places[0])
    today = timezone.localdate()
    zones = zone_places.find_zones_between(*found, today=today)
    groups = find_groups(vehicle) if vehicle and zones else {}
    unseen = zone_places.find_zones_without_boundary(today)
    towns = {place.municipality for place in found}
    return {
        "state": "found",
        "start": found[0],
        "end": found[1],
        "stops": [(one, groups.get(one.zone.pk)) for one in zones],
        "corridor": zone_places.CORRIDOR // 1000,
        "unseen_here": [zone for zone in unseen if zone.municipality.cbs_code in towns],
        "unseen_elsewhere": [zone for zone in unseen if zone.municipality.cbs_code not in towns],
        "plate": spell_plate(vehicle.plate, country=vehicle.country) if vehicle else "",
    }


def find_groups(vehicle: AccessQuestion) -> dict[int, access.ZoneGroup]:
    """What the rules say today, by the zone's primary key; empty if nothing is known about the vehicle."""
    answer = access.answer_check(AccessQuestion(vehicle.plate, vehicle.country, typed=vehicle.typed))
    if not answer.has_answer:
        return {}
    return {zone.pk: group for group in answer.groups for zone in group.zones}


def describe_zone(shape: zone_places.ZoneShape) -> dict[str, str]:
    """The properties of a zone in GeoJSON."""
    return {"name": shape.zone.name, "slug": shape.zone.slug, "url": reverse("zone", args=[shape.zone.slug])}


def thin_ring(ring: Ring) -> Ring:
    """The ring with only the points that the map needs."""
    return [(round(x, 5), round(y, 5)) for x, y in simplify_ring(ring, tolerance=FINENESS)]
