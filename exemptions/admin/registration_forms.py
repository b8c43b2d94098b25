"""Forms for copying an application that came on paper: those of the portal, with fewer requirements."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.clock import today
from casework.deadline_words import format_day
from casework.desk.forms import DayField, StepForm, get_today
from casework.models.letter import LANGUAGES
from exemptions.admin.fields import KindField
from exemptions.forms.applicant import ApplicantForm, describe_applicant
from exemptions.forms.period import PeriodForm
from exemptions.forms.plate import PlateForm
from exemptions.intake import registration
from exemptions.models import Applicant, Application, Channel, KindVersion, Registration
from exemptions.steps.registration import find_first_day, refuse_early
from zones.models import Municipality

NEW = "new"


class ReceiptForm(forms.Form):
    """How and when the application came in."""

    channel = forms.ChoiceField(
        label=_("Came in by"),
        choices=[one for one in Channel.choices if one[0] != Channel.PORTAL],
        initial=Channel.POST,
        widget=forms.RadioSelect,
    )
    came_in_on = DayField(
        label=_("Received"),
        help_text=_("The day on which it came in here, not today: our term to decide is counted from it (Awb 4:13)."),
    )
    signed = forms.BooleanField(
        label=_("It is signed"),
        help_text=_("An application is in writing and signed (Awb 4:1, 4:2). By telephone it never is."),
        required=False,
    )
    language = forms.ChoiceField(label=_("Language of our letters"), choices=LANGUAGES)
    lookup = forms.CharField(
        label=_("Email address or KvK number of the applicant"),
        help_text=_("To find who applied here before. Leave it empty if neither is on the paper."),
        max_length=254,
        required=False,
    )
    repair_by = DayField(
        label=_("By email: last day to send it by post or hand it in"),
        help_text=_(
            "Email is no way that is open for an application. Who used it gets the chance to send it by another way, "
            "for at least one working day (Awb 2:23). If they do, the day of the email is the day of receipt."
        ),
        required=False,
    )
    repaired_on = DayField(
        label=_("By email: came in on paper after all"),
        help_text=_("Until you fill in this day, an application by email cannot be registered."),
        required=False,
    )

    def __init__(self, *args: Any, about: Registration | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        self.first = find_first_day()
        bounds = {"came_in_on": (self.first, today()), "repaired_on": (self.first, today())}
        for name, (first, last) in bounds.items():
            field = self.fields[name]
            if isinstance(field, DayField):
                field.bound(first=first, last=last)
        for name in ("repair_by", "repaired_on"):
            vars(self.fields[name])["needed_sometimes"] = True

    def clean_came_in_on(self) -> date:
        """Refuse a day in the future, or before one could apply."""
        day: date = self.cleaned_data["came_in_on"]
        if day > today():
            raise forms.ValidationError(gettext("That day is in the future."), code="future")
        refuse_early(day, field="came_in_on")
        return day

    def clean_lookup(self) -> str:
        """Normalise a KvK number; leave an email address alone."""
        typed = str(self.cleaned_data["lookup"]).strip()
        return typed if "@" in typed else typed.replace(" ", "").replace(".", "")

    def clean(self) -> dict[str, Any]:
        """An application by telephone is not signed; one by email has a last day to be repaired."""
        data = super().clean() or {}
        if data.get("channel") == Channel.PHONE:
            data["signed"] = False
        if data.get("channel") == Channel.EMAIL:
            self.clean_repair(data)
        return data

    def clean_repair(self, data: dict[str, Any]) -> None:
        """Require at least one working day from now, unless a day was set before; refuse a repair before the email."""
        known = self.about.repair_by if self.about else None
        least = registration.earliest_repair_day()
        if data.get("repair_by") is None and "repair_by" not in self.errors:
            data["repair_by"] = known or registration.usual_repair_day()
        elif data.get("repair_by") and data["repair_by"] != known and data["repair_by"] < least:
            message = gettext("At least one working day is left: %(day)s or later (Awb 2:23).")
            self.add_error("repair_by", message % {"day": format_day(least)})
        repaired, came_in = data.get("repaired_on"), data.get("came_in_on")
        if repaired and (repaired > today() or (came_in and repaired < came_in)):
            self.add_error("repaired_on", gettext("Choose a day from the day of the email until today."))


class RepairForm(StepForm):
    """When the applicant first sent the application by email, and until when they could send it by an open way."""

    sent_on = DayField(label=_("Day of the email"), last=get_today)
    repair_by = DayField(label=_("Last day that we gave them"))


class WhoForm(forms.Form):
    """A choice between applicants that match the paper, and a new one."""

    applicant = forms.ChoiceField(label=_("Who applies?"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, matches: Sequence[Applicant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matches = {str(one.pk): one for one in matches}
        known = [(pk, describe_applicant(one)) for pk, one in self.matches.items()]
        field = self.fields["applicant"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*known, (NEW, gettext("Somebody else: fill in their details below"))]

    def chosen(self) -> Applicant | None:
        """The matching applicant; None for a new one, or if nothing was chosen yet."""
        return self.matches.get(self.cleaned_data["applicant"])


class PaperApplicantForm(ApplicantForm):
    """Name and address; paper may lack the email address and the KvK number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, with_role=False, **kwargs)
        self.fields["email"].required = False
        self.fields["email"].help_text = gettext("Not needed: without it we write by post only.")
        self.fields["kvk_number"].help_text = ""
        self.fields["kvk_number"].widget.is_required = False
        self.fields["branch_number"].help_text = ""

    def miss_kvk_number(self) -> None:
        """Accept a missing number: it is asked for afterwards."""


