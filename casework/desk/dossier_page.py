"""The page on which the dossier of a case is asked as a PDF, and on which one reads who asked it before."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import User
from casework.dossier_pdf.export import (
    CASE,
    LISTING,
    NOTES,
    NUMBER,
    PURPOSE,
    describe_choice,
    find_case,
    find_made,
    name_case,
)
from casework.dossier_pdf.pieces import Purpose, list_pieces
from casework.exports.views import request_in_background

SHOWN = 10
"""Of those that were asked before, the latest."""


class DossierForm(forms.Form):
    """What for, and whether internal notes go along."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("What is it for?"), choices=Purpose.choices, widget=forms.RadioSelect
    )
    notes = forms.BooleanField(
        label=gettext_lazy("With the internal notes of colleagues"),
        help_text=gettext_lazy("They are no pieces of the case: leave them out for a court and for inspection."),
        required=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def show_dossier(request: HttpRequest, case_type: str, pk: int, *, context: dict[str, Any]) -> HttpResponse:
    """The choice with the pieces, and the button; `context`: what every page of the desk reads."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    desk, case = find_case(f"{case_type}-{pk}", user)
    form = DossierForm(request.POST or None, initial={"purpose": first_purpose(case)})
    if request.method == "POST" and form.is_valid():
        filters = build_filters(case, purpose=form.cleaned_data["purpose"], notes=form.cleaned_data["notes"])
        if "make" in request.POST:
            return request_in_background(request, LISTING, filters, format="pdf", user=user)
    purpose = Purpose(form.cleaned_data["purpose"]) if form.is_bound and form.is_valid() else first_purpose(case)
    with_notes = bool(form.is_bound and form.is_valid() and form.cleaned_data["notes"])
    shown = {
        "title": _("Dossier as PDF"),
        "case": case,
        "desk": desk,
        "case_name": desk.title(case),
        "line": desk.line(case),
        "form": form,
        "pieces": list_pieces(case, user=user, purpose=purpose, with_notes=with_notes),
        "made": [(one, describe_choice(QueryDict(one.filters))) for one in find_made(case)[:SHOWN]],
    }
    status = 422 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "desk/dossier.html", {**context, **shown}, status=status)


def first_purpose(case: Any) -> Purpose:
    """What it is most likely for."""
    usual = {"appeal": Purpose.COURT, "objection": Purpose.INSPECTION}
    return usual.get(case.CASE_TYPE, Purpose.DISCLOSURE)


def build_filters(case: Any, *, purpose: str, notes: bool) -> QueryDict:
    """What the export is asked with; the case stands first, so that those of a case are found by it."""
    filters = QueryDict(mutable=True)
    filters[CASE], filters[NUMBER], filters[PURPOSE] = name_case(case), str(case.dossier), purpose
    if notes:
        filters[NOTES] = "1"
    return filters
