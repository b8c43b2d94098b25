"""The editors' pages below `loket/vragen/`."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.contrib import admin, messages
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.form_recovery import keep_typed, take_typed
from accounts.models import User
from accounts.searches import redirect_to_results
from casework.deadline_words import moment
from casework.file_responses import SHOWN, guarded
from exemptions.views.screens import user_of
from helpdesk.mailbox import actions, connection_status, desk_list, desk_page
from helpdesk.mailbox.actions import NotPossible, Overtaken
from helpdesk.mailbox.forms import AnswerForm, DossierForm, SortForm, VerbForm
from helpdesk.models import Attachment, Question, UnreadMail

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def for_editors(view: View[P]) -> View[P]:
    """Whoever is not logged in does so first; who works elsewhere at the desk finds no such page."""

    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not user_of(request).has_perm(desk_list.ANSWER):
            raise Http404
        return view(request, *args, **kwargs)

    guarded_view: View[P] = keep_typed(admin.site.admin_view(asked))
    return guarded_view


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = HTTPStatus.OK) -> HttpResponse:
    """A page of the desk."""
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context}, status=status)


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """A list, or what a search found; words that were searched for never stand in an address."""
    if request.method == "POST":
        return redirect_to_results(request)
    unread = UnreadMail.objects.exclude(given_up_at=None)[:20]
    context = {"away": connection_status.away(), "unread": list(unread)}
    return admin.site.get_model_admin(Question).changelist_view(request, context)


@for_editors
@require_safe
def question(request: HttpRequest, number: str) -> HttpResponse:
    """One question."""
    return page(request, "mailbox/question.html", desk_page.context(request, found(number)))


def found(number: str) -> Question:
    """By its number; raises Http404."""
    rows = Question.objects.select_related("topic", "suggested_topic", "dossier", "conversation", "handled_by")
    return get_object_or_404(rows, number=number)


@for_editors
@require_safe
def attachment(request: HttpRequest, number: str, pk: int) -> FileResponse:
    """A file that came with it, so that it can do nothing in the browser."""
    kept = get_object_or_404(Attachment.objects.exclude(file=""), pk=pk, mail__question__number=number)
    try:
        content = kept.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        content, as_attachment=kept.content_type not in SHOWN, filename=kept.name, content_type=kept.content_type
    )
    return guarded(response, kept.content_type)


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def unread_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """An editor looked at a mail that could not be read: its line goes. Whoever comes from a login finds the list."""
    if request.method == "POST":
        UnreadMail.objects.exclude(given_up_at=None).filter(pk=pk).delete()
    return redirect("questions")


# --- Verbs ---------------------------------------------------------------------------------------------


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def handle(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Take a verb; who comes second reads what happened, and finds what they typed."""
    about, by = found(number), user_of(request)
    if verb not in TAKE:
        raise Http404(verb)
    if request.method != "POST":
        return after_login(request, about, verb)
    if verb == "answer" and ("use" in request.POST or request.POST.get("action") == "change"):
        return written_on(request, about)
    form = form_of(verb, request.POST)
    if not form.is_valid():
        return not_right(request, about, verb, form)
    if verb == "answer" and request.POST.get("action") != "send":
        return to_look_at(request, about, form)
    return take_verb(request, about, verb, form, by=by)


