"""Screen 7: check everything, sign and send."""

from functools import cached_property
from typing import Any

from django.db import IntegrityError
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from casework.steps import StepRefused
from exemptions import fees, letter_channel
from exemptions.forms.check import DeclarationForm, read_channel
from exemptions.intake import completeness, drafts, obstacles, summary
from exemptions.intake.completeness import Missing
from exemptions.models import KindQuestion
from exemptions.views.screens import Screen


class SendingScreen(Screen):
    """Base of the screens that can send the draft."""

    @cached_property
    def text(self) -> letter_channel.Text | None:
        """The words to agree to, if we never asked the applicant how letters are to reach them."""
        return letter_channel.find_channel_question(self.draft.applicant)

    def declarations(self) -> list[KindQuestion]:
        """What the kind asks to declare."""
        draft = self.draft
        return completeness.select_declarations(draft.kind, draft.answers) if draft.kind else []

    def send(self, form: DeclarationForm) -> HttpResponse:
        """Send the draft. A second attempt (another tab, a second click) gets the receipt of the first."""
        try:
            drafts.send_draft(self.draft, by=self.user, shown=form.shown(), reached=read_channel(form, self.text))
        except IntegrityError:  # a colleague sent the same at this very moment
            return self.show(form)
        except StepRefused as refused:
            return self.refuse(form, refused)
        except TransitionNotAllowed:
            pass
        return redirect("receipt", key=self.draft.key)

    def refuse(self, form: DeclarationForm, refused: StepRefused) -> HttpResponse:
        """Show the page with everything that is missing or in the way, and with the current declarations."""
        self.draft.refresh_from_db()
        form.declarations = self.declarations()
        if refused.field:
            refused.add_to(form)
        return self.show(form)


class CheckScreen(SendingScreen):
    """Everything that was filled in, what is still missing, and the button that sends."""

    name = "check"

    @property
    def title(self) -> str:
        return _("Check and send")

    def respond(self) -> HttpResponse:
        """Assume today as the first day, if nobody chose one or it has passed."""
        if self.draft.kind:
            drafts.assume_period(self.draft, today=timezone.localdate())
        return super().respond()

    def form(self, data: QueryDict | None = None, **kwargs: Any) -> DeclarationForm:
        """The declaration."""
        return DeclarationForm(data, declarations=self.declarations(), text=self.text)

    def post(self) -> HttpResponse:
        """Continuing later needs no declaration."""
        return self.leave() if "later" in self.request.POST else super().post()

    def save(self, form: BaseForm) -> HttpResponse | None:
        return self.send(form) if isinstance(form, DeclarationForm) else None

    def saved(self, own_answer: HttpResponse | None, *, is_later: bool) -> HttpResponse:
        """Show the receipt, because there is no next screen, or this page with what is missing."""
        return own_answer or redirect("receipt", key=self.draft.key)

    def context(self) -> dict[str, Any]:
        """The sections and everything that is missing, each with the link to fix it."""
        sections = [
            {"section": section, "url": self.change_url(section.screen)}
            for section in summary.build_sections(self.draft)
        ]
        missing = self.missing()
        return {
            "missing": missing,
            "has_errors": bool(missing) and self.request.method == "POST",
            "sections": sections,
            "costs": fees.describe_costs(self.draft.kind, extends=bool(self.draft.renews_id)),
        }

    def missing(self) -> list[dict[str, str]]:
        """What is still to do and what stands in the way, each with the link to its field."""
        return [
            {"url": f"{self.change_url(one.screen)}#{anchor_of(one)}", "message": one.message}
            for one in obstacles.find_lacking(self.draft, today=timezone.localdate())
            if one.screen != completeness.SIGNATURE
        ]

    def change_url(self, screen: str) -> str:
        """The URL of a screen, with the way back to this one."""
        return f"{self.url(screen)}?check=1"


def anchor_of(one: Missing) -> str:
    """The anchor on its screen: missing evidence goes into the area for all files."""
    return "id_proof" if one.screen == "evidence" and one.field.startswith("item-") else f"id_{one.field}"
