"""Values as pages, files and letters write them."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.site_languages import puts_sign_behind


def format_boolean(value: bool | None) -> str:
    """Yes, no, or nothing if it is unknown."""
    return {True: _("yes"), False: _("no"), None: ""}[value]


def format_euros(amount: int | Decimal, *, cents: bool = False) -> str:
    """An amount as the language writes it: € 30 in Dutch, 30 € in German. Whole euros, or with `cents`."""
    words = number_format(amount, decimal_pos=2 if cents else 0, force_grouping=True)
    is_behind = puts_sign_behind((get_language() or "")[:2])
    return f"{words}\N{NO-BREAK SPACE}€" if is_behind else f"€\N{NO-BREAK SPACE}{words}"
