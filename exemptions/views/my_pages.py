"""'My' pages across all cases: exemptions and their proof, letters, files, mails and questions."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.form_recovery import keep_typed
from accounts.models import User
from casework.models import Letter
from exemptions.models import Applicant
from exemptions.portal import current_exemptions, letterbox, my_questions, proof_copy
from exemptions.portal.client_choice import find_chosen
from exemptions.views import extend
from exemptions.views.screens import user_of
from exemptions.views.verify import find_verification_state, qr_of

A_PAGE = 20


@never_cache
@require_safe
@keep_typed
def my_exemptions(request: HttpRequest) -> HttpResponse:
    """Show until when each exemption is valid, its proof, whether it can be extended, and the days left this year."""
    user, now, chosen = user_of(request), timezone.now(), find_chosen(request)
    page = Paginator(current_exemptions.find_exemptions(user, now=now, applicant=chosen), A_PAGE).get_page(
        request.GET.get("page")
    )
    listed = current_exemptions.build_current_exemptions(page.object_list, now=now)
    context = {
        "page": page,
        "running": [one for one in listed if not one.is_over],
        "over": [one for one in listed if one.is_over],
        "days": current_exemptions.day_counts(user, today=timezone.localdate(now), applicant=chosen),
        "acts_for": list(Applicant.objects.of(user)[:2]),
    }
    return render(request, "portal/my_exemptions.html", context)


@never_cache
@require_safe
@keep_typed
def exemption_proof(request: HttpRequest, pk: int) -> HttpResponse:
    """Show proof of an exemption to those who want to check it: on the telephone, or printed."""
    exemption = extend.get_own_exemption(request, pk)
    state = find_verification_state(exemption.decision, exemption)
    context = {
        "exemption": exemption,
        "plate": extend.plate_of(exemption),
        "rows": proof_copy.list_rows(exemption),
        "check": qr_of(exemption),
        "state": state,
        "may_keep": state in proof_copy.KEPT_IN,
        "now": timezone.now(),
    }
    return render(request, "portal/exemption_proof.html", context)


@never_cache
@require_safe
@keep_typed
def copy_proof(request: HttpRequest, pk: int) -> JsonResponse:
    """Serve the copy for the holder's telephone; 404 if no longer valid, whereupon the telephone drops its copy."""
    exemption = extend.get_own_exemption(request, pk)
    if find_verification_state(exemption.decision, exemption) not in proof_copy.KEPT_IN:
        raise Http404
    check = qr_of(exemption)
    copy = proof_copy.build_copy(exemption, plate=extend.plate_of(exemption), url=check.url, qr=check.qr)
    return JsonResponse(asdict(copy))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def my_letters(request: HttpRequest) -> HttpResponse:
    """Show every letter, with the new ones marked, and a button to mark all of them as read."""
    user, today, chosen = user_of(request), timezone.localdate(), find_chosen(request)
    if request.method == "POST":
        letterbox.mark_as_read(user, chosen)
        messages.success(request, _("All letters are marked as read."))
        return redirect("my_letters")
    page = Paginator(letterbox.find_letters(user, chosen), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "letters": [letter_row(one, today=today) for one in page],
        "unread": letterbox.find_unread_letters(user, today=today, applicant=chosen).count(),
    }
    return render(request, "portal/my_letters.html", context)


def letter_row(letter: Letter, *, today: date) -> dict[str, Any]:
    """A letter with its case: who read it and when, and when it was posted."""
    return {
        "letter": letter,
        "is_new": letterbox.is_new(letter, today=today),
        "application": letter.dossier.application,
        "reading": getattr(letter, "reading", None),
        "posting": getattr(letter, "postal_copy", None),
    }


@never_cache
@require_safe
@keep_typed
def my_documents(request: HttpRequest) -> HttpResponse:
    """List every file of every case."""
    page = Paginator(letterbox.find_documents(user_of(request), find_chosen(request)), A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "portal/my_documents.html", {"page": page})


@never_cache
@require_safe
@keep_typed
def my_messages(request: HttpRequest) -> HttpResponse:
    """Show what we asked the user, what the user asked us, and every mail that we sent."""
    user, chosen = user_of(request), find_chosen(request)
    page = Paginator(letterbox.find_mails(user, chosen), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "undelivered": letterbox.find_undelivered_mails(user)}
    requests = build_requests_context(user, chosen) if page.number == 1 else {}
    return render(request, "portal/my_messages.html", {**context, **requests})


def build_requests_context(user: User, chosen: Applicant | None) -> dict[str, Any]:
    """What we asked the user and what the user asked us, for one applicant if one was chosen."""
    questions = my_questions.find_questions(user)
    theirs = set(letterbox.find_applications(user, chosen).values_list("key", flat=True)) if chosen else None
    return {
        "completions": letterbox.find_completion_requests(user, chosen),
        "views": letterbox.views_asked(user, chosen),
        "questions": [one for one in questions if theirs is None or one.application in theirs],
    }
