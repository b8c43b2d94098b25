"""The editors' pages below `loket/vragen/`: the list of questions, a question, and its steps."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.contrib import admin, messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.form_recovery import keep_typed
from accounts.models import User
from accounts.searches import redirect_to_results
from casework.desk.conflict import as_key
from casework.desk.forms import StepForm
from casework.desk.list_address import keep_list
from casework.desk.step_page import StepPage
from casework.file_responses import SHOWN, guard_response
from casework.models import Event
from exemptions.views.screens import user_of
from helpdesk.mailbox import connection_status, desk_page
from helpdesk.mailbox.desk_steps import DONE, QUESTIONS_DESK
from helpdesk.mailbox.steps import ANSWER, preview_answer
from helpdesk.models import Attachment, Mail, Question, UnreadMail

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def for_editors(view: View[P]) -> View[P]:
    """Send anonymous users to the login page; for others who are not editors the page does not exist."""

    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not user_of(request).has_perm(ANSWER):
            raise Http404
        return view(request, *args, **kwargs)

    guarded_view: View[P] = keep_typed(admin.site.admin_view(keep_list(asked)))
    return guarded_view


def render_desk_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a page of the desk."""
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def show_questions(request: HttpRequest) -> HttpResponse:
    """A list, or the results of a search; search words never appear in a URL."""
    if request.method == "POST":
        return redirect_to_results(request)
    unread = UnreadMail.objects.exclude(given_up_at=None)[:20]
    context = {"away": connection_status.find_failing_state(), "unread": list(unread)}
    return admin.site.get_model_admin(Question).changelist_view(request, context)


@for_editors
@require_safe
def show_question(request: HttpRequest, number: str) -> HttpResponse:
    """One question."""
    user = user_of(request)
    return render_desk_page(
        request, "mailbox/question.html", desk_page.build_page_context(find_question(number, user), user)
    )


def find_question(number: str, user: User) -> Question:
    """The question with this number; raises Http404."""
    return get_object_or_404(QUESTIONS_DESK.seen(user), number=number)


@for_editors
@require_safe
def download_attachment(request: HttpRequest, number: str, pk: int) -> FileResponse:
    """An attachment, served so that it can do nothing in the browser."""
    kept = get_object_or_404(Attachment.objects.exclude(file=""), pk=pk, mail__question__number=number)
    try:
        content = kept.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        content, as_attachment=kept.content_type not in SHOWN, filename=kept.name, content_type=kept.content_type
    )
    return guard_response(response, kept.content_type)


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def unread_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete the line about an unreadable mail, once an editor has looked at it."""
    if request.method == "POST":
        UnreadMail.objects.exclude(given_up_at=None).filter(pk=pk).delete()
    return redirect("questions")


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def take_step(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Take a step of a question."""
    step = QUESTIONS_DESK.by_name.get(name)
    if step is None:
        raise Http404(f"no step {name}")
    user = user_of(request)
    visit = QuestionStepPage(
        request, find_question(number, user), step, desk=QUESTIONS_DESK, user=user, site=admin.site
    )
    return visit.respond() if request.method == "POST" else visit.asked()


class QuestionStepPage(StepPage):
    """The page of a step, with the templates of the mailbox."""

    def asked(self) -> HttpResponse:
        """After the login had expired: the question with what was typed. Following a link takes no step."""
        kept = self.kept() if self.step.asks else None
        if kept is None:
            return HttpResponseRedirect(self.desk.case_address(self.case))
        return self.show(self.form(kept))

    def posted(self) -> HttpResponse:
        """Take the step; or show the form of the answer with a text of the site added."""
        return self.with_text(self.request.POST["use"]) if "use" in self.request.POST else super().posted()

    def with_text(self, slug: str) -> HttpResponse:
        """The answer as typed, followed by the text of the site that the editor picked."""
        form = self.form(self.request.POST)
        typed = {name: form[name].value() for name in form.fields}
        offered = desk_page.answer_to(slug, language=self.case.language)
        typed["answer"] = "\n\n".join(filter(None, [str(typed["answer"] or "").rstrip(), offered]))
        typed["topic"] = desk_page.key_of(slug) or typed["topic"]
        return self.show(self.form(initial=typed))

    def previewed(self, form: StepForm) -> HttpResponse:
        """A preview of the mail: recipient, subject, language and every word. Nothing has been sent."""
        context = {
            **self.context(form),
            "title": _("Look at the answer"),
            "question": self.case,
            "mail": preview_answer(self.case, form.cleaned_data["answer"]),
        }
        return TemplateResponse(self.request, "mailbox/preview.html", context)

    def show(self, form: StepForm) -> HttpResponse:
        """The page of the question, with this form as filled in and its errors."""
        context: dict[str, Any] = {**self.context(form), **desk_page.build_page_context(self.case, self.user)}
        context |= {f"{self.step.name}_form": form, "seen": self.seen}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return TemplateResponse(self.request, "mailbox/question.html", context, status=status)

    def is_repeat(self) -> bool:
        """An answer is only a repeat if its text is the same: a second answer does not change the status."""
        if self.step.name != "answer":
            return super().is_repeat()
        since = Event.objects.of(self.case).filter(pk__gt=as_key(self.seen), step="answer", by=self.user)
        said = self.request.POST.get("answer-answer", "").replace("\r\n", "\n").strip()
        return since.exists() and self.case.mails.filter(direction=Mail.Direction.OUT, written=said).exists()

    def done(self) -> HttpResponse:
        """What was done, with the number of the question."""
        messages.success(self.request, DONE[self.step.name] % {"number": self.case.number})
        return HttpResponseRedirect(self.desk.address_after(self.case, self.step, self.user))
