"""The code beside the evidence that leads a telephone to its link, and what the panel around it shows."""

import segno
from django.conf import settings
from django.urls import reverse

from accounts.languages import PARAMETER, get_page_language
from exemptions.intake import phone_links
from exemptions.models import PhoneLink


def build_address(link: PhoneLink) -> str:
    """What the code leads to, in the language of this page."""
    path = reverse("send_photos", args=[phone_links.sign_token(link)])
    return f"{settings.SITE_URL}{path}?{PARAMETER}={get_page_language()}"


def draw_code(link: PhoneLink) -> str:
    """The same as a picture."""
    return segno.make(build_address(link), error="l").svg_data_uri(border=2, scale=4)


def describe_state(link: PhoneLink | None) -> str:
    """Another one as soon as the panel shows something else."""
    return f"{bool(link.device):d}-{link.arrived}" if link else ""
