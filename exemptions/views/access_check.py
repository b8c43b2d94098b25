"""Whether a vehicle may enter. Visitors type the plate in a form; it stays in the session and never is in a URL."""

from http import HTTPStatus
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from casework.limits import is_within_lookups
from exemptions.forms.access import AccessForm
from exemptions.forms.advice import AdviceForm
from exemptions.forms.facts import TypedFactsForm
from exemptions.intake import access, prefill, summary
from zones.plates import spell_plate


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def access_check(request: HttpRequest) -> HttpResponse:
    """Ask which vehicle, and on which day."""
    form = AccessForm(request.POST) if request.method == "POST" else AccessForm()
    if form.is_bound and form.is_valid():
        prefill.keep_vehicle(request, form.asked())
        return redirect("access_answer")
    return render(request, "portal/access_check.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def access_answer(request: HttpRequest) -> HttpResponse:
    """Show the answer with the best next step; if facts are missing, a form to type them."""
    asked = prefill.read_vehicle(request)
    if asked is None:
        return redirect("access_check")
    if not is_within_lookups(request):
        return too_often(request, asked)
    answer = access.answer_check(asked)
    form = facts_form(request, answer)
    if form and form.is_bound and form.is_valid():
        typed = {**asked.typed, **form.typed()}
        for name in form.fields:
            if name not in form.typed():
                typed.pop(name, None)
        prefill.keep_vehicle(request, prefill.AccessQuestion(asked.plate, asked.country, asked.on, typed))
        return redirect("access_answer")
    asks = advice_form(request)
    is_told = answer.needs_exemption and asks.is_bound and asks.is_valid()
    context = {
        "answer": answer,
        "advice_form": asks,
        "advice": access.find_advice(answer, asks.said()) if is_told else None,
        "key": uuid4(),
        "plate": spell_plate(asked.plate, country=asked.country),
        "form": form,
        "facts": summary.facts_rows(answer.facts),
    }
    return render(request, "portal/access_answer.html", context)


def advice_form(request: HttpRequest) -> AdviceForm:
    """The two questions; bound if the query string answers one of them."""
    return AdviceForm(request.GET if AdviceForm.base_fields.keys() & request.GET.keys() else None)


def facts_form(request: HttpRequest, answer: access.AccessAnswer) -> TypedFactsForm | None:
    """The form for facts that are unknown, or that only the reader supplied; None if there are none."""
    if not answer.lacks and not answer.is_typed:
        return None
    only = answer.lacks or list(answer.asked.typed)
    data = request.POST if request.method == "POST" else None
    return TypedFactsForm(data, only=only, initial=answer.asked.typed)


def too_often(request: HttpRequest, asked: prefill.AccessQuestion) -> HttpResponse:
    """Ask the visitor to wait a minute; the form keeps what was typed."""
    form = AccessForm({"plate": asked.plate, "country": asked.country, "on": asked.on})
    form.add_error(None, _("You have looked up many vehicles in a short time. Wait a minute and try again."))
    return render(request, "portal/access_check.html", {"form": form}, status=HTTPStatus.TOO_MANY_REQUESTS)
