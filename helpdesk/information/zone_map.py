"""What the map of the zones is drawn from, and its words."""

import json
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _


def has_tiles() -> bool:
    """Whether this installation has a base map."""
    return bool(settings.ZONE_MAP_TILES) and Path(settings.ZONE_MAP_TILES).is_file()


def describe_map(focus: str = "") -> dict[str, object]:
    """What the template of the map asks; `focus`: the zone that it opens on, by its name in addresses."""
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
        "words": json.dumps(words),
    }
