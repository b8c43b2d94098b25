"""Applying: begin, fill in screen by screen, continue later, and get the receipt."""

from datetime import date
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.form_recovery import keep_typed, to_entrance
from accounts.models import User
from casework import letter_pdfs
from casework.deadline_words import describe_decision_deadline
from casework.limits import is_within_limit
from exemptions import access_today, fees
from exemptions.intake import access, drafts, eligibility, prefill, summary
from exemptions.models import Application, KindVersion
from exemptions.views.apply_applicant import ApplicantScreen
from exemptions.views.apply_check import CheckScreen
from exemptions.views.apply_evidence import EvidenceScreen
from exemptions.views.apply_kind import KindScreen
from exemptions.views.apply_period import PeriodScreen
from exemptions.views.apply_questions import QuestionsScreen
from exemptions.views.apply_vehicle import VehicleScreen
from exemptions.views.extend import ExtendScreen
from exemptions.views.screens import Screen, user_of
from zones.plates import spell_plate

SCREENS: dict[str, type[Screen]] = {
    screen.name: screen
    for screen in (
        ApplicantScreen,
        VehicleScreen,
        KindScreen,
        QuestionsScreen,
        PeriodScreen,
        EvidenceScreen,
        CheckScreen,
        ExtendScreen,
    )
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply_start(request: HttpRequest) -> HttpResponse:
    """Show what one needs to begin; or begin, after a login if that is needed."""
    if request.method == "POST":
        if is_within_limit(request, "wishes_a_minute"):
            prefill.keep_wish(request, read_wish(request))
        return redirect("apply_start") if request.user.is_authenticated else to_entrance(request)
    if isinstance(request.user, User) and (wish := prefill.take_wanted(request)):
        return begin_and_redirect(request, wish, by=request.user)
    asked = prefill.read_vehicle(request)
    plate = spell_plate(asked.plate, country=asked.country) if asked else ""
    context = {
        "key": uuid4(),
        "plate": plate,
        "drafts": [(one, spell_plate(one.plate, country=one.country)) for one in own_drafts(request)],
    }
    return render(request, "portal/apply_start.html", context)


def read_wish(request: HttpRequest) -> prefill.DraftWish:
    """The wish behind the button that was pressed."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid4()
    return prefill.DraftWish(
        key=str(key),
        kind=request.POST.get("kind", "")[:3].replace("\0", ""),
        for_checked_vehicle="checked" in request.POST,
    )


def begin_and_redirect(request: HttpRequest, wish: prefill.DraftWish, *, by: User) -> HttpResponse:
    """Redirect to the new draft, or to the user's drafts if there are too many."""
    try:
        return redirect(drafts.resume_url(begin_draft(request, wish, by=by)))
    except drafts.TooManyDrafts:
        message = _(
            "You have %(most)s applications that you have not sent. Send or discard one before you start another."
        )
        messages.error(request, message % {"most": drafts.get_draft_limit()})
        return redirect("my_applications")


def begin_draft(request: HttpRequest, wish: prefill.DraftWish, *, by: User) -> Application:
    """A draft with what is already known: the applicant, the checked vehicle, and the kind if it fits."""
    draft = drafts.start_draft(by=by, key=UUID(wish.key))
    asked = prefill.read_vehicle(request) if wish.for_checked_vehicle else None
    if not draft.is_draft or draft.plate:
        return draft  # a second click
    if asked:
        drafts.save_vehicle(draft, access.convert_to_vehicle(asked), by=by)
    today = timezone.localdate()
    kind = KindVersion.objects.in_force(on=today).long_term().filter(kind=wish.kind).first()
    if asked or kind:
        drafts.save_own_applicant(draft, by=by)
    if kind and eligibility.judge_kinds([kind], eligibility.read_situation(draft), on=today)[0].fits:
        drafts.choose_kind(draft, kind)
    elif kind:
        messages.warning(request, explain_misfit(kind, draft, today=today))
    drafts.remember_known(draft)
    return draft


def explain_misfit(kind: KindVersion, draft: Application, *, today: date) -> str:
    """Why the kind of the button is not for the vehicle that was checked."""
    (fit,) = eligibility.judge_kinds([kind], eligibility.read_situation(draft), on=today)
    return _("“%(kind)s” does not fit: %(why)s") % {"kind": kind, "why": " ".join(fit.reasons)}


def own_drafts(request: HttpRequest) -> list[Application]:
    """The user's drafts that are worth continuing, latest first."""
    if not isinstance(request.user, User):
        return []
    begun = Application.objects.of_applicant(request.user).drafts().without_idle()
    return list(begun.for_list().order_by("-changed_at")[:5])


@never_cache
@keep_typed
def apply_resume(request: HttpRequest, key: UUID) -> HttpResponse:
    """Continue where the draft was left; the mailed link leads here."""
    application = get_own_application(request, key)
    if not application.is_draft:
        return redirect("receipt", key=key)
    return redirect("apply", key=key, screen=drafts.resume_screen(application))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def apply_screen(request: HttpRequest, key: UUID, screen: str) -> HttpResponse:
    """One screen of a draft; 404 for a screen that does not exist."""
    draft = get_own_application(request, key)
    if screen not in SCREENS or (screen == drafts.EXTEND and not draft.renews_id):
        raise Http404
    if not draft.is_draft:
        return already_sent(request, draft)
    drafts.renew_kind(draft, today=timezone.localdate())
    return SCREENS[screen](request, draft).respond()


def get_own_application(request: HttpRequest, key: UUID) -> Application:
    """An application of those for whom the user acts, but no day exemption; 404 for any other."""
    mine = Application.objects.of_applicant(user_of(request)).exclude(kind__scope=KindVersion.Scope.DAY)
    found: Application = get_object_or_404(mine.for_list().select_related("owner", "renews__application"), key=key)
    return found


def already_sent(request: HttpRequest, application: Application) -> HttpResponse:
    """Redirect to the receipt, for a second tab or click: there is only one application."""
    messages.info(request, _("This application has already been sent. You can no longer change it here."))
    return redirect("receipt", key=application.key)


@never_cache
@require_safe
@keep_typed
def show_receipt(request: HttpRequest, key: UUID) -> HttpResponse:
    """Confirm the application: its number, what happens next, and by when."""
    application = get_own_application(request, key)
    if application.is_draft:
        return redirect(drafts.resume_url(application))
    letter = application.dossier.letters.filter(kind="receipt").first()
    context = {
        "application": application,
        "sum": describe_decision_deadline(application),
        "letter": letter,
        "steps": next_steps(),
        "access": access_today.find_access_today(application),
        "costs": fees.describe_costs(application.filed_as, extends=bool(application.renews_id)),
    }
    return render(request, "portal/receipt.html", context)


def next_steps() -> list[str]:
    """What happens next, in order."""
    return [
        _("We check whether your application is complete. If something is missing, we will ask you for it."),
        _("A caseworker will look at your situation and at the evidence."),
        _("You will get our decision as a letter in the portal. We will email you as soon as it is there."),
    ]


@never_cache
@require_safe
@keep_typed
def entered_pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """Serve what was filled in, as a tagged PDF."""
    application = get_own_application(request, key)
    if application.is_draft:
        raise Http404
    title = _("What you filled in: application %(number)s") % {"number": application.dossier}
    sections = [(section.title, section.rows) for section in summary.build_sections(application)]
    language = (get_language() or "nl")[:2]
    content = letter_pdfs.summary_pdf(title=title, language=language, sections=sections)
    name = f"{application.dossier}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
