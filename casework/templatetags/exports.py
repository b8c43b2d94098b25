"""The links of a list of the admin to its files."""

from typing import Any

from django import template
from django.contrib.admin.views.main import ChangeList

from casework.desk.saved_views import COLUMNS
from casework.exports.changelists import build_search_listing, is_worklist, listing_of

register = template.Library()


@register.inclusion_tag("exports/links.html", takes_context=True)
def export_changelist(context: template.Context, cl: ChangeList) -> dict[str, Any]:
    """The list as it is on the page: its filters in the URL, the search words in a form."""
    listing = (
        build_search_listing(cl.model_admin) if cl.query and is_worklist(cl.model_admin) else listing_of(cl.model_admin)
    )
    asked = context["request"].GET.copy()
    if columns := getattr(cl, "chosen", None):  # also those that this reader chose for good
        asked[COLUMNS] = ".".join(columns)
    filters = listing.kept(asked).urlencode()
    return {
        "listing": listing.name,
        "filters": f"?{filters}" if filters else "",
        "words": cl.query,
        "csrf_token": context["csrf_token"],
    }
