"""Registering what came in outside the portal. A double click creates one case, by the key in the form."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext, gettext_lazy
from django_stubs_ext import StrOrPromise

from accounts.form_recovery import take_typed
from casework.desk.forms import StepForm
from casework.desk.step_page import add_refusal
from casework.models import Dossier
from casework.steps import StepRefused
from complaints.admin.forms.registration import ApplicationField, RegisterForm, SenderForm
from complaints.models import Complaint

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite

    from accounts.models import User


class RegistrationRequest:
    """A request to the page for registering a case, with a sender."""

    model: ClassVar[Any]
    form_class: ClassVar[type[SenderForm]]
    title: ClassVar[StrOrPromise]
    template: ClassVar[str]

    def __init__(self, request: HttpRequest, *, user: "User", site: "AdminSite") -> None:
        self.request, self.user, self.site = request, user, site

    def respond(self) -> HttpResponse:
        """The form, empty or with what was typed before the login expired; or a redirect to the new case."""
        if self.request.method != "POST":
            return self.show(self.make_form(take_typed(self.request)))
        form = self.make_form(self.request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            with transaction.atomic():
                made = self.register(form)
        except StepRefused as refused:
            return self.show(add_refusal(form, refused))
        except IntegrityError:
            made = self.model.objects.filter(key=form.cleaned_data["key"]).first()
            if made is None:
                raise
        messages.success(self.request, gettext("Registered."))
        return redirect(f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_change", made.pk)

    def make_form(self, data: QueryDict | None) -> SenderForm:
        """The form; applications are looked up among those that the user may see."""
        form = self.form_class(data, case=None)
        field = form.fields.get("application")
        if isinstance(field, ApplicationField):
            field.user = self.user
        return form

    def register(self, form: SenderForm) -> Any:
        """Create the row and take its first step, within the caller's transaction."""
        key = {"key": form.cleaned_data["key"]} if form.cleaned_data["key"] else {}
        made = self.model.objects.create(dossier=Dossier.objects.create(), **form.row(), **key)
        made.register(by=self.user, received_on=form.cleaned_data["received_on"])
        return made

    def show(self, form: StepForm) -> HttpResponse:
        """The form, with its errors."""
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        context = {**self.site.each_context(self.request), "title": self.title, "form": form}
        return TemplateResponse(self.request, self.template, context, status=status)


class ComplaintRegistration(RegistrationRequest):
    """Registers a complaint that came in by post, by email, by phone or at the counter."""

    model = Complaint
    form_class = RegisterForm
    title = gettext_lazy("Register a complaint")
    template = "desk/complaint_register.html"
