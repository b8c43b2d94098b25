"""Registering an application at the desk: one page that grows, each part of which is a form of the portal."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.form_recovery import take_typed
from casework.steps import StepRefused
from casework.uploads.upload_checks import MAX_PER_ITEM, limits_per_item
from exemptions import day_exemptions
from exemptions.admin.desk_steps import APPLICATIONS
from exemptions.admin.registration_forms import (
    PaperApplicantForm,
    PaperKindForm,
    PaperPeriodForm,
    PaperPlateForm,
    ReceiptForm,
    WhoForm,
    make_fields_optional,
)
from exemptions.forms.evidence import FilesForm
from exemptions.forms.facts import TypedFactsForm
from exemptions.forms.questions import QuestionsForm
from exemptions.intake import draft_files, drafts, registration, summary
from exemptions.intake.access import with_typed
from exemptions.models import Applicant, Application
from exemptions.steps.registration import find_indispensable
from zones.access import VehicleFacts
from zones.plates import spell_plate

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite

    from accounts.models import User

TITLES: dict[str, str | Promise] = {
    "receipt": _("Receipt"),
    "who": _("Applicant"),
    "applicant": _("Details of the applicant"),
    "vehicle": _("Vehicle"),
    "facts": _("Vehicle data, as they stand on the paper"),
    "kind": _("Exemption"),
    "questions": _("What is asked"),
    "period": _("Where and when"),
    "evidence": _("Evidence"),
}


@dataclass
class Part:
    """One form on the page. `key`: its name, followed by the kind if it belongs to one; the page submits its keys."""

    key: str
    form: Any

    @property
    def name(self) -> str:
        """The name without the kind."""
        return self.key.partition("-")[0]

    @property
    def title(self) -> str | Promise:
        """The heading of the part."""
        return TITLES[self.name]

    @property
    def files(self) -> list[tuple[Any, Any]]:
        """Each field of the checklist, with its item."""
        return [(self.form[name], item) for name, item in getattr(self.form, "items", {}).items()]


class StartPage:
    """Asks how an application came in; also lists registrations begun and not completed."""

    def __init__(self, request: HttpRequest, *, user: "User", site: "AdminSite") -> None:
        self.request, self.user, self.site = request, user, site

    def respond(self) -> HttpResponse:
        """Show the form, with what was typed before the login expired, or redirect to the page of the new draft."""
        if self.request.method != "POST":
            return self.show(ReceiptForm(take_typed(self.request)))
        form = ReceiptForm(self.request.POST)
        if not form.is_valid():
            return self.show(form)
        draft = registration.begin_registration(form.cleaned_data, by=self.user, key=read_key(self.request.POST))
        return redirect("admin:exemptions_application_registration", key=draft.key)

    def show(self, form: ReceiptForm) -> HttpResponse:
        begun = Application.objects.to_register(self.user).order_by("registration__came_in_on", "pk")
        context = {
            **self.site.each_context(self.request),
            "title": gettext("Register an application"),
            "form": form,
            "key": self.request.POST.get("key") or uuid4(),
            "begun": begun.select_related("registration", "applicant", "kind", "owner"),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return TemplateResponse(self.request, "desk/registration_start.html", context, status=status)


def read_key(data: QueryDict) -> UUID:
    """The key that makes two clicks on the button one draft."""
    try:
        return UUID(data.get("key", ""))
    except ValueError:
        return uuid4()


class RegistrationPage:
    """The whole draft on one page. Saves valid parts even if others are wrong, and finally registers it."""

    def __init__(self, request: HttpRequest, draft: Application, *, user: "User", site: "AdminSite") -> None:
        self.request, self.draft, self.user, self.site = request, draft, user, site
        self.refused: list[str] = []

    def respond(self) -> HttpResponse:
        """Show the page, or save what was submitted."""
        if self.request.method == "POST":
            with transaction.atomic():
                self.draft = Application.objects.select_for_update(no_key=True, of=("self",)).get(pk=self.draft.pk)
                return self.post()
        return self.show(self.build_parts(take_typed(self.request))) if self.draft.is_draft else self.leave()

    def post(self) -> HttpResponse:
        """Save what was submitted; then continue with the button that was pressed."""
        if not self.draft.is_draft:
            return self.leave()
        if "discard" in self.request.POST:
            return self.discard()
        wrong = self.keep(self.build_parts(self.request.POST))
        if wrong:
            return self.show(self.build_parts(), wrong=wrong)
        if removed := self.request.POST.get("remove", ""):
            self.remove_file(removed)
        elif "other" in self.request.POST:
            drafts.save_draft(self.draft, applicant=None)
        elif "register" in self.request.POST and not self.has_grown():
            return self.register()
        return redirect("admin:exemptions_application_registration", key=self.draft.key)

    # --- The parts -----------------------------------------------------------------------------------------------

    def build_parts(self, data: QueryDict | None = None) -> list[Part]:
        """The parts that the draft has by now; bound if the submitted page had them."""
        shown = data.getlist("shown") if data is not None else []
        return [Part(key, form) for key, form in self.forms(data, shown)]

    def forms(self, data: QueryDict | None, shown: list[str]) -> Iterator[tuple[str, Any]]:
        """Each form with its key."""

        def bind(key: str) -> dict[str, Any]:
            return {"data": data if key in shown else None, "prefix": key}

        about, draft = self.draft.registration, self.draft
        receipt = {name: getattr(about, name) for name in registration.RECEIPT}
        receipt |= {"channel": draft.channel, "language": draft.language}
        yield "receipt", ReceiptForm(about=about, initial=receipt, **bind("receipt"))
        if draft.applicant is None and (matches := registration.find_matches(draft)):
            yield "who", WhoForm(matches=matches, **bind("who"))
        if draft.applicant is None or registration.is_new(draft.applicant):
            nobody = draft.applicant is None
            more = {"empty_permitted": nobody, "use_required_attribute": False, "instance": draft.applicant}
            yield "applicant", PaperApplicantForm(**more, **bind("applicant"))
        plate = {"plate": spell_plate(draft.plate, country=draft.country), "country": draft.country}
        yield "vehicle", PaperPlateForm(initial=plate, **bind("vehicle"))
        if registration.asks_facts(draft):
            facts = draft.current_facts.vehicle if draft.current_facts else VehicleFacts()
            yield "facts", make_fields_optional(TypedFactsForm(initial=facts.__dict__, **bind("facts")))
        yield "kind", PaperKindForm(draft=draft, user=self.user, initial={"kind": draft.kind_id}, **bind("kind"))
        if draft.kind:
            yield from self.forms_of_kind(bind)

    def forms_of_kind(self, bind: Any) -> Iterator[tuple[str, Any]]:
        """The forms that depend on the kind."""
        draft, kind = self.draft, self.draft.chosen_kind
        questions = list(kind.questions.all())
        if questions:
            key = f"questions-{kind.pk}"
            answers = {code: answer for code, answer in draft.answers.items() if answer}
            yield key, make_fields_optional(QuestionsForm(questions=questions, initial=answers, **bind(key)))
        key, period = f"period-{kind.pk}", {name: getattr(draft, name) for name in ("wanted_from", "wanted_until")}
        yield (
            key,
            PaperPeriodForm(
                user=self.user,
                kind=kind,
                facts=draft.current_facts,
                since=draft.registration.came_in_on,
                initial={**period, "municipality": draft.municipality_id},
                **bind(key),
            ),
        )
        key, items = f"evidence-{kind.pk}", draft.relevant_evidence
        if items:
            bound = bind(key)
            files = self.request.FILES if bound["data"] is not None and self.request.method == "POST" else None
            yield key, make_fields_optional(FilesForm(files=files, items=items, **bound))

    def has_grown(self) -> bool:
        """Whether there are parts that the submitted page did not have: they come first."""
        new = {part.key for part in self.build_parts()} - set(self.request.POST.getlist("shown"))
        if new:
            messages.info(self.request, gettext("Kept. Look at what is asked now, and register it then."))
        return bool(new)

    # --- Saving --------------------------------------------------------------------------------------------------

    def keep(self, parts: list[Part]) -> dict[str, Part]:
        """Save every valid part, the kind last because it changes the others; returns the invalid ones."""
        sent = [part for part in parts if part.form.is_bound]
        who = next((part.form for part in sent if part.name == "who" and part.form.is_valid()), None)
        if who and who.chosen():
            sent = [part for part in sent if part.name != "applicant"]
        wrong = {}
        for part in sorted(sent, key=lambda part: part.name == "kind"):
            is_right = part.form.is_valid()
            if is_right or part.name == "evidence":
                getattr(self, f"keep_{part.name}")(part.form)
            if part.form.errors:
                wrong[part.key] = part
        return wrong

    def keep_receipt(self, form: ReceiptForm) -> None:
        registration.keep_receipt(self.draft, form.cleaned_data)

    def keep_who(self, form: WhoForm) -> None:
        if chosen := form.chosen():
            drafts.save_draft(self.draft, applicant=chosen)
            registration.notify_wrong_channel(self.draft)

    def keep_applicant(self, form: PaperApplicantForm) -> None:
        """Save a new applicant, or corrected details of one."""
        if not form.has_changed():
            return
        applicant = self.draft.applicant or Applicant()
        for name, value in form.details().items():
            setattr(applicant, name, value)
        applicant.save()
        drafts.save_draft(self.draft, applicant=applicant)
        registration.notify_wrong_channel(self.draft)

    def keep_vehicle(self, form: PaperPlateForm) -> None:
        """Save the plate, with the register's data."""
        plate, country = form.cleaned_data.get("plate", ""), form.cleaned_data["country"]
        registration.take_vehicle(self.draft, plate=plate, country=country, by=self.user)

    def keep_facts(self, form: TypedFactsForm) -> None:
        """Save the data from the paper, for as long as the plate is the same."""
        if not registration.asks_facts(self.draft) or not form.has_changed():
            return
        facts = with_typed(VehicleFacts(), form.typed())
        drafts.save_vehicle(self.draft, drafts.Vehicle(self.draft.plate, self.draft.country, facts), by=self.user)

    def keep_kind(self, form: PaperKindForm) -> None:
        """Save the kind, with its checklist."""
        kind = form.cleaned_data["kind"]
        if kind and kind != self.draft.kind:
            drafts.choose_kind(self.draft, kind)

    def keep_questions(self, form: QuestionsForm) -> None:
        drafts.save_answers(self.draft, form.answers())

    def keep_period(self, form: PaperPeriodForm) -> None:
        period = {name: form.cleaned_data.get(name) for name in ("municipality", "wanted_from", "wanted_until")}
        drafts.save_period(self.draft, **period)

    def keep_evidence(self, form: FilesForm) -> None:
        """Store every good file; the others get an error."""
        for name, files in form.checked.items():
            try:
                for checked in files:
                    draft_files.keep_file(form.items[name], checked, by=self.user)
            except draft_files.TooManyFiles:
                most = {"count": MAX_PER_ITEM}
                form.add_error(name, gettext("At most %(count)s files can be added here.") % most)
            except draft_files.NotKept:
                form.add_error(name, gettext("Files cannot be saved at the moment. Try again in a few minutes."))

    def remove_file(self, pk: str) -> None:
        removed = draft_files.remove_file(self.draft, int(pk)) if pk.isdecimal() and len(pk) < 16 else None
        if removed:
            messages.success(self.request, gettext("“%(name)s” has been removed.") % {"name": removed.name})

    # --- Completing ----------------------------------------------------------------------------------------------

    def register(self) -> HttpResponse:
        """Register the application, or say what is lacking."""
        try:
            with transaction.atomic():
                self.take_step()
        except StepRefused as refused:
            self.refused = list(refused.messages)
        except IntegrityError:  # a colleague registered the same at this very moment
            self.refused = list(find_indispensable(self.draft))
        else:
            messages.success(self.request, gettext("Registered."))
            return self.leave()
        self.draft = Application.objects.get(pk=self.draft.pk)
        return self.show(self.build_parts())

    def take_step(self) -> None:
        """Register it; a day exemption is granted at once, unless a person has to decide, for the reason shown."""
        if not (self.draft.kind and self.draft.kind.is_day):
            self.draft.register(by=self.user)
        elif why := day_exemptions.register_paper(self.draft, by=self.user):
            words = gettext("This day exemption could not be granted at once. Decide on it yourself. %(why)s")
            messages.warning(self.request, words % {"why": why})

    def discard(self) -> HttpResponse:
        """Discard a registration begun by mistake, with its files."""
        self.draft.drop()
        messages.success(self.request, gettext("What was filled in has been thrown away."))
        return redirect("admin:exemptions_application_register")

    def leave(self) -> HttpResponse:
        """Redirect to the case; also after a second click."""
        return redirect(APPLICATIONS.case_address(self.draft))

    def show(self, parts: list[Part], *, wrong: dict[str, Part] | None = None) -> HttpResponse:
        """The page; invalid parts keep what was typed."""
        shown = [(wrong or {}).get(part.key, part) for part in parts]
        has_errors = bool(self.refused) or any(part.form.errors for part in shown)
        record = self.draft.current_facts
        context = {
            **self.site.each_context(self.request),
            "title": gettext("Register an application"),
            "draft": self.draft,
            "about": self.draft.registration,
            "parts": shown,
            "is_known": self.draft.applicant is not None and not any(part.name == "applicant" for part in shown),
            "facts": summary.facts_rows(record.vehicle) if record and not registration.asks_facts(self.draft) else [],
            "limits": limits_per_item(),
            "lacking": registration.list_lacking(self.draft),
            "refused": self.refused,
            "has_errors": has_errors,
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if has_errors else HTTPStatus.OK
        return TemplateResponse(self.request, "desk/registration.html", context, status=status)
