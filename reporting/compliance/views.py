"""The page that explains how to count passages on one's own machine, and accepts the result."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from casework.uploads.refusals import FileRefused
from exemptions.views.screens import user_of
from reporting.compliance.handing_in import take_in_result
from reporting.deliveries.access import only_for
from reporting.returns.jurisdiction import DELIVER, find_own_municipalities


class ResultForm(forms.Form):
    """The file that the count wrote."""

    file = forms.FileField(
        label=_("The result"),
        help_text=_("The file that the count wrote (.json). Never send the passages."),
        allow_empty_file=True,  # our own message says what to do
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        error_messages={"required": _("Choose a file first.")},
    )


@only_for(DELIVER)
@require_http_methods(["GET", "HEAD", "POST"])
def upload_result(request: HttpRequest) -> HttpResponse:
    """Upload a result, to be checked first: nothing is handed in yet."""
    form = ResultForm(request.POST, request.FILES) if request.method == "POST" else ResultForm()
    if request.method == "POST" and form.is_valid():
        try:
            taken = take_in_result(form.cleaned_data["file"], by=user_of(request))
            return redirect("return_upload_check", key=taken.key)
        except FileRefused as refused:
            form.add_error("file", refused.messages)
    context = {"form": form, "own": find_own_municipalities(user_of(request))}
    return render(request, "reporting/returns/passages.html", context)
