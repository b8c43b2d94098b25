"""What every page knows: the name of the site, where to get help, and the languages."""

from functools import cached_property, partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts.languages import get_page_language
from accounts.roles import find_own_page
from casework.current_policy import CurrentPolicy
from casework.uploads.virus_scanner import nobody_scans
from reporting.navigation import list_navigation_items
from zesportal.languages import list_languages, strip_language
from zesportal.menu import choose_frame, list_menu


class Portal:
    """The policy settings of the site, read once a page, and only if the page uses them."""

    languages = settings.LANGUAGES
    demo = settings.DEMO
    theme_class = settings.THEME_CLASS
    theme_css = settings.THEME_CSS
    theme_logo = settings.THEME_LOGO
    theme_icons = settings.THEME_ICONS
    theme_colour = settings.THEME_COLOUR
    theme_colour_dark = settings.THEME_COLOUR_DARK

    @cached_property
    def policy(self) -> CurrentPolicy:
        """The settings of today."""
        return CurrentPolicy.on(timezone.localdate())

    @property
    def nobody_scans(self) -> bool:
        """Whether incoming files are not scanned for viruses; anyone who opens one at the desk is told."""
        return nobody_scans()

    @property
    def name(self) -> str:
        """The name above every page."""
        return self.policy.text("site_name") or _("Central Desk")

    @property
    def has_brokers(self) -> bool:
        """Whether one can log in with a broker of eHerkenning or DigiD; they are set by the environment only."""
        return any(one["APPS"] for one in settings.SOCIALACCOUNT_PROVIDERS.values())

    @property
    def owner(self) -> str:
        """The owner of this installation, whom the privacy page must name."""
        return self.policy.text("site_owner")

    @property
    def phone(self) -> str:
        """The phone number of the help desk; empty if none is filled in."""
        return self.policy.text("contact_phone")

    @property
    def phone_link(self) -> str:
        """The phone number as dialled."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")

    @property
    def email(self) -> str:
        """The email address of the help desk; empty if none is filled in."""
        return self.policy.text("contact_email")

    @property
    def hours(self) -> str:
        """The opening hours of the phone."""
        return self.policy.text("contact_hours", get_page_language())


def describe_site(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `portal` in every template (`site` is what allauth calls the host's name), the rooms of
    reporting that this person may enter, the name of the address where all of their work is, the menu of the desk and
    the frame around pages that staff and others share, and in which languages search engines find the page.

    A request that is refused before anybody is known (a host that is not ours) has no user.
    """
    user = getattr(request, "user", AnonymousUser())
    return {
        "portal": Portal(),
        "rooms": SimpleLazyObject(lambda: list_navigation_items(user)),
        "own_page": SimpleLazyObject(lambda: find_own_page(user)),
        "desk_menu": SimpleLazyObject(lambda: list_menu(request)),
        "frame": partial(choose_frame, user),
        "spoken": SimpleLazyObject(lambda: list_languages(request)),
        "without_language": strip_language(request),
    }
