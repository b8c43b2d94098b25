"""The day exemption: one short form, a page to confirm, and an immediate grant."""

from dataclasses import replace
from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import languages
from accounts.form_recovery import keep_typed, take_typed
from accounts.models import User
from casework.limits import count_use, is_within_lookups
from casework.steps import StepRefused
from exemptions import countries, day_exemptions, fees, letter_channel, mandates
from exemptions.day_vehicles import TooManyVehicles
from exemptions.forms.applicant import ApplicantForm, details_of
from exemptions.forms.check import read_channel
from exemptions.forms.choices import ChannelForm
from exemptions.forms.day import DayForm
from exemptions.intake import access, prefill, summary
from exemptions.intake.day_wish import DayWish, find_awaited_before, find_granted_before, find_standing_days
from exemptions.models import Applicant, Application, Exemption, FactsRecord, KindVersion
from exemptions.models.application_query import ApplicationQuerySet
from exemptions.views.mine import get_own_application
from exemptions.views.screens import user_of
from exemptions.views.verify import qr_of
from zones.access import VehicleFacts
from zones.plates import spell_plate


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def day_exemption(request: HttpRequest) -> HttpResponse:
    """Ask; show vehicle, fee and what is left of the year; confirm."""
    applicants = list(Applicant.objects.of(user_of(request)).order_by("name", "pk"))
    if not applicants:
        return redirect("day_exemption_applicant")
    if request.method != "POST":
        return show_form(request, DayForm(take_typed(request), applicants=applicants, initial=checked_before(request)))
    form = DayForm(request.POST, applicants=applicants)
    if not form.is_valid():
        return show_form(request, form)
    if "change" in request.POST:
        return show_form(request, form)
    if not is_within_lookups(request):
        form.add_error(None, _("You have looked up many vehicles in a short time. Wait a minute and try again."))
        return show_form(request, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    return respond_to_check(request, form, wish_of(form))


def checked_before(request: HttpRequest) -> dict[str, Any]:
    """The vehicle of the last access check, so that nobody types it twice."""
    asked = prefill.read_vehicle(request)
    return {"plate": asked.plate, "country": asked.country, "day": asked.on} if asked else {}


def wish_of(form: DayForm) -> DayWish:
    """The wish in a valid form, after looking the vehicle up in the register."""
    data = form.cleaned_data
    asked = prefill.AccessQuestion(plate=data["plate"], country=data["country"], on=data["day"])
    state, lookup = access.look_up_vehicle(asked)
    facts = lookup.facts if lookup else VehicleFacts()
    if facts.category is None and data["vehicle_class"]:
        facts = replace(facts, category=data["vehicle_class"])
    place = {name: data[name] for name in ("plate", "country", "municipality")}
    return DayWish(form.chosen_applicant(), **place, days=form.days(), facts=facts, lookup=lookup, state=state)


def respond_to_check(request: HttpRequest, form: DayForm, wish: DayWish) -> HttpResponse:
    """Respond with an obstacle, another question, the page to confirm, or the exemption itself."""
    if there := redirect_to_earlier(request, wish):
        return there
    if wish.facts.category == "other":
        message = _("The zones only concern vans and trucks. This vehicle may enter and does not need an exemption.")
        form.add_error("vehicle_class" if form.asks_class else "plate", ValidationError(message, code="out"))
        return show_form(request, form)
    if wish.facts.category is None:
        form.ask_class()
        if "class_asked" in request.POST:
            form.add_error("vehicle_class", form.fields["vehicle_class"].error_messages["required"])
        return show_form(request, form, wish=wish)
    if without := next((one for one in wish.days if not kind_on(one)), None):
        form.add_error(form.field_of(without), _("There are no day exemptions for that day."))
        return show_form(request, form)
    return settle_request(request, form, wish) if is_asked(request) else show_confirmation(request, form, wish)


def is_asked(request: HttpRequest) -> bool:
    """Whether the user pressed the button for the exemption, or for a decision on it."""
    return "ask" in request.POST or "decision" in request.POST


def settle_request(request: HttpRequest, form: DayForm, wish: DayWish) -> HttpResponse:
    """Grant the exemption, file an application for a decision on it, or say why not."""
    if not count_use(user_of(request).pk, "day_exemptions_an_hour"):
        form.add_error(None, _("You have applied for many day exemptions in a short time. Wait an hour."))
        return show_form(request, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    text = letter_channel.find_channel_question(wish.applicant) if "ask" in request.POST else None
    letters = ChannelForm(request.POST, text=text) if text else None
    if letters and not letters.is_valid():
        return confirm_page(request, form, wish, letters=letters)
    try:
        return ask_and_redirect(request, wish, reached=read_channel(letters, text) if letters else None)
    except StepRefused as refused:
        if can_be_decided(refused) and len(wish.days) == 1 and "decision" in request.POST:
            return file_for_decision(request, form, wish)
        return show_refusal(request, form, wish, refused)


def show_confirmation(request: HttpRequest, form: DayForm, wish: DayWish) -> HttpResponse:
    """The page to confirm, or the obstacles that the user may know of."""
    try:
        day_exemptions.refuse_any(wish.days, by=user_of(request), applicant=wish.applicant, **wish.vehicle)
    except StepRefused as refused:
        return show_refusal(request, form, wish, refused)
    return confirm_page(request, form, wish)


def redirect_to_earlier(request: HttpRequest, wish: DayWish) -> HttpResponse | None:
    """Redirect to what the user's side asked for before: the exemption, or the pending application; None if nothing."""
    if awaited := find_awaited_before(user_of(request), wish):
        messages.info(request, _("You have already asked for a decision about this day. Here you see its status."))
        return redirect("application", key=awaited.key)
    if existing := find_granted_before(user_of(request), wish):
        several = _("You already have these day exemptions. Nothing was requested twice.")
        one = _("You already have this day exemption. Nothing was requested twice.")
        messages.info(request, several if len(wish.days) > 1 else one)
        return redirect("day_exemption_done", key=existing.key)
    return None


def request_of(request: HttpRequest, wish: DayWish) -> dict[str, Any]:
    """The wish as keyword arguments for `day_exemptions.ask_day_exemption`."""
    return {
        "by": user_of(request),
        "applicant": wish.applicant,
        "facts": wish.facts,
        "source": FactsRecord.Source.REGISTER if wish.is_verified else FactsRecord.Source.APPLICANT,
        **wish.vehicle,
        "language": languages.choose_written_language(),
        "rows": dict(wish.lookup.rows) if wish.lookup else None,
    }


def file_for_decision(request: HttpRequest, form: DayForm, wish: DayWish) -> HttpResponse:
    """File it for a person to decide on; a second click shows the same application."""
    try:
        application = day_exemptions.ask_decision(day=wish.day, **request_of(request, wish))
    except StepRefused as refused:
        return show_refusal(request, form, wish, refused)
    messages.success(request, _("We have received your application. A caseworker decides on it."))
    return redirect("application", key=application.key)


def ask_and_redirect(
    request: HttpRequest, wish: DayWish, *, reached: letter_channel.ChannelAnswer | None
) -> HttpResponse:
    """File and grant; two simultaneous clicks give one exemption, and both show it.

    `reached`: how letters are to reach the applicant, if that was asked; it already applies to the decision.
    """
    try:
        with transaction.atomic():
            letter_channel.keep_answer(wish.applicant, reached, by=user_of(request))
            application, *_others = day_exemptions.ask_each(days=wish.days, **request_of(request, wish))
    except StepRefused:
        if existing := find_granted_before(user_of(request), wish):
            return redirect("day_exemption_done", key=existing.key)
        raise
    prefill.keep_vehicle(request, prefill.AccessQuestion(plate=wish.plate, country=wish.country, on=wish.day))
    return redirect("day_exemption_done", key=application.key)


def show_refusal(request: HttpRequest, form: DayForm, wish: DayWish, refused: StepRefused) -> HttpResponse:
    """The form with the reason at its field; and with other kinds to apply for, if the year's maximum is reached."""
    if refused.field == "until":
        refused.field = form.field_of(wish.days[-1])
    refused.add_to(form)
    others = []
    if refused.field == "plate":
        fits = access.find_fitting_kinds(wish.facts, on=wish.day, doubtful=not wish.is_verified)
        others = [fit.kind for fit in fits if not fit.kind.is_day]
    more = {"may_decide": can_be_decided(refused), "is_of_others": isinstance(refused, day_exemptions.InTheWay)}
    return show_form(request, form, others=others, **more)


def can_be_decided(refused: StepRefused) -> bool:
    """Whether a person can decide on it: beyond the year's maximum, or because of what somebody else has."""
    return refused.field == "plate" and not isinstance(refused, TooManyVehicles)


def kind_on(on: date) -> KindVersion | None:
    """The day exemption as it is on a day."""
    return KindVersion.objects.in_force(on=on).filter(scope=KindVersion.Scope.DAY).first()


def show_form(request: HttpRequest, form: DayForm, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
    """Render the page with the form and the current kind; `more`: context about a refusal."""
    context = {"form": form, "kind": kind_on(timezone.localdate()), **more}
    return render(request, "portal/day_exemption.html", context, status=status)


def confirm_page(
    request: HttpRequest, form: DayForm, wish: DayWish, *, letters: ChannelForm | None = None
) -> HttpResponse:
    """The page to confirm: everything once more, with the register's data, the fee and what is left of the year.

    `letters`: the form for how letters are to come, if that was asked here and not answered.
    """
    text = letter_channel.find_channel_question(wish.applicant)
    context = {
        "form": form,
        "letters": letters or (ChannelForm(text=text) if text else None),
        "wish": wish,
        "kind": kind_on(wish.day),
        "facts": summary.facts_rows(wish.facts),
        "days": "\n".join(f"{date_format(one, 'l')} {date_format(one)}" for one in wish.days),
        "years": wish.years,
        "total": fees.sum_fees([kind for one in wish.days if (kind := kind_on(one))]) if len(wish.days) > 1 else "",
        "access": wish.access,
        "plate": spell_plate(wish.plate, country=wish.country),
        "country": countries.get_country_name(wish.country) if wish.country != "NL" else "",
    }
    return render(request, "portal/day_exemption_confirm.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def day_exemption_applicant(request: HttpRequest) -> HttpResponse:
    """Add an applicant, for users who never applied before or now apply for somebody else."""
    data = request.POST if request.method == "POST" else take_typed(request)
    form = ApplicantForm(data, initial=details_of(user_of(request)))
    if request.method == "POST" and form.is_valid():
        mandates.add_applicant(form.details(), by=user_of(request), role=form.role_chosen())
        return redirect("day_exemption")
    return render(request, "portal/day_exemption_applicant.html", {"form": form})


@never_cache
@require_safe
@keep_typed
def day_exemption_done(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what was granted: the period, the reference, the letter, and where anybody can check it."""
    application = get_own_application(request, key)
    if not application.has_standing_day():
        return redirect("application", key=key)
    exemption = application.exemptions.select_related("decision").get(revoked_at=None)
    context = {
        "application": application,
        "exemption": exemption,
        "decision": exemption.decision,
        "letter": application.dossier.letters.filter(kind="day_granted").first(),
        "check": qr_of(exemption),
        "plate": spell_plate(exemption.plate, country=exemption.country),
        "others": others_of(user_of(request), exemption),
        "used": used_of_year(application, exemption),
        "most": day_exemptions.get_day_maximum(exemption.day_use.day),
    }
    return render(request, "portal/day_exemption_done.html", context)


def used_of_year(application: Application, exemption: Exemption) -> int:
    """How many the applicant has had for this vehicle and place in the year of this one."""
    use, applicant = exemption.day_use, application.applicant
    if applicant is None:
        raise ValueError("what was filed has an applicant")
    about = {name: getattr(use, name) for name in ("plate", "country", "municipality", "year")}
    return day_exemptions.count_used(applicant, **about)


def others_of(user: User, exemption: Exemption) -> ApplicationQuerySet:
    """The other coming days for the same vehicle and place, so that those requested together are shown together."""
    vehicle = {name: getattr(exemption.day_use, name) for name in ("plate", "country", "municipality")}
    coming = find_standing_days(user, **vehicle).filter(exemptions__day_use__day__gte=timezone.localdate())
    others: ApplicationQuerySet = coming.exclude(exemptions=exemption).order_by("wanted_from")
    return others
