"""Forms for the applicant in whose name somebody applies."""

import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from casework.characters import drop_invisible
from exemptions import countries
from exemptions.models import Applicant, Mandate

NEW = "new"


class ChooseApplicantForm(forms.Form):
    """Choice between the applicants for whom the user acts, and a new one."""

    applicant = forms.ChoiceField(
        label=gettext_lazy("Who are you applying for?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who you are applying for.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.applicants = {str(one.pk): one for one in Applicant.objects.of(user).order_by("name", "pk")}
        known = [(pk, describe_applicant(one)) for pk, one in self.applicants.items()]
        field = self.fields["applicant"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*known, (NEW, _("Another person, company or organisation"))]

    def chosen(self) -> Applicant | None:
        """The applicant; None for a new one."""
        return self.applicants.get(self.cleaned_data["applicant"])


def details_of(user: User) -> dict[str, str]:
    """Initial values for somebody who applies for the first time."""
    return {"email": user.email, "name": user.name, "country": "NL"}


def describe_applicant(applicant: Applicant) -> str:
    """The applicant's name, with enough to distinguish namesakes."""
    number = _("KvK %(number)s") % {"number": applicant.kvk_number} if applicant.kvk_number else ""
    return ", ".join(filter(None, [applicant.name, number, applicant.city]))


class DigitsField(forms.CharField):
    """A number of fixed length; spaces and dots between the digits are ignored."""

    def __init__(self, *, field: forms.Field, length: int) -> None:
        super().__init__(
            label=field.label,
            help_text=field.help_text,
            required=field.required,
            widget=field.widget,
            validators=[validator for validator in field.validators if isinstance(validator, RegexValidator)],
        )
        self.widget.attrs["maxlength"] = str(length * 2)

    def to_python(self, value: Any) -> str:
        return re.sub(r"[\s.]", "", super().to_python(value) or "")


class ApplicantForm(forms.ModelForm[Applicant]):
    """A new applicant, or corrected details of one."""

    role = forms.ChoiceField(
        label=gettext_lazy("Are you applying for yourself or for someone else?"),
        choices=[
            (Mandate.Role.OWNER, gettext_lazy("for myself, or for the organisation where I work")),
            (Mandate.Role.REPRESENTATIVE, gettext_lazy("for someone else who authorised me")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Tell us who you are applying for.")},
    )

    class Meta:
        model = Applicant
        fields = (
            "form",
            "name",
            "kvk_number",
            "branch_number",
            "street",
            "postcode",
            "city",
            "country",
            "email",
            "phone",
        )
        widgets = {
            "form": forms.RadioSelect,
            "country": forms.Select(attrs={"autocomplete": "country"}),
            "name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "kvk_number": forms.TextInput(
                attrs={"inputmode": "numeric", "class": "loket-short", "autocomplete": "off", "data-looks-up": 8}
            ),
            "branch_number": forms.TextInput(attrs={"inputmode": "numeric", "class": "loket-short"}),
            "street": forms.TextInput(attrs={"autocomplete": "street-address"}),
            "postcode": forms.TextInput(attrs={"autocomplete": "postal-code", "class": "loket-short"}),
            "city": forms.TextInput(attrs={"autocomplete": "address-level2"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        }
        labels = {
            "form": gettext_lazy("Who is applying?"),
            "name": gettext_lazy("Name"),
            "country": gettext_lazy("Country"),
        }
        help_texts = {
            "name": gettext_lazy("The name of the person, or the registered name of the company."),
            "kvk_number": gettext_lazy(
                "8 digits. Only for a company or organisation that is registered in the Netherlands."
            ),
            "branch_number": gettext_lazy("12 digits. Only if the application is for one branch."),
            "email": gettext_lazy("We email this address when there is a letter for you."),
            "phone": gettext_lazy("Only if we may call you about the application."),
        }

    field_order = ("role", "form", "kvk_number")

    def __init__(self, *args: Any, with_role: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_role:
            del self.fields["role"]
        self.fields["email"].required = True
        for name, length in (("kvk_number", 8), ("branch_number", 12)):
            self.fields[name] = DigitsField(field=self.fields[name], length=length)
        self.fields["kvk_number"].widget.is_required = True  # most people need it; its help text says who does not
        self.fields["country"] = forms.ChoiceField(
            label=_("Country"),
            choices=countries.list_country_choices,
            initial="NL",
            widget=self.fields["country"].widget,
        )
        form = self.fields["form"]
        if isinstance(form, forms.ChoiceField):
            form.choices = list(Applicant.Form.choices)
            form.error_messages["required"] = _("Choose: a person, or a company or organisation.")

    def clean_name(self) -> str:
        """Reduce the name to one line without a web address: mails to others quote it, and must not carry messages."""
        name = " ".join(drop_invisible(self.cleaned_data["name"]).split())  # it could hide a web address
        if "://" in name or "www." in name.lower():
            raise forms.ValidationError(_("Do not put a web address in the name."), code="address")
        return name

    def clean(self) -> dict[str, Any]:
        """Require a KvK number of Dutch organisations, drop it for persons, and format a Dutch postcode."""
        typed = super().clean() or {}
        data = {name: drop_invisible(value) if isinstance(value, str) else value for name, value in typed.items()}
        if data.get("country") == "NL" and data.get("postcode"):
            self.clean_dutch_postcode(data)
        if data.get("form") == Applicant.Form.PERSON:
            for name in ("kvk_number", "branch_number"):
                data[name] = ""
                self.errors.pop(name, None)
        elif data.get("form") and data.get("country") == "NL" and data.get("kvk_number") == "":
            self.miss_kvk_number()
        return data

    def miss_kvk_number(self) -> None:
        """Add the error for a Dutch organisation without a KvK number."""
        self.add_error("kvk_number", _("Fill in the KvK number. It is on the extract from the Trade Register."))

    def clean_dutch_postcode(self, data: dict[str, Any]) -> None:
        """Format four digits and two letters, whatever the spaces and capitals; add an error for anything else."""
        found = re.fullmatch(r"([1-9]\d{3})\s*([A-Za-z]{2})", data["postcode"].strip())
        if found:
            data["postcode"] = f"{found[1]} {found[2].upper()}"
        else:
            self.add_error("postcode", _("A Dutch postcode has 4 digits and 2 letters, for example 3511 AB."))

    def details(self) -> dict[str, str]:
        """The applicant's fields by name."""
        return {name: str(self.cleaned_data[name]) for name in self.Meta.fields}

    def role_chosen(self) -> Mandate.Role:
        """The capacity in which the user acts."""
        return Mandate.Role(self.cleaned_data["role"])
