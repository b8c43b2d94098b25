"""Filing a complaint in the portal, and following it."""

from contextlib import suppress
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_fsm import ConcurrentTransition, TransitionNotAllowed, can_proceed

from accounts.form_recovery import keep_typed, take_typed
from accounts.models import User
from casework import file_responses
from casework.clock import today
from casework.deadline_words import describe_decision_deadline
from casework.letter_pdfs import render_letter_html
from casework.limits import is_within_limit
from casework.models import CaseMessage, Document, Dossier, Event, Letter
from casework.steps import find_applicant_texts
from complaints.forms import ComplaintForm
from complaints.models import Complaint
from exemptions.portal import timeline
from exemptions.views.case_messages import Thread, answer_request
from exemptions.views.conflict import Home
from exemptions.views.screens import user_of

COLUMNS = ("about", "happened_on", "about_whom", "application", "address", "by_post")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def make_complaint(request: HttpRequest) -> HttpResponse:
    """The complaint form; if anything is wrong, what was typed stays in it."""
    user = user_of(request)
    if request.method != "POST":
        return show_form(request, ComplaintForm(take_typed(request), user=user))
    form = ComplaintForm(request.POST, user=user)
    if not form.is_valid():
        return show_form(request, form)
    if known := find_sent(form, user):
        return redirect("complaint", key=known.key)
    if not is_within_limit(request, "complaints_a_day"):
        form.add_error(None, _("You have sent many complaints in a short time. Wait a day, or call us."))
        return show_form(request, form)
    return redirect("complaint", key=file_once(form, user).key)


def find_sent(form: ComplaintForm, user: User) -> Complaint | None:
    """The complaint that the first of two clicks filed; the second does not count towards the limit."""
    found: Complaint | None = Complaint.objects.of_applicant(user).filter(key=form.cleaned_data["key"]).first()
    return found


def file_once(form: ComplaintForm, user: User) -> Complaint:
    """Create and file the complaint; a second click finds the first by its key."""
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
    """The complaint form, with its errors."""
    return render(request, "portal/complain.html", {"form": form}, status=422 if form.errors else 200)


def find_own(request: HttpRequest, key: UUID) -> Complaint:
    """A complaint of this user. Raises Http404 for anybody else's."""
    mine = Complaint.objects.of_applicant(user_of(request)).for_list()
    found: Complaint = get_object_or_404(mine, key=key)
    return found


def list_lines(found: Complaint, *, reader: User) -> list[timeline.TimelineLine]:
    """The history as far as the complainant may see it, latest first."""
    words = find_applicant_texts(Complaint)
    return timeline.describe_events(Event.objects.of(found).filter(step__in=words), words, reader=reader)


@never_cache
@require_safe
@keep_typed
def show_complaint(request: HttpRequest, key: UUID) -> HttpResponse:
    """The status, our letters, and the history."""
    found = find_own(request, key)
    letters = Letter.objects.filter(dossier=found.dossier_id).order_by("-placed_at", "-pk")
    context = {
        "complaint": found,
        "sum": describe_decision_deadline(found),
        "can_withdraw": can_proceed(found.withdraw),
        "letters": [(letter, render_letter_html(letter.shown_body, heading=3)) for letter in letters],
        "new_messages": CaseMessage.objects.of(found).from_side(desk=True).unread().exists(),
        "timeline": list_lines(found, reader=user_of(request)),
    }
    return render(request, "portal/complaint.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def complaint_messages(request: HttpRequest, key: UUID) -> HttpResponse:
    """Messages about a complaint: reading and writing."""
    found, reader = find_own(request, key), user_of(request)
    home = Home(
        url=reverse("complaint", args=[found.key]),
        last=lambda: next(iter(list_lines(found, reader=reader)), None),
        shown={"complaint": found},
    )
    title = _("Messages about your complaint, %(number)s") % {"number": found.dossier}
    head, file_page = "portal/_complaint_head.html", "complaint_document"
    return answer_request(request, Thread(found, home, title, head=head, file_key=found.key, file_page=file_page))


@require_safe
@keep_typed
def show_document(request: HttpRequest, key: UUID, pk: int) -> HttpResponseBase:
    """A file sent with a message about the user's complaint. 404 if it was removed."""
    sent = CaseMessage.objects.of(find_own(request, key)).files()
    return file_responses.as_response(get_object_or_404(Document, pk=pk, pk__in=sent, removed_at=None))


@never_cache
@require_POST
@keep_typed
def withdraw_complaint(request: HttpRequest, key: UUID) -> HttpResponse:
    """Withdraw the complaint; a second click changes nothing."""
    found = find_own(request, key)
    with suppress(TransitionNotAllowed, ConcurrentTransition):
        found.withdraw(by=user_of(request))
    return redirect("complaint", key=key)
