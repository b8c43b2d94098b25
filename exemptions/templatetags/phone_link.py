"""Next to the evidence: `{% load phone_link %}{% find_phone_link draft as link %}`, `{{ link|phone_code }}`."""

from django import template

from exemptions.intake.phone_links import find_running
from exemptions.models import Application, PhoneLink
from exemptions.portal.phone_code import describe_state, draw_code

register = template.Library()


@register.simple_tag
def find_phone_link(draft: Application) -> PhoneLink | None:
    """The working link of a draft; one query."""
    return find_running(draft)


register.filter("phone_code", draw_code)
register.filter("phone_state", describe_state)
