"""Complaining in the portal, and following one's complaint."""

from contextlib import suppress
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_fsm import ConcurrentTransition, TransitionNotAllowed, can_proceed

from accounts import rate
from accounts.form_recovery import keep_typed, take_typed
from accounts.models import User
from casework.clock import today
from casework.deadline_words import describe_decision_deadline
from casework.letter_pdfs import render_letter_html
from casework.models import Dossier, Event, Letter
from casework.policy import CurrentPolicy
from casework.steps import words_told
from complaints.forms import ComplaintForm
from complaints.models import Complaint
from exemptions.portal import timeline
from exemptions.views.screens import user_of

DAY = 86_400
COLUMNS = ("about", "happened_on", "about_whom", "application", "address", "by_post")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def make_complaint(request: HttpRequest) -> HttpResponse:
    """The form; what was typed stays in it, whatever is wrong."""
    user = user_of(request)
    if request.method != "POST":
        return show_form(request, ComplaintForm(take_typed(request), user=user))
    form = ComplaintForm(request.POST, user=user)
    if not form.is_valid():
        return show_form(request, form)
    if known := find_sent(form, user):
        return redirect("complaint", key=known.key)
    most = CurrentPolicy.on(today()).number("complaints_a_day")
    if not rate.is_within_rate(request, "complaint", most=most, seconds=DAY):
        form.add_error(None, _("You have sent many complaints in a short time. Wait a day, or call us."))
        return show_form(request, form)
    return redirect("complaint", key=file_once(form, user).key)


def find_sent(form: ComplaintForm, user: User) -> Complaint | None:
    """What the first of two clicks sent: the second counts for no limit."""
    found: Complaint | None = Complaint.objects.of_applicant(user).filter(key=form.cleaned_data["key"]).first()
    return found


def file_once(form: ComplaintForm, user: User) -> Complaint:
    """The complaint, sent; a second click finds the first by its key."""
    data, key = form.cleaned_data, form.cleaned_data["key"]
    row = {name: data[name] for name in COLUMNS} | ({"key": key} if key else {})
    who = {"complainant": user, "name": user.name or user.email, "email": user.email}
    language = "nl" if (get_language() or "nl").startswith("nl") else "en"
    try:
        with transaction.atomic():
            made: Complaint = Complaint.objects.create(
                dossier=Dossier.objects.create(), language=language, **who, **row
            )
            made.file(by=user, received_on=today())
    except IntegrityError:
        found: Complaint = get_object_or_404(Complaint.objects.of_applicant(user), key=key)
        return found
    return made


def show_form(request: HttpRequest, form: ComplaintForm) -> HttpResponse:
    """The page."""
    return render(request, "portal/complain.html", {"form": form}, status=422 if form.errors else 200)


def find_own(request: HttpRequest, key: UUID) -> Complaint:
    """A complaint of this user; anybody else's does not exist here."""
    mine = Complaint.objects.of_applicant(user_of(request)).for_list()
    found: Complaint = get_object_or_404(mine, key=key)
    return found


@never_cache
@require_safe
@keep_typed
def show_complaint(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where it stands, our letters, and what happened."""
    found = find_own(request, key)
    words, reader = words_told(Complaint), user_of(request)
    events = Event.objects.of(found).filter(step__in=words)
    letters = Letter.objects.filter(dossier=found.dossier_id).order_by("-placed_at", "-pk")
    context = {
        "complaint": found,
        "sum": describe_decision_deadline(found),
        "can_withdraw": can_proceed(found.withdraw),
        "letters": [(letter, render_letter_html(letter.shown_body, heading=3)) for letter in letters],
        "timeline": timeline.describe_events(events, words, reader=reader),
    }
    return render(request, "portal/complaint.html", context)


@never_cache
@require_POST
@keep_typed
def withdraw_complaint(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take it back; a second click changes nothing."""
    found = find_own(request, key)
    with suppress(TransitionNotAllowed, ConcurrentTransition):
        found.withdraw(by=user_of(request))
    return redirect("complaint", key=key)