def not_right(request: HttpRequest, about: Question, verb: str, form: Form) -> HttpResponse:
    """The page again, with what is wrong at its field."""
    forms = {f"{FORM_NAMES[verb]}_form": form, "form": form} if verb in FORM_NAMES else {}
    shown = desk_page.context(request, about, forms=forms)
    return page(request, "mailbox/question.html", shown, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def take_verb(request: HttpRequest, about: Question, verb: str, form: Form, *, by: User) -> HttpResponse:
    """Do it, and go on: to the question, or to the list."""
    try:
        TAKE[verb](about, form, by)
    except Overtaken as overtaken:
        if was_just_done(overtaken.question, verb, form, by=by):
            return redirect("questions")
        return conflict(request, overtaken.question, form)
    except NotPossible:
        return conflict(request, found(about.number), form)
    messages.success(request, DONE[verb] % {"number": about.number})
    return redirect("question", number=about.number) if verb in STAYS else redirect("questions")


def written_on(request: HttpRequest, about: Question) -> HttpResponse:
    """The form as it was typed, to go on with; with a text of the site below it where the editor took one."""
    typed = request.POST.copy()
    if slug := request.POST.get("use"):
        offered = desk_page.answer_to(slug, language=about.language)
        so_far = typed.get("answer-answer", "").rstrip()
        typed["answer-answer"] = "\n\n".join(filter(None, [so_far, offered]))
        typed["answer-topic"] = str(desk_page.key_of(slug) or typed.get("answer-topic", ""))
    forms = {"answer_form": desk_page.answer_form(initial=desk_page.typed_in(typed))}
    return page(request, "mailbox/question.html", desk_page.context(request, about, forms=forms))


def to_look_at(request: HttpRequest, about: Question, form: Form) -> HttpResponse:
    """The mail before it goes out: to whom, its subject, its language and every word. Nothing has been sent."""
    if about.revision != form.cleaned_data["seen"]:
        return conflict(request, about, form)
    if not about.email or about.status == Question.Status.SPAM:
        return conflict(request, about, form)
    context = {
        "title": _("Look at the answer"),
        "question": about,
        "mail": actions.preview_answer(about, form.cleaned_data["answer"]),
        "form": form,
    }
    return page(request, "mailbox/preview.html", context)


def after_login(request: HttpRequest, about: Question, verb: str) -> HttpResponse:
    """The login had expired: the question with what was typed, to look over and send again."""
    typed = take_typed(request)
    if typed is None or verb not in FORM_NAMES:
        return redirect("question", number=about.number)
    forms = {f"{FORM_NAMES[verb]}_form": form_of(verb, typed)}
    return page(request, "mailbox/question.html", desk_page.context(request, about, forms=forms))


def form_of(verb: str, typed: QueryDict) -> Form:
    """The form that was sent."""
    if verb == "answer":
        return AnswerForm(typed, topics=desk_list.titled_topics(), prefix="answer")
    if verb == "sort":
        return SortForm(typed, topics=desk_list.titled_topics(), prefix="sort")
    return DossierForm(typed, prefix="file") if verb == "file" else VerbForm(typed)


FORM_NAMES = {"answer": "answer", "sort": "sort", "file": "dossier"}
STAYS = ("sort", "file", "reopen")
"""After these one goes on with the same question."""


def answer(about: Question, form: Form, by: User) -> None:
    """Send the answer."""
    data = form.cleaned_data
    actions.answer(about, data["answer"], topic=data["topic"], tone=data["tone"], by=by, seen=data["seen"])


def sort(about: Question, form: Form, by: User) -> None:
    """Correct topic and tone."""
    data = form.cleaned_data
    actions.sort(about, topic=data["topic"], tone=data["tone"], by=by, seen=data["seen"])


def file(about: Question, form: Form, by: User) -> None:
    """Put it in a dossier."""
    actions.file(about, dossier=form.cleaned_data["dossier"], by=by, seen=form.cleaned_data["seen"])


TAKE: dict[str, Callable[[Question, Form, User], None]] = {
    "answer": answer,
    "sort": sort,
    "file": file,
    "close": lambda about, form, by: actions.close(about, by=by, seen=form.cleaned_data["seen"]),
    "spam": lambda about, form, by: actions.mark_spam(about, by=by, seen=form.cleaned_data["seen"]),
    "reopen": lambda about, form, by: actions.reopen(about, by=by, seen=form.cleaned_data["seen"]),
}
DONE = {
    "answer": gettext_lazy("The answer to %(number)s is on its way."),
    "sort": gettext_lazy("Topic and tone of %(number)s have been saved."),
    "file": gettext_lazy("The dossier of %(number)s has been saved."),
    "close": gettext_lazy("%(number)s is closed without an answer."),
    "spam": gettext_lazy("%(number)s is marked as spam."),
    "reopen": gettext_lazy("%(number)s waits for an answer again."),
}
LEADS_TO = {
    "answer": Question.Status.ANSWERED,
    "close": Question.Status.CLOSED,
    "spam": Question.Status.SPAM,
    "reopen": Question.Status.OPEN,
}


def was_just_done(now: Question, verb: str, form: Form, *, by: User) -> bool:
    """Whether this very verb is all that happened, by the same person: the button was clicked twice."""
    if now.handled_by_id != by.pk or now.revision != form.cleaned_data["seen"] + 1:
        return False
    if now.status != LEADS_TO.get(verb, now.status):
        return False
    if verb == "answer":
        return now.mails.filter(outgoing__body__contains=form.cleaned_data["answer"]).exists()
    return verb in LEADS_TO


def conflict(request: HttpRequest, now: Question, form: Form) -> HttpResponse:
    """409: what happened, and what was typed, to copy."""
    typed = [(str(form[name].label), str(form[name].value() or "")) for name in form.fields if name in ("answer",)]
    happened = ""
    if now.handled_by:
        happened = _("%(who)s was the last to handle this question. The last email is from %(when)s.") % {
            "who": now.handled_by,
            "when": moment(now.changed_at),
        }
    context = {
        "title": _("This question has changed"),
        "question": now,
        "happened": happened,
        "typed": [(label, value) for label, value in typed if value],
    }
    return page(request, "mailbox/conflict.html", context, status=HTTPStatus.CONFLICT)
