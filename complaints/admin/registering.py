"""Writing down a complaint that came in otherwise. A second click finds what the first has made, by its key."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from accounts.form_recovery import take_typed
from casework.desk.forms import StepForm
from casework.desk.step_page import add_refusal
from casework.models import Dossier
from casework.steps import StepRefused
from complaints.admin.forms.registering import ApplicationField, RegisterForm
from complaints.models import Complaint

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite

    from accounts.models import User


class RegisteringComplaint:
    """One visit to the page."""

    def __init__(self, request: HttpRequest, *, user: "User", site: "AdminSite") -> None:
        self.request, self.user, self.site = request, user, site

    def respond(self) -> HttpResponse:
        """The empty form, or what was typed before the login expired; or the new complaint."""
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
            made = Complaint.objects.filter(key=form.cleaned_data["key"]).first()
            if made is None:
                raise
        messages.success(self.request, gettext("Done: %(step)s.") % {"step": gettext("Register a complaint")})
        return redirect("admin:complaints_complaint_change", made.pk)

    def make_form(self, data: QueryDict | None) -> RegisterForm:
        """The form, which looks among the applications that the user may see."""
        form = RegisterForm(data, case=None)
        field = form.fields["application"]
        if isinstance(field, ApplicationField):
            field.user = self.user
        return form

    def register(self, form: RegisterForm) -> Complaint:
        """The row and its first step, both or neither."""
        key = {"key": form.cleaned_data["key"]} if form.cleaned_data["key"] else {}
        complaint: Complaint = Complaint.objects.create(dossier=Dossier.objects.create(), **form.row(), **key)
        complaint.register(by=self.user, received_on=form.cleaned_data["received_on"])
        return complaint

    def show(self, form: StepForm) -> HttpResponse:
        """The form, with what is wrong in it."""
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        context = {**self.site.each_context(self.request), "title": gettext("Register a complaint"), "form": form}
        return TemplateResponse(self.request, "desk/complaint_register.html", context, status=status)
