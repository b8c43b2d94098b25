"""The choice of client above 'my' pages: `{% load client_choice %}{% client_choice %}`."""

from typing import Any

from django import template

from exemptions.portal.client_choice import KEPT, list_choices

register = template.Library()


@register.inclusion_tag("portal/_client_choice.html", takes_context=True)
def client_choice(context: Any) -> dict[str, Any]:
    """The clients, with the chosen one; one query."""
    request = context["request"]
    applicants = list_choices(request)
    kept = request.session.get(KEPT)
    return {
        "applicants": applicants,
        "chosen": next((one for one in applicants if one.pk == kept), None),
        "page_name": request.resolver_match.view_name,
        "csrf_token": context.get("csrf_token"),
    }
