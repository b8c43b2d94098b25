"""Template tags of the portal's components; docs/frontend.md shows each component."""

from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

CLASSES = {
    "select": "utrecht-select utrecht-select--html-select",
    "textarea": "utrecht-textarea",  # its --html variant is red before anybody has typed
    "checkbox": "loket-choice__input",
    "file": "loket-file",
    "clearablefile": "loket-file",
}
TEXTBOX = "utrecht-textbox utrecht-textbox--html-input"


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's input with the theme's classes; its own classes and attributes stay."""
    classes = [CLASSES.get(field.widget_type, TEXTBOX), field.field.widget.attrs.get("class", "")]
    attrs: dict[str, Any] = {
        "placeholder": False
    }  # a package's own: the label says it already, and stays when one types
    if field.widget_type in ("file", "clearablefile"):
        attrs |= {"data-max-bytes": settings.UPLOAD_MAX_BYTES, "data-too-big": _("too large, choose a smaller file")}
    invalid = f"{classes[0].split()[0]}--invalid" if field.errors else ""
    return field.as_widget(attrs={**attrs, "class": " ".join(filter(None, [*classes, invalid]))})


@register.filter
def lang_of(message: Message, page: str) -> str:
    """The `lang` attribute of a message that was said in another language than that of the page."""
    said = next((tag[5:] for tag in (message.extra_tags or "").split() if tag.startswith("lang-")), page)
    return format_html(' lang="{}"', said) if said != page else ""


@register.filter
def first_id(field: BoundField) -> str:
    """The id of the field's first input: where a link in the error summary goes."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def is_choices(field: BoundField) -> bool:
    """Whether the field shows one input for each choice: radio buttons, or checkboxes for several."""
    return field.widget_type in ("radioselect", "checkboxselectmultiple")
