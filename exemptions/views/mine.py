"""'My applications', and one application with its files and letters.

A letter has the same words on the page and in the PDF.
"""

from typing import Any
from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_fsm import can_proceed

from accounts.form_recovery import keep_typed
from casework import file_responses, letter_pdfs, suspensions
from casework.deadline_words import describe_decision_deadline, format_moment
from casework.models import CaseMessage, Letter
from exemptions import access_today, files
from exemptions.deadline_words import find_running_terms
from exemptions.intake import drafts, extension, summary
from exemptions.intake.extension import Extension
from exemptions.models import Applicant, Application, Exemption, FactsRecord, LetterReading, Status
from exemptions.portal import decisions, lateness, letterbox, overview, progress, proof, timeline, vehicle_home, wishes
from exemptions.portal.client_choice import find_chosen
from exemptions.steps.statuses import OPEN
from exemptions.views.screens import user_of
from zones.plates import spell_plate

A_PAGE = 20
FOR = "voor"
"""The URL parameter for the applicant, for users who act for several."""
STEPS = ("dispute_facts", "rate", "withdraw")
SHOWN_ELSEWHERE = ("vehicle", "evidence")


@never_cache
@require_safe
@keep_typed
def my_applications(request: HttpRequest) -> HttpResponse:
    """All applications of those for whom the user acts: first what needs action, then what is pending or ended."""
    user, now = user_of(request), timezone.now()
    applicants = list(Applicant.objects.of(user).order_by("name", "pk"))
    by_address = next((one for one in applicants if str(one.pk) == request.GET.get(FOR)), None)
    chosen = by_address or find_chosen(request)
    mine = overview.page_of(user, now=now, applicant=chosen)
    page = Paginator(mine.rest, A_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate(now)
    besides = [*mine.to_do, *mine.running] if page.number == 1 else []
    alone = chosen or (applicants[0] if len(applicants) == 1 else None)
    context = {
        "page": page,
        "groups": overview.group_applications(page.object_list, today=today, besides=besides),
        "objected": overview.find_objected_applications(page.object_list),
        "vehicles": vehicle_home.list_urgent_vehicles(alone, now=now) if alone and page.number == 1 else [],
        "ended_days": mine.ended_days,
        "undelivered": letterbox.find_undelivered_mails(user),
        "applicants": applicants,
        "chosen": chosen,
        "acts_for": applicants[:1] if chosen else applicants,
    }
    return render(request, "portal/my_applications.html", context)


@never_cache
@require_safe
@keep_typed
def show_application(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show one application: its state, what happens next and by when, and everything in it."""
    found = get_own_application(request, key)
    if found.is_draft:
        return redirect(drafts.resume_url(found))
    return render(request, "portal/application.html", context_of(request, found))


def get_own_application(request: HttpRequest, key: UUID) -> Application:
    """An application of those for whom the user acts now; 404 for any other."""
    mine = Application.objects.of_applicant(user_of(request)).for_list().select_related("converted_to__dossier")
    found: Application = get_object_or_404(mine.select_related("converted_from__dossier", "owner"), key=key)
    return found


def context_of(request: HttpRequest, found: Application) -> dict[str, Any]:
    """Everything that the page shows, in a fixed number of queries."""
    user = user_of(request)
    case = progress.build_cases([found], today=timezone.localdate())[0]
    placed = found.dossier.letters.select_related("reading", "postal_copy")
    letters = list(placed.order_by("-placed_at", "-pk"))
    taken = decisions.list_decisions(found, letters=letters)
    return {
        "application": found,
        "case": case,
        "sum": describe_decision_deadline(found),
        "has_terms": find_running_terms(found).exists(),
        "wishes": wishes.find_wishes(found) if found.status == Status.GRANTED else None,
        "decision": next((one.decision for one in taken if one.stands), None),
        "decisions": taken if len(taken) > 1 or any(not one.stands for one in taken) else [],
        "late": lateness.find_lateness(found),
        "proposed_delay": suspensions.of_case(found).proposed().first() if found.status in OPEN else None,
        "can": {name for name in STEPS if can_proceed(getattr(found, name))},
        "sections": [one for one in summary.build_sections(found) if one.screen not in SHOWN_ELSEWHERE],
        "facts": facts_of(found),
        "proofs": proof.list_proof(found),
        "letters": letters,
        "unread": {letter.pk for letter in letters if letterbox.is_new(letter, today=timezone.localdate())},
        "extension": extension_of(case.exemption),
        "mails": list(found.dossier.outgoing_mail.all()),
        "timeline": timeline.build_timeline_lines(found, reader=user),
        "acts_for": list(Applicant.objects.of(user)[:2]),
        "is_open": found.status in OPEN,
        "access": access_today.find_access_today(found) if found.status in OPEN and not case.exemption else None,
        "is_day": bool(found.kind and found.kind.is_day),
        "new_messages": CaseMessage.objects.of(found).from_side(desk=True).unread().exists(),
        "again_key": uuid4(),
    }


def extension_of(exemption: Exemption | None) -> Extension | None:
    """Whether the exemption can be extended; None if nothing is in force that could be. Four queries."""
    if exemption is None or exemption.revoked_at or exemption.ends_at <= timezone.now():
        return None
    row = extension.with_all(Exemption.objects.filter(pk=exemption.pk)).get()
    return None if row.application.chosen_kind.is_day else extension.find_extension(row, today=timezone.localdate())


def facts_of(found: Application) -> list[dict[str, Any]]:
    """Every version of the vehicle's facts, the latest first, with the plate above."""
    versions = [describe_version(record) for record in found.facts_records.order_by("-as_of", "-pk")]
    plate = spell_plate(found.plate, country=found.country) if found.plate else _("not yet")
    for one in versions[:1]:
        one["rows"] = [(_("Number plate"), plate), *one["rows"]]
    return versions


def describe_version(record: FactsRecord) -> dict[str, Any]:
    """One version, with its source and time."""
    source = {
        FactsRecord.Source.REGISTER: _("vehicle register"),
        FactsRecord.Source.APPLICANT: _("filled in by you"),
        FactsRecord.Source.CASEWORKER: _("corrected or confirmed by us"),
    }[FactsRecord.Source(record.source)]
    return {
        "rows": summary.facts_rows(record.vehicle),
        "source": source,
        "moment": format_moment(record.as_of),
        "reason": record.reason,
    }


@require_safe
@keep_typed
def show_document(request: HttpRequest, key: UUID, pk: int) -> HttpResponseBase:
    """Serve one file of an application to those who may see it; 404 for a removed file."""
    return file_responses.as_response(get_object_or_404(files.for_applicant(get_own_application(request, key)), pk=pk))


@never_cache
@require_safe
@keep_typed
def show_letter(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """Show a letter as a page."""
    application = get_own_application(request, key)
    found = letter_of(application, pk)
    LetterReading.note(found, by=user_of(request))
    context = {"application": application, "letter": found, "body": letter_pdfs.render_letter_html(found.shown_body)}
    return render(request, "portal/letter.html", context)


@require_safe
@keep_typed
def letter_pdf(request: HttpRequest, key: UUID, pk: int) -> HttpResponseBase:
    """Serve the same letter as a PDF."""
    found = letter_of(get_own_application(request, key), pk)
    LetterReading.note(found, by=user_of(request))
    return file_responses.letter_as_response(found)


def letter_of(application: Application, pk: int) -> Letter:
    """A letter of the application. Raises Http404 for a draft, which has none."""
    if application.is_draft:
        raise Http404
    return get_object_or_404(application.dossier.letters.select_related("pdf", "dossier"), pk=pk)
