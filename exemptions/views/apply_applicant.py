"""Screen 1: the applicant."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from exemptions.forms.applicant import ApplicantForm, ChooseApplicantForm, details_of
from exemptions.intake import business_lookup, drafts
from exemptions.models import Applicant, Application, Mandate
from exemptions.trade_register import TRADE_REGISTER
from exemptions.views.screens import Screen

NEW, CHANGE = "new", "change"
LIKELY = {"role": Mandate.Role.OWNER, "form": Applicant.Form.ORGANISATION}
"""Most people apply for the company that they own or work for."""


class ApplicantScreen(Screen):
    """Choose one of those for whom the user acts, add a new one, or correct one that was just added."""

    name = "applicant"

    def __init__(self, request: HttpRequest, draft: Application) -> None:
        super().__init__(request, draft)
        self.is_change = self.part == CHANGE and self.may_change()
        self.is_new = not self.is_change and (self.part == NEW or not Applicant.objects.of(self.user).exists())

    @property
    def title(self) -> str:
        return _("Who are you applying for?")

    def form(self, data: QueryDict | None = None, **kwargs: Any) -> BaseForm:
        """The form to choose, to add, or to correct."""
        if self.is_change:
            return ApplicantForm(data, instance=self.draft.applicant, with_role=False, **kwargs)
        if self.is_new:
            return ApplicantForm(data, **{"initial": {**LIKELY, **details_of(self.user)}, **kwargs})
        chosen = {"applicant": str(self.draft.applicant_id or "")}
        return ChooseApplicantForm(data, user=self.user, **{"initial": chosen, **kwargs})

    def button(self) -> HttpResponse | None:
        """Look a number up in the Trade Register; 'next' does so as well if only the number was typed."""
        typed = self.as_typed()
        if not self.looks_up or not ("look_up" in typed or self.expects_filling(typed)):
            return None
        answer = business_lookup.look_up_business(self.request, typed.get("kvk_number", ""))
        filled = business_lookup.fill_in(typed, answer, known=details_of(self.user))
        return self.show(self.form(initial={**LIKELY, **details_of(self.user), **filled}), looked_up=answer)

    def expects_filling(self, typed: dict[str, str]) -> bool:
        """Whether the user continues with nothing but the number of a company."""
        is_asked = "later" not in self.request.POST and typed.get("form") == Applicant.Form.ORGANISATION
        return is_asked and typed.get("looked_up") is None and business_lookup.has_only_number(typed)

    @property
    def looks_up(self) -> bool:
        """Whether the register can fill in this form."""
        return self.is_new and TRADE_REGISTER.is_connected

    def save(self, form: BaseForm) -> HttpResponse | None:
        """Save the choice, or the new applicant, for whom the user acts from now on."""
        if isinstance(form, ChooseApplicantForm):
            chosen = form.chosen()
            if chosen is None:
                return redirect(self.url(self.name, part=NEW))
            drafts.save_draft(self.draft, applicant=chosen)
        elif isinstance(form, ApplicantForm) and self.is_change:
            drafts.change_applicant(self.draft, form.details(), by=self.user)
        elif isinstance(form, ApplicantForm):
            drafts.add_applicant(self.draft, form.details(), by=self.user, role=form.role_chosen())
        return None

    def context(self) -> dict[str, Any]:
        """Links to the other forms of this screen."""
        has_choice = Applicant.objects.of(self.user).exists()
        return {
            "looks_up": self.looks_up,
            "choose_url": self.url(self.name) if has_choice and (self.is_new or self.is_change) else "",
            "change_url": self.url(self.name, part=CHANGE) if not self.is_change and self.may_change() else "",
        }

    def may_change(self) -> bool:
        """Whether the details of the draft's applicant can be corrected here."""
        return self.draft.applicant is not None and drafts.may_change(self.draft.applicant, by=self.user)

    def kept_as(self) -> str:
        """Each form of this screen is kept separately."""
        return CHANGE if self.is_change else NEW if self.is_new else self.name
