"""Template tags of the portal's components; docs/frontend.md shows each component."""

import json
import re
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.forms import BoundField
from django.template.base import FilterExpression, Parser, Token
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework import clock
from casework.letter_pdfs import list_sender_lines
from casework.models import Letter
from casework.reference_cache import read_once
from exemptions.countries import SIGNS, get_distinguishing_sign

register = template.Library()

CLASSES = {
    "select": "utrecht-select utrecht-select--html-select",
    "textarea": "utrecht-textarea",  # its --html variant is red before anybody has typed
    "checkbox": "loket-choice__input",
    "file": "loket-file",
    "clearablefile": "loket-file",
}
ICONS = "loket/icons.svg"
TEXTBOX = "utrecht-textbox utrecht-textbox--html-input"


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's input with the theme's classes; its own classes and attributes are kept."""
    classes = [CLASSES.get(field.widget_type, TEXTBOX), field.field.widget.attrs.get("class", "")]
    attrs: dict[str, Any] = {
        "placeholder": False
    }  # set by a package: the label says it already, and stays while typing
    if field.widget_type in ("file", "clearablefile"):
        attrs |= {"data-max-bytes": settings.UPLOAD_MAX_BYTES, "data-too-big": _("too large, choose a smaller file")}
    invalid = f"{classes[0].split()[0]}--invalid" if field.errors else ""
    return field.as_widget(attrs={**attrs, "class": " ".join(filter(None, [*classes, invalid]))})


@register.filter
def lang_of(message: Message, page: str) -> str:
    """The `lang` attribute of a message in another language than the page."""
    said = next((tag[5:] for tag in (message.extra_tags or "").split() if tag.startswith("lang-")), page)
    return format_html(' lang="{}"', said) if said != page else ""


@register.filter
def first_id(field: BoundField) -> str:
    """The id of the field's first input: the target of a link in the error summary."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter("unbroken")
def mark_unbroken(number: object) -> SafeString:
    """A case number that does not wrap at its hyphen."""
    return format_html('<span class="loket-case-number">{}</span>', number)


@register.filter("unbroken_in")
def mark_unbroken_in(text: str, number: object) -> SafeString:
    """The text, with the case number in it and any brackets around it kept from wrapping."""
    bracketed = f"({number})"
    before, found, after = text.partition(bracketed if bracketed in text else str(number))
    return format_html("{}{}{}", before, mark_unbroken(found) if found else "", after)


@register.filter
def is_choices(field: BoundField) -> bool:
    """Whether the field has one input per choice: radio buttons or checkboxes."""
    return field.widget_type in ("radioselect", "checkboxselectmultiple")


@register.filter
def plate_country(field: BoundField) -> str:
    """The country of a plate: the one in its form, otherwise the one that its input is for."""
    of_form = field.form["country"].value() if "country" in field.form.fields else ""
    return of_form or getattr(field.field.widget, "country", "")


register.filter("plate_sign", get_distinguishing_sign)


class OnceNode(template.Node):
    """See `keep_part`."""

    def __init__(self, nodes: template.NodeList, about: list[FilterExpression]) -> None:
        self.nodes = nodes
        self.about = about

    def render(self, context: template.Context) -> str:
        """What is inside, as this process rendered it before, if it did."""
        about = tuple(str(one.resolve(context)) for one in self.about)
        key = (OnceNode, get_language(), clock.today(), *about)
        return read_once(key, lambda: self.nodes.render(context))


@register.tag(name="once")
def keep_part(parser: Parser, token: Token) -> OnceNode:
    """`{% once "name" … %}`: a part of the frame that is rendered once for each language and value named.

    It depends on nothing else but the settings: a changed reference row or another day renders it anew, and so does
    a page that answers a form.
    """
    about = [parser.compile_filter(one) for one in token.split_contents()[1:]]
    nodes = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode(nodes, about)


@register.simple_tag
def list_sender(letter: Letter) -> list[str]:
    """Name and address above a letter, in its language, as they were on that day."""
    return list_sender_lines(letter.language, on=letter.made_known_on or clock.today())


@register.simple_tag
def list_plate_signs() -> str:
    """The country signs, for the script that follows the choice of a country."""
    return json.dumps(SIGNS)


@register.simple_tag(name="icon")
def draw_icon(name: str) -> SafeString:
    """An icon from the sprite, next to a text that says the same."""
    return format_html(
        '<svg class="loket-icon" width="24" height="24" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static(ICONS),
        name,
    )


@register.simple_tag(name="kind_icon")
def draw_kind(code: str) -> SafeString:
    """The icon of a kind of exemption; a general one if it has none of its own."""
    return draw_icon(f"kind-{code}" if f"kind-{code}" in list_icons() else "kind")


@cache
def list_icons() -> frozenset[str]:
    """The icons in the sprite."""
    return frozenset(re.findall(r'<symbol id="([\w-]+)"', (settings.BASE_DIR / "static" / ICONS).read_text()))