class PaperPlateForm(PlateForm):
    """A plate, if the paper has one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plate"].required = False
        self.fields["country"].initial = "NL"

    def clean(self) -> dict[str, Any]:
        """Check the plate only if there is one."""
        return super().clean() if self.cleaned_data.get("plate") else self.cleaned_data


class PaperKindForm(forms.Form):
    """The kind asked for, as on the day of receipt, among those that the colleague can handle."""

    kind = KindField()

    def __init__(self, *args: Any, draft: Application, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        field.label, field.required = gettext("Which exemption is asked?"), False
        field.help_text = gettext("The one that fits best: you can convert it later.")
        if isinstance(field, KindField):
            field.queryset = list_kinds(draft, user)


def list_kinds(draft: Application, user: User) -> Any:
    """The kinds on the day of receipt; for municipal colleagues, their local ones."""
    kinds = KindVersion.objects.in_force(on=draft.registration.came_in_on)
    if user.has_perm("exemptions.view_every_application"):
        return kinds
    return kinds.decided_by(user.municipalities.all())


class PaperPeriodForm(PeriodForm):
    """Where and when, as far as the paper says so; municipal colleagues register for their own municipality."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        make_fields_optional(self)
        field = self.fields.get("municipality")
        if isinstance(field, forms.ModelChoiceField) and not user.has_perm("exemptions.view_every_application"):
            own: Any = field.queryset
            field.queryset = own.filter(pk__in=user.municipalities.all())
        self.fields["wanted_from"].help_text = ""
        if self.kind.is_day:
            self.fields["wanted_from"].label = gettext("On which day?")
            del self.fields["wanted_until"]

    def clean(self) -> dict[str, Any]:
        """A day exemption ends on its only day."""
        data = super().clean()
        return {**data, "wanted_until": data.get("wanted_from")} if self.kind.is_day else data

    def clean_municipality(self) -> Municipality | None:
        """The chosen municipality."""
        chosen: Municipality | None = self.cleaned_data["municipality"]
        return chosen


def make_fields_optional(form: Any) -> Any:
    """Allow the fields to be empty if the paper lacks them: they are asked for afterwards (Awb 4:5)."""
    for field in form.fields.values():
        field.required = False
    return form
