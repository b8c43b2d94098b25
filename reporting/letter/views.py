"""Pages for those who make, check and publish the letters to parliament."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_fsm import TransitionNotAllowed

from accounts.form_recovery import keep_typed, take_typed
from casework.desk.conflict import as_key
from casework.file_responses import guard_response
from casework.steps import StepRefused
from reporting.letter import files, forms, html, lifecycle, page, pieces
from reporting.letter.chapters import BY_SLUG, Chapter
from reporting.letter.document import Source, compose_letter, one_chapter
from reporting.letter.numbers import compute_checksum
from reporting.letter.template_language import BadText
from reporting.models import ReportToParliament
from reporting.steps import LetterChanged

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
ON_A_PAGE = 25
FORMER = 20
"""The number of former texts on the page of a block, newest first."""
STEPS = ("approve", "send_back", "publish")


def for_reporters(view: View[P]) -> View[P]:
    """Guard a view: what was typed survives a login on the way, and those who may not see the figures get a 403."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.has_perm("exemptions.view_statistics"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return never_cache(keep_typed(asked))


def get_report(key: UUID) -> ReportToParliament:
    """A letter joined to the people who signed it; raises Http404 for an unknown key."""
    people = ("made_by", "checked_by", "published_by", "dossier")
    found: ReportToParliament = get_object_or_404(ReportToParliament.objects.select_related(*people), key=key)
    return found


@require_safe
@for_reporters
def list_letters(request: HttpRequest) -> HttpResponse:
    """All letters, the newest period first."""
    everything = ReportToParliament.objects.select_related("made_by", "checked_by", "published_by").defer("numbers")
    found = Paginator(everything, ON_A_PAGE).get_page(request.GET.get("page"))
    may_begin = request.user.has_perm("reporting.add_reporttoparliament")
    return render(request, "reporting/letter/list.html", {"page_obj": found, "may_begin": may_begin})


