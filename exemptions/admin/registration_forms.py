"""The forms on which a colleague copies an application that came on paper: those of the portal, with less demanded."""

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
    """How and when it came in."""

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
        """A day on which one could apply, and that has come."""
        day: date = self.cleaned_data["came_in_on"]
        if day > today():
            raise forms.ValidationError(gettext("That day is in the future."), code="future")
        refuse_early(day, field="came_in_on")
        return day

    def clean_lookup(self) -> str:
        """A number as it stands in the register, whatever stands between its digits."""
        typed = str(self.cleaned_data["lookup"]).strip()
        return typed if "@" in typed else typed.replace(" ", "").replace(".", "")

    def clean(self) -> dict[str, Any]:
        """What came by telephone is not signed; what came by mail has a last day to be repaired."""
        data = super().clean() or {}
        if data.get("channel") == Channel.PHONE:
            data["signed"] = False
        if data.get("channel") == Channel.EMAIL:
            self.clean_repair(data)
        return data

    def clean_repair(self, data: dict[str, Any]) -> None:
        """A working day at least from now on, unless it was said before; a repair is not of before the mail."""
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
    """The mail with which they first applied, and until when they could apply by an open way."""

    sent_on = DayField(label=_("Day of the email"), last=get_today)
    repair_by = DayField(label=_("Last day that we gave them"))


class WhoForm(forms.Form):
    """Somebody whom we know by what stands on the paper, or somebody new."""

    applicant = forms.ChoiceField(label=_("Who applies?"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, matches: Sequence[Applicant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matches = {str(one.pk): one for one in matches}
        known = [(pk, describe_applicant(one)) for pk, one in self.matches.items()]
        field = self.fields["applicant"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*known, (NEW, gettext("Somebody else: fill in their details below"))]

    def chosen(self) -> Applicant | None:
        """Somebody we know; None for somebody new, or while nothing was chosen."""
        return self.matches.get(self.cleaned_data["applicant"])


class PaperApplicantForm(ApplicantForm):
    """Name and address; mail address and KvK number may be missing on paper."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, with_role=False, **kwargs)
        self.fields["email"].required = False
        self.fields["email"].help_text = gettext("Not needed: without it we write by post only.")
        self.fields["kvk_number"].help_text = ""
        self.fields["kvk_number"].widget.is_required = False
        self.fields["branch_number"].help_text = ""

    def miss_kvk_number(self) -> None:
        """It is asked for afterwards."""


class PaperPlateForm(PlateForm):
    """A plate, if there is one on the paper."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plate"].required = False
        self.fields["country"].initial = "NL"

    def clean(self) -> dict[str, Any]:
        """Nothing to check where nothing was typed."""
        return super().clean() if self.cleaned_data.get("plate") else self.cleaned_data


class PaperKindForm(forms.Form):
    """The kind that was asked, as it was on the day of receipt, among those that the colleague can handle."""

    kind = KindField()

    def __init__(self, *args: Any, draft: Application, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        field.label, field.required = gettext("Which exemption is asked?"), False
        field.help_text = gettext("The one that fits best: you can convert it later.")
        if isinstance(field, KindField):
            field.queryset = list_kinds(draft, user)


def list_kinds(draft: Application, user: User) -> Any:
    """The kinds of the day of receipt; for a municipality its local ones."""
    kinds = KindVersion.objects.in_force(on=draft.registration.came_in_on)
    if user.has_perm("exemptions.view_every_application"):
        return kinds
    return kinds.decided_by(user.municipalities.all())


class PaperPeriodForm(PeriodForm):
    """Where and when, as far as the paper says it; a municipality registers what is asked of itself."""

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
        """A day exemption ends on its day."""
        data = super().clean()
        return {**data, "wanted_until": data.get("wanted_from")} if self.kind.is_day else data

    def clean_municipality(self) -> Municipality | None:
        """As chosen."""
        chosen: Municipality | None = self.cleaned_data["municipality"]
        return chosen


def make_fields_optional(form: Any) -> Any:
    """What the paper does not say may stay empty: it is asked for afterwards (Awb 4:5)."""
    for field in form.fields.values():
        field.required = False
    return form
