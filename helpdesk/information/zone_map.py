"""The data and texts of the zone map."""

import json
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from helpdesk.fact_words import join_names


def has_tiles() -> bool:
    """Whether this installation has a base map."""
    return bool(settings.ZONE_MAP_TILES) and Path(settings.ZONE_MAP_TILES).is_file()


def describe_map(focus: str = "", *, missing: Sequence[str] = ()) -> dict[str, object]:
    """The context of the map's template. `focus`: the slug of the zone it opens on; `missing`: zones not on it."""
    tiles = reverse("zone_tiles") if has_tiles() else ""
    words = {
        "NavigationControl.ZoomIn": _("Zoom in"),
        "NavigationControl.ZoomOut": _("Zoom out"),
        "AttributionControl.ToggleAttribution": _("Source of the map"),
        "Popup.Close": _("Close"),
        "Map.Title": _("Map of the zero-emission zones"),
    }
    return {
        "tiles": tiles,
        "attribution": settings.ZONE_MAP_ATTRIBUTION if tiles else _("Map: GSHHG and GeoNames"),
        "focus": focus,
        "missing": join_names(missing),
        "words": json.dumps(words),
    }
