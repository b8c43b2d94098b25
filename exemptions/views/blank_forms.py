"""Empty forms to fill in at home, open to everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.uploads.file_types import XLSX
from exemptions.blank_forms import form_writer
from exemptions.models.kind import BLANK_FORMS


@require_safe
def blank_form(_request: HttpRequest, name: str) -> HttpResponse:
    """Serve the form with that name, as a spreadsheet."""
    language = {name: language for names in BLANK_FORMS.values() for language, name in names.items()}.get(name)
    if language is None:
        raise Http404
    return HttpResponse(
        form_writer.write_blank_form(language, year=timezone.localdate().year),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )
