"""The portal as an app on a telephone: its manifest, its service worker, and the page for without a connection.

The worker keeps that page with its files, and the proofs that their holder kept (`static/loket/kept_proofs.js`), and
nothing else. Who is logged in gets it; without a script the site is as it was.
"""

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
"""What the page for without a connection is made of."""


@require_safe
@not_as_activity
@cache_control(no_cache=True)
def show_manifest(_request: HttpRequest) -> JsonResponse:
    """How the site is called and drawn among the apps of a telephone (W3C Web Application Manifest)."""
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
        "display_override": ["minimal-ui", "standalone"],  # a way back, where the system has no button for it
        "theme_color": settings.THEME_COLOUR,
        "background_color": "#ffffff",
        "icons": list_icons(),
    }
    return JsonResponse(manifest, content_type="application/manifest+json")


def list_icons() -> list[dict[str, str]]:
    """The mark of the house, and pictures of it: as it is, and to be cut to any shape."""
    icons = [{"src": static(settings.THEME_LOGO), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}]
    for name, size, purpose in (("192", 192, "any"), ("512", 512, "any"), ("maskable-512", 512, "maskable")):
        address = static(f"{settings.THEME_ICONS}-{name}.png")
        icons.append({"src": address, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose})
    return icons


@require_safe
@not_as_activity
@cache_control(no_cache=True)
def serve_worker(request: HttpRequest) -> HttpResponse:
    """The service worker; from the root, because it may only watch what lies under its own address."""
    context = {
        "version": read_version(),
        "offline": reverse("offline"),
        "files": json.dumps([static(name) for name in FILES]),
        "logouts": json.dumps([reverse("account_logout"), reverse("admin:logout")]),
    }
    return render(request, "worker.js", context, content_type="text/javascript")


@cache
def read_version() -> str:
    """Another one as soon as the page or one of its files is another: then telephones fetch them anew."""
    with override(settings.LANGUAGE_CODE):
        parts = [render_to_string("portal/offline.html", {"portal": Portal()}).encode()]
    for name in FILES:
        found = finders.find(name)  # nothing where only collected files are there: their address tells their content
        parts += [static(name).encode(), Path(found).read_bytes() if found else b""]
    return sha256(b"\0".join(parts)).hexdigest()[:16]


@require_safe
@not_as_activity
@cache_control(no_cache=True)
def show_offline(request: HttpRequest) -> HttpResponse:
    """The page that comes where there is no connection, and lists the kept proofs. The same for everybody."""
    return render(request, "portal/offline.html")
