"""Cases registered by the desk: an objection that came by post, an appeal reported by the court.

Creating the row and taking its first step are one transaction, so there is never half a case. The database allows one
open objection to a decision and one open appeal before a court, so a second click finds what the first one made.
"""

from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from accounts.form_recovery import take_typed
from casework.desk.forms import StepForm
from casework.desk.step_page import add_refusal
from casework.steps import StepRefused
from exemptions.admin.desk_steps import APPLICATIONS
from exemptions.forms.papers import keep_papers
from exemptions.models import Application, Decision
from objections.admin.desk_steps import OBJECTIONS
from objections.admin.forms.court import LodgeForm
from objections.admin.forms.registration import RegisterForm
from objections.models import Appeal, Objection, ObjectionStatus

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite

    from accounts.models import User
    from casework.desk.steps import CaseDesk

SECOND_CLICK = timedelta(minutes=1)
DAYS_KNOWN = ("received_on",)
"""Fields that the query string can set: the day on which it came in as something else (Awb 6:15(3))."""


class CaseRegistration:
    """A request to a page that creates a case related to another one."""

    title: StrOrPromise
    explained: StrOrPromise
    button: StrOrPromise
    form_class: type[StepForm]
    desk: "CaseDesk[Any]"
    """The desk of the original case."""

    def __init__(self, request: HttpRequest, case: Any, *, user: "User", site: "AdminSite") -> None:
        self.request, self.case, self.user, self.site = request, case, user, site

    def respond(self) -> HttpResponse:
        """Show the form, empty or as typed before the login expired, or create the case."""
        if self.request.method != "POST":
            known = {name: day for name in DAYS_KNOWN if (day := self.request.GET.get(name))}
            return self.show(self.form_class(take_typed(self.request), case=self.case, initial=known))
        form = self.form_class(self.request.POST, self.request.FILES, case=self.case)
        if not form.is_valid():
            return self.show(form)
        try:
            with transaction.atomic():
                made = self.made(form)
        except (StepRefused, IntegrityError) as refused:
            return self.refused(form, refused)
        return self.done(made)

    def made(self, form: Any) -> Any:
        """The new case; raises StepRefused if the law forbids it, IntegrityError if there is one already."""
        raise NotImplementedError

    def rival(self, form: Any) -> Any:
        """The open case that prevents a new one, if any."""
        raise NotImplementedError

    def is_own_click(self, rival: Any) -> bool:
        """Whether this user created the rival a moment ago, by a double click."""
        event = rival.dossier.events.filter(case_type=rival.CASE_TYPE, case_id=rival.pk).order_by("pk").first()
        return event is not None and event.by_id == self.user.pk and event.at > timezone.now() - SECOND_CLICK

    def refused(self, form: StepForm, refused: StepRefused | IntegrityError) -> HttpResponse:
        """Redirect a double click to the first case; else show the form again, with the reason and any rival case."""
        rival = self.rival(form)
        if rival is None:
            return self.show(add_refusal(form, refused) if isinstance(refused, StepRefused) else form)
        if self.is_own_click(rival):
            return self.done(rival)
        form.add_error(None, gettext("There is an open one already. Look at it first: it may be the same."))
        return self.show(form, rival=rival, status=HTTPStatus.CONFLICT)

    def done(self, made: Any) -> HttpResponse:
        """Redirect to the new case."""
        messages.success(self.request, gettext("Registered."))
        return HttpResponseRedirect(address_of(made))

    def show(self, form: StepForm, *, rival: Any = None, status: HTTPStatus | None = None) -> HttpResponse:
        """The page with the form, and its errors if any."""
        wrong = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        context = {
            **self.site.each_context(self.request),
            "title": self.title,
            "explained": self.explained,
            "button": self.button,
            "case": self.case,
            "case_name": self.desk.title(self.case),
            "desk": self.desk,
            "line": self.desk.line(self.case),
            "form": form,
            "rival": rival,
            "rival_url": address_of(rival) if rival else "",
        }
        return TemplateResponse(self.request, "desk/objection_register.html", context, status=status or wrong)


class ObjectionRegistration(CaseRegistration):
    """Registers an objection to a decision on an application."""

    title = _("Register an objection")
    explained = _(
        "For what came by post or at the counter. The objector gets a confirmation immediately, and the term starts."
    )
    button = _("Register")
    form_class = RegisterForm
    desk = APPLICATIONS
    case: Application

    def made(self, form: RegisterForm) -> Objection:
        """Create the objection with its files, and drop the objector's unsent draft in the portal."""
        drop_draft(form.cleaned_data["decision"])
        objection: Objection = Objection.objects.create(
            dossier=self.case.dossier, filled_in_by=self.user, **form.about()
        )
        objection.documents.add(*keep_papers(form.cleaned_data["documents"], dossier=self.case.dossier, by=self.user))
        days = {name: form.cleaned_data[name] for name in ("received_on", "posted_on")}
        objection.register(by=self.user, **days)
        return objection

    def rival(self, form: RegisterForm) -> Objection | None:
        """The open objection to the same decision."""
        found: Objection | None = Objection.objects.open().filter(decision=form.cleaned_data["decision"]).first()
        return found


class AppealRegistration(CaseRegistration):
    """Registers a case before a court about an objection."""

    title = _("Register an appeal")
    explained = _("As the court tells. What happens there is noted on the page of the appeal.")
    button = _("Register")
    form_class = LodgeForm
    desk: "CaseDesk[Any]" = OBJECTIONS
    case: Objection | Application

    def made(self, form: LodgeForm) -> Appeal:
        """Create the appeal as reported by the court."""
        objection = self.case if isinstance(self.case, Objection) else None
        appeal: Appeal = Appeal.objects.create(dossier=self.case.dossier, objection=objection, **form.about())
        days = {name: form.cleaned_data[name] for name in ("filed_on", "sent_on", "papers_due")}
        appeal.lodge(by=self.user, **days)
        return appeal

    def rival(self, form: LodgeForm) -> Appeal | None:
        """The open case about the same subject before the same instance."""
        found: Appeal | None = Appeal.objects.open().about(self.case).filter(instance=form.about()["instance"]).first()
        return found


class SilenceAppealRegistration(AppealRegistration):
    """Registers a court case about our silence on an application, without a prior objection (Awb 7:1(1)(f))."""

    title = _("Register an appeal against silence")
    explained = _(
        "Somebody went to court because we do not decide (Awb 6:12). That can be done two weeks after a notice of "
        "default; an earlier appeal is kept as premature, and the court judges that."
    )
    desk = APPLICATIONS


def address_of(case: Any) -> str:
    """The URL of a case of any type."""
    return reverse(f"admin:{case._meta.app_label}_{case._meta.model_name}_change", args=[case.pk])


def drop_draft(decision: Decision) -> None:
    """Drop unsent drafts of objections to a decision, because one that came by post replaces them."""
    for draft in Objection.objects.filter(decision=decision, status=ObjectionStatus.DRAFT):
        draft.drop()
