"""One visit to a step of a question. Its forms stand on the page of the question, and so does what is wrong in them."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from casework.desk.conflict import as_key
from casework.desk.forms import StepForm
from casework.desk.step_page import StepPage
from casework.models import Event
from helpdesk.mailbox import desk_page
from helpdesk.mailbox.desk_steps import DONE
from helpdesk.mailbox.steps import preview_answer
from helpdesk.models import Mail


class QuestionStepPage(StepPage):
    """The common steps of a case, with the pages of the mailbox."""

    def asked(self) -> HttpResponse:
        """The login had expired: the question with what was typed. Nothing is done by following a link."""
        kept = self.kept() if self.step.asks else None
        if kept is None:
            return HttpResponseRedirect(self.desk.case_address(self.case))
        return self.show(self.form(kept))

    def posted(self) -> HttpResponse:
        """The step; or the form for the answer, with a text of the site in it."""
        return self.with_text(self.request.POST["use"]) if "use" in self.request.POST else super().posted()

    def with_text(self, slug: str) -> HttpResponse:
        """The answer as it was typed, and below it the text of the site that the editor took."""
        form = self.form(self.request.POST)
        typed = {name: form[name].value() for name in form.fields}
        offered = desk_page.answer_to(slug, language=self.case.language)
        typed["answer"] = "\n\n".join(filter(None, [str(typed["answer"] or "").rstrip(), offered]))
        typed["topic"] = desk_page.key_of(slug) or typed["topic"]
        return self.show(self.form(initial=typed))

    def previewed(self, form: StepForm) -> HttpResponse:
        """The mail before it goes out: to whom, its subject, its language and every word. Nothing has been sent."""
        context = {
            **self.context(form),
            "title": _("Look at the answer"),
            "question": self.case,
            "mail": preview_answer(self.case, form.cleaned_data["answer"]),
        }
        return TemplateResponse(self.request, "mailbox/preview.html", context)

    def show(self, form: StepForm) -> HttpResponse:
        """The page of the question, with this form as it was filled in and what is wrong in it."""
        context: dict[str, Any] = {**self.context(form), **desk_page.build_page_context(self.case, self.user)}
        context |= {f"{self.step.name}_form": form, "seen": self.seen}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return TemplateResponse(self.request, "mailbox/question.html", context, status=status)

    def is_repeat(self) -> bool:
        """An answer is the same only where it says the same; two answers to an answered question change no status."""
        if self.step.name != "answer":
            return super().is_repeat()
        since = Event.objects.of(self.case).filter(pk__gt=as_key(self.seen), step="answer", by=self.user)
        said = self.request.POST.get("answer-answer", "").replace("\r\n", "\n").strip()
        return since.exists() and self.case.mails.filter(direction=Mail.Direction.OUT, written=said).exists()

    def done(self) -> HttpResponse:
        """What was done, by the number of the question."""
        messages.success(self.request, DONE[self.step.name] % {"number": self.case.number})
        return HttpResponseRedirect(self.desk.address_after(self.case, self.step, self.user))
