"""One objection of those for whom the user acts."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_fsm import can_proceed

from accounts.form_recovery import keep_typed
from casework import deadline_words, letter_pdfs, suspensions
from casework.models import CaseMessage
from casework.penalties import format_amount
from exemptions import access_today
from exemptions.models.decision import Outcome
from exemptions.portal import lateness
from exemptions.views.conflict import Home
from exemptions.views.screens import user_of
from objections.letters import costs_in_words
from objections.models import AppealStatus, Committee, Objection, ObjectionDecision
from objections.portal import post, progress, summary
from objections.steps.hearing import may_still_add_papers

STEPS = ("repair", "answer_hearing", "ask_costs", "contest_penalty", "withdraw")


@never_cache
@require_safe
@keep_typed
def show_objection(request: HttpRequest, key: UUID) -> HttpResponse:
    """One objection: its state, what happens next and by when, and everything in it."""
    found = get_own_objection(request, key)
    if found.is_draft:
        return redirect("object_to", key=found.application.key)
    return render(request, "portal/objection.html", context_of(request, found))


def get_own_objection(request: HttpRequest, key: UUID) -> Objection:
    """An objection of those for whom the user acts now; raises Http404 for anybody else's."""
    mine = progress.with_all(Objection.objects.of_applicant(user_of(request)))
    found: Objection = get_object_or_404(mine, key=key)
    return found


def get_today() -> date:
    """The day in Amsterdam."""
    return timezone.localdate()


def make_home(request: HttpRequest, found: Objection) -> Home:
    """The page to which its steps return."""
    return Home(
        url=reverse("objection", args=[found.key]),
        last=lambda: progress.find_latest_line(found, reader=user_of(request)),
        shown={"objection": found, "application": found.application},
    )


def context_of(request: HttpRequest, found: Objection) -> dict[str, Any]:
    """The context of the page, in a constant number of queries."""
    case = progress.build_case(found)
    return {
        "objection": found,
        "application": found.application,
        "case": case,
        "today": case.today,
        "costs": costs_in_words(case.decision) if case.decision else "",
        "penalty": describe_penalty(case.decision),
        "sum": deadline_words.describe_decision_deadline(found),
        "standstill": suspensions.describe_case_suspensions(found, today=case.today),
        "access": access_today.find_access_today(found.application) if leaves_without_exemption(found) else None,
        "can": {name for name in STEPS if can_proceed(getattr(found, name))},
        "papers": can_add_papers(found, case),
        "late": lateness.find_lateness(found),
        "sections": summary.build_sections(found)[1:],
        "advice": find_advice(found),
        "documents": list(found.documents.filter(removed_at=None).order_by("added_at", "pk")),
        "letters": post.letters_of(found),
        "new_messages": CaseMessage.objects.of(found).from_side(desk=True).unread().exists(),
        "timeline": progress.build_history_lines(found, reader=user_of(request)),
        "appeals": list(found.appeals.exclude(status=AppealStatus.ANNOUNCED).order_by("filed_on", "pk")),
        "reliefs": list(found.reliefs.all()),
    }


def describe_penalty(decided: ObjectionDecision | None) -> str:
    """The penalty for deciding late as we left it or set it anew; empty if the decision is not about one."""
    if decided is None:
        return ""
    found = decided.new_penalty or decided.objection.penalty or decided.new_decision
    amount = found.penalty_eur if found else None
    return "" if amount is None else format_amount(amount)


def find_advice(found: Objection) -> Committee | None:
    """The committee whose advice accompanies our decision (Awb 7:13(7)); None before we decide."""
    return found.committees.exclude(advised_on=None).select_related("advice").last() if found.is_decided else None


def leaves_without_exemption(found: Objection) -> bool:
    """Whether the vehicle stays without an exemption while the objection is handled, as it suspends nothing."""
    return not found.has_ended and found.decision.is_on_application and found.decision.outcome != Outcome.GRANTED


def can_add_papers(found: Objection, case: progress.Case) -> bool:
    """Whether the objector may hand in papers now."""
    return can_proceed(found.add_papers) and may_still_add_papers(found.status, case.hearing)


@never_cache
@require_safe
@keep_typed
def objection_pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was sent, as a tagged PDF (Awb 2:17(2))."""
    found = get_own_objection(request, key)
    if found.is_draft:
        raise Http404
    title = _("Your objection: %(number)s") % {"number": found.dossier}
    sections = [(section.title, section.rows) for section in summary.build_sections(found)]
    content = letter_pdfs.summary_pdf(title=title, language=(get_language() or "nl")[:2], sections=sections)
    name = _("%(number)s objection.pdf") % {"number": found.dossier}
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
