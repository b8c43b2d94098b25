"""The page of an officer in the street: one vehicle, one answer, and the next question below it."""

from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.form_recovery import keep_typed, take_typed
from accounts.roles import CHECK_VEHICLES
from enforcement import rate
from enforcement.answer_words import AnswerWords, describe_answer
from enforcement.checks import answer_one
from enforcement.forms import StreetCheckForm
from enforcement.journal import note_street_check
from exemptions.views.screens import user_of


@never_cache
@keep_typed
@require_http_methods(["GET", "HEAD", "POST"])
def check_vehicle(request: HttpRequest) -> HttpResponse:
    """May this vehicle be in the zone now? The question is recorded before it is answered."""
    officer = user_of(request)
    if not officer.has_perm(CHECK_VEHICLES):
        raise PermissionDenied(f"user {officer.pk} is no officer of enforcement")
    if request.method != "POST":
        return show_page(request, StreetCheckForm(take_typed(request), by=officer))
    form = StreetCheckForm(request.POST, by=officer)
    if not form.is_valid():
        return show_page(request, form)
    if not rate.within_street_checks(officer.pk):
        form.add_error(None, _("You have asked about many vehicles in a short time. Wait a minute and try again."))
        return show_page(request, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    question, place = form.read(), form.cleaned_data["municipality"]
    note_street_check(question, by=officer)
    answer = describe_answer(question, answer_one(question), place=place)
    return show_page(request, StreetCheckForm(by=officer, follows=place), answer=answer)


def show_page(
    request: HttpRequest, form: StreetCheckForm, *, answer: AnswerWords | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    """The answer, if any, and the form for the next question."""
    return render(request, "enforcement/street_check.html", {"form": form, "answer": answer}, status=status)
