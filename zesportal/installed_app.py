"""The portal as an app on a phone: its manifest, its service worker, and the offline page."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.middleware import not_as_activity
from zesportal.context import Portal

FILES = (
    settings.THEME_CSS,
    settings.THEME_LOGO,
    "utrecht/index.css",
    "loket/loket.css",
    "loket/dark.css",
    "loket/icons.svg",
    "loket/kept.css",
    "loket/kept_proofs.js",
)
"""The files of the offline page."""


@require_safe
@not_as_activity
@cache_control(no_cache=True)
def show_manifest(_request: HttpRequest) -> JsonResponse:
    """The name and icons of the site as an app (W3C Web Application Manifest)."""
    portal = Portal()
    manifest = {
        "id": "/",
        "name": portal.name,
        "short_name": portal.name,
        "description": _("Exemptions for zero-emission zones"),
        "lang": get_language(),
        "start_url": reverse("my_applications"),
        "scope": "/",
        "display": "standalone",
        "display_override": ["minimal-ui", "standalone"],  # a way back, if the system has no button for it
        "theme_color": settings.THEME_COLOUR,
        "background_color": "#ffffff",
        "icons": list_icons(),
    }
    return JsonResponse(manifest, content_type="application/manifest+json")


def list_icons() -> list[dict[str, str]]:
    """The logo, as a vector and as images: as it is, and to be cropped to any shape."""
    icons = [{"src": static(settings.THEME_LOGO), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}]
    for name, size, purpose in (("192", 192, "any"), ("512", 512, "any"), ("maskable-512", 512, "maskable")):
        address = static(f"{settings.THEME_ICONS}-{name}.png")
        icons.append({"src": address, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose})
    return icons


@require_safe
@not_as_activity
@cache_control(no_cache=True)
def serve_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, served from the root because its scope is its own path."""
    context = {
        "version": read_version(),
        "offline": reverse("offline"),
        "files": json.dumps([static(name) for name in FILES]),
        "logouts": json.dumps([reverse("account_logout"), reverse("admin:logout")]),
    }
    return render(request, "worker.js", context, content_type="text/javascript")


@cache
def read_version() -> str:
    """A version that changes with the page or any of its files, so that phones fetch them again."""
    with override(settings.LANGUAGE_CODE):
        parts = [render_to_string("portal/offline.html", {"portal": Portal()}).encode()]
    for name in FILES:
        found = finders.find(name)  # nothing if only collected files are there, whose URLs identify their content
        parts += [static(name).encode(), Path(found).read_bytes() if found else b""]
    return sha256(b"\0".join(parts)).hexdigest()[:16]


@require_safe
@not_as_activity
@cache_control(no_cache=True)
def show_offline(request: HttpRequest) -> HttpResponse:
    """The page shown offline, which lists the kept proofs. The same for everybody."""
    return render(request, "portal/offline.html")
