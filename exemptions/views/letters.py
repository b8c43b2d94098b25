"""Letters: the same words on the page and in the PDF."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.form_recovery import keep_typed
from casework import file_responses, letter_pdfs
from casework.models import Letter
from exemptions.models import Application, LetterReading
from exemptions.views.mine import get_own_application
from exemptions.views.screens import user_of


@never_cache
@require_safe
@keep_typed
def show_letter(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """A letter as a page."""
    application = get_own_application(request, key)
    found = letter_of(application, pk)
    LetterReading.note(found, by=user_of(request))
    context = {"application": application, "letter": found, "body": letter_pdfs.render_letter_html(found.shown_body)}
    return render(request, "portal/letter.html", context)


@require_safe
@keep_typed
def letter_pdf(request: HttpRequest, key: UUID, pk: int) -> HttpResponseBase:
    """The same letter as PDF."""
    found = letter_of(get_own_application(request, key), pk)
    LetterReading.note(found, by=user_of(request))
    return file_responses.letter_as_response(found)


def letter_of(application: Application, pk: int) -> Letter:
    """A letter of the application; a draft has none."""
    if application.is_draft:
        raise Http404
    return get_object_or_404(application.dossier.letters.select_related("pdf", "dossier"), pk=pk)
