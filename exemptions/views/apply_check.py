"""Screen 7: look at everything once more, sign and send."""

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
    """A screen that can send the draft."""

    @cached_property
    def text(self) -> letter_channel.Text | None:
        """What to agree to, where the applicant was never asked how letters reach them."""
        return letter_channel.find_channel_question(self.draft.applicant)

    def declarations(self) -> list[KindQuestion]:
        """What the kind asks to declare."""
        draft = self.draft
        return completeness.select_declarations(draft.kind, draft.answers) if draft.kind else []

    def send(self, form: DeclarationForm) -> HttpResponse:
        """Send it. A second attempt (another tab, a second click) gets the receipt of the first."""
        try:
            drafts.send_draft(self.draft, by=self.user, shown=form.shown(), reached=read_channel(form, self.text))
        except IntegrityError:  # the same was sent by a colleague at this very moment
            return self.show(form)
        except StepRefused as refused:
            return self.refuse(form, refused)
        except TransitionNotAllowed:
            pass
        return redirect("receipt", key=self.draft.key)

    def refuse(self, form: DeclarationForm, refused: StepRefused) -> HttpResponse:
        """The page with everything that is missing or stands in the way, and with what one declares now."""
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
        """The heading."""
        return _("Check and send")

    def respond(self) -> HttpResponse:
        """A first day that nobody chose, or that went by, is today."""
        if self.draft.kind:
            drafts.assume_period(self.draft, today=timezone.localdate())
        return super().respond()

    def form(self, data: QueryDict | None = None, **kwargs: Any) -> DeclarationForm:
        """The signature."""
        return DeclarationForm(data, declarations=self.declarations(), text=self.text)

    def post(self) -> HttpResponse:
        """'Later' needs no declaration."""
        return self.leave() if "later" in self.request.POST else super().post()

    def save(self, form: BaseForm) -> HttpResponse | None:
        """Send it."""
        return self.send(form) if isinstance(form, DeclarationForm) else None

    def saved(self, own_answer: HttpResponse | None, *, is_later: bool) -> HttpResponse:
        """There is no next screen: the receipt, or this page with what is missing."""
        return own_answer or redirect("receipt", key=self.draft.key)

    def context(self) -> dict[str, Any]:
        """The sections, each with the way to change it, and what is missing, each with the way to its field."""
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
        """What is still to do and what stands in the way, each with the way to its field."""
        return [
            {"url": f"{self.change_url(one.screen)}#{anchor_of(one)}", "message": one.message}
            for one in obstacles.find_lacking(self.draft, today=timezone.localdate())
            if one.screen != completeness.SIGNATURE
        ]

    def change_url(self, screen: str) -> str:
        """A screen, with the way back to here."""
        return f"{self.url(screen)}?check=1"


def anchor_of(one: Missing) -> str:
    """Where on its screen it is done: what is missing of the proof goes into the area for all files."""
    return "id_proof" if one.screen == "evidence" and one.field.startswith("item-") else f"id_{one.field}"
