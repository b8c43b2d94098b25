"""The contents of a submitted form of ours: `{% load blank_forms %}{% filled_form item as form %}`."""

from django import template

from casework.uploads.file_types import XLSX
from casework.uploads.refusals import FileRefused
from exemptions.blank_forms import form_reader
from exemptions.models import EvidenceItem
from exemptions.models.kind import BLANK_FORMS

register = template.Library()


@register.simple_tag
def filled_form(item: EvidenceItem) -> dict[str, list[tuple[str, str]]] | None:
    """The sums and the answers of the latest one; None if there is none that a machine can read."""
    if item.requirement.code not in BLANK_FORMS:
        return None
    sheets = [one for one in item.documents.all() if one.content_type == XLSX and one.removed_at is None]
    for document in sorted(sheets, key=lambda one: one.pk, reverse=True):
        try:
            with document.file.open("rb") as content:
                form = form_reader.read_answers(content.read())
        except (FileRefused, OSError):
            continue
        return {"sums": list(form_reader.sums_of(form)), "answers": form_reader.in_words(form)}
    return None
