"""The QR code next to the evidence that opens a phone's upload link, and the state of the panel around it."""

import segno
from django.conf import settings
from django.urls import reverse

from accounts.languages import PARAMETER, get_page_language
from exemptions.intake import phone_links
from exemptions.models import PhoneLink


def build_address(link: PhoneLink) -> str:
    """The URL in the code, in the language of this page."""
    path = reverse("send_photos", args=[phone_links.sign_token(link)])
    return f"{settings.SITE_URL}{path}?{PARAMETER}={get_page_language()}"


def draw_code(link: PhoneLink) -> str:
    """The code as an SVG data URI."""
    return segno.make(build_address(link), error="l").svg_data_uri(border=2, scale=4)


def describe_state(link: PhoneLink | None) -> str:
    """A mark that changes as soon as the panel would show something else."""
    return f"{bool(link.device):d}-{link.arrived}" if link else ""