@for_reporters
def begin_letter(request: HttpRequest) -> HttpResponse:
    """Begin a new letter; the form suggests the two months before."""
    if not request.user.has_perm("reporting.add_reporttoparliament"):
        raise PermissionDenied
    today = timezone.localdate()
    usual = forms.begin_answers(lifecycle.usual_period(today), letter_on=today)
    form = forms.BeginForm(request.POST or take_typed(request) or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        report = lifecycle.begin_draft(
            form.period, letter_on=form.cleaned_data["letter_on"], by=page.get_person(request)
        )
        return redirect("letter_to_parliament", report.key)
    return render(request, "reporting/letter/begin.html", {"form": form})


@require_safe
@for_reporters
def show_letter(request: HttpRequest, key: UUID) -> HttpResponse:
    """One letter: its status, the steps one may take, how it reads now, and its files."""
    return render_letter(request, get_report(key))


def render_letter(
    request: HttpRequest, report: ReportToParliament, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """The page of a letter."""
    source = lifecycle.build_source(report)
    document = compose_letter(source)
    context = page.build_page_context(report, document, user=page.get_person(request))
    context["seen"], context["numbers_seen"] = report.fingerprint(source.texts), compute_checksum(source.numbers)
    context["parts"] = html.split_parts(document.blocks)
    context["unfolded"] = "alles" in request.GET
    return render(request, "reporting/letter/letter.html", context, status=status)


@for_reporters
def edit_details(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change a letter's period, title, date or signature."""
    report = get_writable_letter(request, key)
    form = forms.DetailsForm(request.POST or take_typed(request) or None, initial=forms.details_of(report))
    if request.method == "POST" and form.is_valid():
        was = report.status
        try:
            report.adjust(by=page.get_person(request), **form.details())
        except LetterChanged:
            return show_details_conflict(request, get_report(key))
        page.confirm_saved(request, was)
        return redirect("letter_to_parliament", report.key)
    return render(request, "reporting/letter/details.html", {"form": form, "report": report})


def show_details_conflict(request: HttpRequest, report: ReportToParliament) -> HttpResponse:
    """Answer 409: what was typed stays in the form, with the current state above it."""
    typed = {name: request.POST.get(name, "") for name in forms.DetailsForm().fields}
    form = forms.DetailsForm(initial={**typed, "seen": report.details_stamp()})
    context = {"form": form, "report": report, "late": True}
    return render(request, "reporting/letter/details.html", context, status=HTTPStatus.CONFLICT)


def get_writable_letter(request: HttpRequest, key: UUID) -> ReportToParliament:
    """A letter that this user may change. Raises PermissionDenied, or TransitionNotAllowed if it is published."""
    report = get_report(key)
    if not request.user.has_perm("reporting.change_reporttoparliament"):
        raise PermissionDenied
    if report.is_published:
        raise TransitionNotAllowed("published")
    return report


@for_reporters
def edit_text(request: HttpRequest, key: UUID, block: str) -> HttpResponse:
    """Edit the words of one block, next to a preview with today's numbers."""
    report = get_writable_letter(request, key)
    chapter = BY_SLUG.get(block)
    if chapter is None:
        raise Http404
    request.POST = pieces.join_sent(request.POST)  # type: ignore[assignment]
    if request.method == "POST" and request.POST.get("action") == "restore":
        return (
            keep_text(request, report, chapter, None)
            if "sure" in request.POST
            else restore_page(request, report, chapter)
        )
    if request.method == "POST" and "former" in request.POST:
        return former_page(request, report, chapter)
    now = {"body": forms.words_now(report, chapter), "seen": report.stamp(chapter.slug)}
    typed = request.POST or pieces.join_sent(take_typed(request) or QueryDict())
    form = forms.TextForm(typed or None, initial=now)
    if request.method == "POST" and form.is_valid() and request.POST.get("action") != "preview":
        return keep_text(request, report, chapter, form)
    return text_page(request, report, chapter, form)


def keep_text(
    request: HttpRequest, report: ReportToParliament, chapter: Chapter, form: forms.TextForm | None
) -> HttpResponse:
    """Keep new words, or the standard ones (no form); on a conflict both texts are shown, and nothing is lost."""
    was, by = report.status, page.get_person(request)
    try:
        if form is None:
            report.restore(
                by=by, block=chapter.slug, seen=request.POST.get("seen", ""), typed=new_words(request, report, chapter)
            )
        else:
            report.write(by=by, block=chapter.slug, **form.cleaned_data)
    except LetterChanged:
        return too_late(request, report, chapter, form)
    page.confirm_saved(request, was)
    if form is None:
        messages.info(request, _("The standard text is back. Your own text stands below it, under 'Former texts'."))
    return redirect("letter_block", report.key, chapter.slug)


def new_words(request: HttpRequest, report: ReportToParliament, chapter: Chapter) -> str:
    """Typed words that are not saved yet; empty if the form has nothing new."""
    typed = request.POST.get("body", "").replace("\r\n", "\n").replace("\0", "").strip()[: forms.LONGEST]
    return "" if typed in (forms.words_now(report, chapter), chapter.standard) else typed


def restore_page(request: HttpRequest, report: ReportToParliament, chapter: Chapter) -> HttpResponse:
    """Ask for confirmation, showing the words that the standard text would replace."""
    context = {
        "report": report,
        "chapter": chapter,
        "kept_words": report.words_of(chapter.slug),
        "typed_words": new_words(request, report, chapter),
        "body": request.POST.get("body", ""),
        "seen": request.POST.get("seen", ""),
    }
    return render(request, "reporting/letter/restore.html", context)


def former_page(request: HttpRequest, report: ReportToParliament, chapter: Chapter) -> HttpResponse:
    """Put a former text in the form, to review and save; unsaved words stay visible above it."""
    pk = as_key(request.POST.get("former", ""))
    former = get_object_or_404(report.former_texts.filter(block=chapter.slug), pk=pk)
    form = forms.TextForm(initial={"body": former.body, "seen": request.POST.get("seen", "")})
    return text_page(request, report, chapter, form, put_back=former, typed_words=new_words(request, report, chapter))


def too_late(
    request: HttpRequest, report: ReportToParliament, chapter: Chapter, form: forms.TextForm | None
) -> HttpResponse:
    """Answer 409: the user's own words stay in the form, next to what somebody else wrote."""
    theirs = report.texts.filter(block=chapter.slug).select_related("changed_by").first()
    mine = form.cleaned_data["body"] if form else forms.words_now(report, chapter)
    again = forms.TextForm(initial={"body": mine, "seen": report.stamp(chapter.slug)})
    extra = {"late": True, "theirs": theirs, "their_words": theirs.body if theirs else chapter.standard}
    return text_page(request, report, chapter, again, status=HTTPStatus.CONFLICT, **extra)


def text_page(
    request: HttpRequest,
    report: ReportToParliament,
    chapter: Chapter,
    form: forms.TextForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    **extra: Any,
) -> HttpResponse:
    """The form for words, with a preview if they can be filled in, or else the reason why not."""
    body = str(form["body"].value() or "")
    source = lifecycle.build_source(report)
    try:
        preview, problem = html.render_html(one_chapter(chapter, body, source)), ""
    except BadText as error:
        preview, problem = html.render_html([]), str(error)
    former = report.former_texts.filter(block=chapter.slug).select_related("changed_by", "replaced_by")[:FORMER]
    shown = {
        "preview": preview,
        "problem": problem,
        "former": former,
        "is_own": report.words_of(chapter.slug) is not None,
    }
    context = {"form": form, "report": report, "chapter": chapter, **shown, **in_pieces(request, body, source), **extra}
    return render(request, "reporting/letter/text.html", context, status=status)


def in_pieces(request: HttpRequest, body: str, source: Source) -> dict[str, Any]:
    """The context to edit a text in pieces; empty for a text without markup. The code is shown on request."""
    body = body.replace("\r\n", "\n")
    if not pieces.has_code(body):
        return {}
    figures = source.numbers["current"]["figures"]
    return {
        "source": body,
        "pieces": pieces.split_into_pieces(body, source.values(), figures),
        "names": pieces.figures_used(body, figures),
        "is_advanced": request.method == "POST" and "source" not in request.POST and "former" not in request.POST,
    }


@require_POST
@for_reporters
def take_step(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """Approve, send back or publish. A signer must have seen the letter as it now is."""
    if name not in STEPS:
        raise Http404
    report, by = get_report(key), page.get_person(request)
    seen, numbers_seen = request.POST.get("seen", ""), request.POST.get("numbers_seen", "")
    try:
        if name == "publish" and "sure" not in request.POST:
            ready = lifecycle.preview_publication(report, by=by, seen=seen, numbers_seen=numbers_seen)
            return recap_page(request, report, ready)
        if name == "publish":
            lifecycle.publish_letter(report, by=by, seen=seen, numbers_seen=numbers_seen)
        elif name == "approve":
            lifecycle.approve_letter(report, by=by, seen=seen, numbers_seen=numbers_seen)
        else:
            report.send_back(by=by)
    except StepRefused as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return render_letter(request, get_report(key), status=HTTPStatus.CONFLICT)
    messages.success(request, page.DONE[name])
    return redirect("letter_to_parliament", report.key)


def recap_page(request: HttpRequest, report: ReportToParliament, source: Source) -> HttpResponse:
    """Show what is still missing, with a box to tick, because publishing is final."""
    context = {
        "report": report,
        "lacking": page.list_all_gaps(source, compose_letter(source)),
        "seen": request.POST.get("seen", ""),
        "numbers_seen": request.POST.get("numbers_seen", ""),
        "not_ticked": "recap" in request.POST,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if context["not_ticked"] else HTTPStatus.OK
    return render(request, "reporting/letter/publish.html", context, status=status)


@require_safe
@for_reporters
def download_file(request: HttpRequest, key: UUID, name: str) -> HttpResponseBase:
    """A file: for a draft made now and marked as such, otherwise the one that was published."""
    report = get_report(key)
    if name not in files.FORMATS:
        raise Http404
    media_type = files.FORMATS[name][1]
    if not report.is_published:
        made = HttpResponse(files.make_file(name, lifecycle.prepare_files(report)), content_type=media_type)
        made["Content-Disposition"] = f'attachment; filename="concept-{page.file_name(report, name)}"'
        return made
    stored = get_object_or_404(report.files, format=name)
    try:
        content = stored.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(content, as_attachment=True, filename=page.file_name(report, name), content_type=media_type)
    return guard_response(answer, media_type)
