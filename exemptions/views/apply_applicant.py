"""Screen 1: in whose name."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from exemptions.forms.applicant import ApplicantForm, ChooseApplicantForm, details_of
from exemptions.intake import drafts
from exemptions.models import Applicant, Application
from exemptions.views.screens import Screen

NEW, CHANGE = "new", "change"


class ApplicantScreen(Screen):
    """One of those for whom the user acts; a new one; or the details of the one just made put right."""

    name = "applicant"

    def __init__(self, request: HttpRequest, draft: Application) -> None:
        super().__init__(request, draft)
        self.is_change = self.part == CHANGE and self.may_change()
        self.is_new = not self.is_change and (self.part == NEW or not Applicant.objects.of(self.user).exists())

    @property
    def title(self) -> str:
        """The question of this screen."""
        return _("Who are you applying for?")

    def form(self, data: QueryDict | None = None, **kwargs: Any) -> BaseForm:
        """To choose, to add, or to change."""
        if self.is_change:
            return ApplicantForm(data, instance=self.draft.applicant, with_role=False, **kwargs)
        if self.is_new:
            return ApplicantForm(data, **{"initial": details_of(self.user), **kwargs})
        chosen = {"applicant": str(self.draft.applicant_id or "")}
        return ChooseApplicantForm(data, user=self.user, **{"initial": chosen, **kwargs})

    def save(self, form: BaseForm) -> HttpResponse | None:
        """The choice; or the new applicant, for whom the user acts from now on."""
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
        """The way to the other forms of this screen."""
        has_choice = Applicant.objects.of(self.user).exists()
        return {
            "choose_url": self.url(self.name) if has_choice and (self.is_new or self.is_change) else "",
            "change_url": self.url(self.name, part=CHANGE) if not self.is_change and self.may_change() else "",
        }

    def may_change(self) -> bool:
        """Whether the details of the draft's applicant can be put right here."""
        return self.draft.applicant is not None and drafts.may_change(self.draft.applicant, by=self.user)

    def kept_as(self) -> str:
        """The forms of this screen are kept apart."""
        return CHANGE if self.is_change else NEW if self.is_new else self.name
