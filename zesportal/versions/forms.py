"""The forms for proposing a change: the values, from when, the source, and why."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from casework.desk.forms import LongText, day_input
from casework.models import EquatedDay, OtherBody, Policy
from casework.policy_settings import find_setting
from casework.texts import find_placeholders, stray_braces
from exemptions.models import EvidenceRequirement, Ground, KindQuestion, KindVersion, TextBlock
from exemptions.text_blocks import PLACEHOLDERS
from reporting.models import ReviewQuestion
from zesportal.versions.setting_fields import value_field
from zones.models import AccessRule, AutomaticExemption, MunicipalAuthority, Municipality, Zone
from zones.vehicles import EMISSION_CLASSES

VEHICLES = [("van", gettext_lazy("van")), ("truck", gettext_lazy("truck"))]
LISTS: dict[str, list[tuple[str, Any]]] = {
    "emission_classes": [(one, one) for one in EMISSION_CLASSES],
    "categories": VEHICLES,
    "vehicles": VEHICLES,
}
"""Columns that hold a list of known values, which become checkboxes."""
CHANGED_MEANWHILE = gettext_lazy("This changed while you had the page open: look at what holds now, and send it again.")
ROOM, MOST_PARTS = 2, 60
"""Empty forms for rows to add to a version, such as its questions; and the most that it can have."""


def field_of(field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """The form field of a column: the browser's calendar for dates, checkboxes for known lists."""
    if isinstance(field, models.DateField):
        kwargs["widget"] = day_input()
    if isinstance(field, models.TextField):
        kwargs["widget"] = forms.Textarea(attrs={"rows": 4})
    if isinstance(field, ArrayField) and field.name in LISTS:
        return forms.MultipleChoiceField(
            label=capfirst(str(field.verbose_name)), choices=LISTS[field.name], widget=forms.CheckboxSelectMultiple
        )
    return field.formfield(**kwargs)


class Reasons(forms.Form):
    """What every change has. `seen`: what was in force when the page was shown; `instead`: the proposal it replaces."""

    first_day = forms.DateField(label=gettext_lazy("From"), widget=day_input())
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=300,
        help_text=gettext_lazy("The decree, policy rule or agreement: a reference that a colleague can look up."),
    )
    reason = LongText(label=gettext_lazy("Reason"), help_text=gettext_lazy("Why it changes. It is shown in the log."))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    instead = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_first_day(self) -> Any:
        """Refuse a day in the past."""
        day = self.cleaned_data["first_day"]
        if day < timezone.localdate():
            raise ValidationError(_("The first day has passed: choose today or a later day."))
        return day

    def clean(self) -> dict[str, Any] | None:
        """Refuse a change based on what is no longer in force."""
        super().clean()
        if self.data.get("seen", "") != self.initial.get("seen", ""):
            self.add_error(None, CHANGED_MEANWHILE)
        return self.cleaned_data

    def reasons(self) -> list[forms.BoundField]:
        """The fields of every change, shown below the values."""
        return [self[name] for name in ("first_day", "source", "reason", "seen", "instead") if name in self.fields]


class CancelForm(Reasons):
    """Taking back a version that has not begun needs no first day."""

    first_day = None  # type: ignore[assignment]  # Django's way to leave a field out


class VersionForm(Reasons, forms.ModelForm):  # type: ignore[type-arg]  # each of the models below
    """A new version, prefilled with the newest. `key`: what its versions share, asked only for something new."""

    groups: ClassVar[tuple[tuple[StrOrPromise, tuple[str, ...]], ...]] = ()

    def __init__(self, data: Any = None, *, key: tuple[str, ...], fixed: bool, dated: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if fixed:
            for name in key:
                self.fields.pop(name, None)
        if not dated:
            del self.fields["first_day"]
        elif "first_day" in self.fields:
            self.fields["first_day"].widget.attrs["min"] = timezone.localdate().isoformat()

    def said(self) -> Iterator[tuple[StrOrPromise, list[forms.BoundField]]]:
        """The values, in groups."""
        grouped = [name for _title, names in self.groups for name in names]
        rest = [field.name for field in self if field.name not in (*grouped, *Reasons.base_fields)]
        for title, names in (*self.groups, ("", tuple(rest))):
            if fields := [self[name] for name in names if name in self.fields]:
                yield title, fields


class PolicyForm(VersionForm):
    """A setting, with a field of its type."""

    class Meta:
        model = Policy
        fields = ("value",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        setting = find_setting(self.instance.name, self.instance.value)
        self.fields["value"] = field = value_field(setting)
        field.help_text = f"{setting.explanation} {field.help_text}".strip()
        self.order_fields(["value"])


class EquatedDayForm(VersionForm):
    """A day designated by royal decree, which is its own first day."""

    class Meta:
        model = EquatedDay
        fields = ("day",)
        formfield_callback = field_of

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["first_day"]

    def clean_day(self) -> Any:
        """Refuse a day in the past or one that already exists."""
        day = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise ValidationError(_("The first day has passed: choose today or a later day."))
        self.cleaned_data["first_day"] = day
        return day


class OtherBodyForm(VersionForm):
    """A body to which we forward what is theirs, and where one can go after us."""

    class Meta:
        model = OtherBody
        fields = ("code", "name", "sort", "place", "address", "website")
        formfield_callback = field_of


class MunicipalityForm(VersionForm):
    """From when there are fines; effective as soon as a colleague publishes it."""

    class Meta:
        model = Municipality
        fields = ("name", "cbs_code", "fines_from", "fines_from_is")
        formfield_callback = field_of


class MunicipalAuthorityForm(VersionForm):
    """In whose name decisions are taken, and what the letters say about it."""

    class Meta:
        model = MunicipalAuthority
        fields = (
            "municipality",
            "authority_nl",
            "authority_en",
            "mandate",
            "objection_address",
            "contact",
            "court",
            "policy_rules",
        )
        formfield_callback = field_of


class ZoneForm(VersionForm):
    """A zone: from which day the rules apply there."""

    class Meta:
        model = Zone
        fields = ("municipality", "name", "starts_on")
        formfield_callback = field_of


class AccessRuleForm(VersionForm):
    """A row of the access table."""

    class Meta:
        model = AccessRule
        fields = (
            "code",
            "category",
            "subtype",
            "emission_classes",
            "admitted_from",
            "admitted_before",
            "allowed",
            "until",
            "status",
            "announced_on",
            "until_by_law",
            "explanation_nl",
            "explanation_en",
        )
        formfield_callback = field_of


class AutomaticExemptionForm(VersionForm):
    """An exemption that follows from the plate."""

    class Meta:
        model = AutomaticExemption
        fields = (
            "code",
            "categories",
            "minimum_age_years",
            "below_age_years",
            "body_codes",
            "remark_codes",
            "until",
            "explanation_nl",
            "explanation_en",
        )
        formfield_callback = field_of


class KindForm(VersionForm):
    """A kind of exemption, followed by its questions and evidence."""

    kind = forms.CharField(label=gettext_lazy("Code"), max_length=3)

    groups = (
        (gettext_lazy("Name"), ("kind", "name_nl", "name_en", "position")),
        (gettext_lazy("For whom"), ("scope", "only_in", "vehicles", "who", "advised_for", "summary_nl", "summary_en")),
        (
            gettext_lazy("Conditions"),
            (
                "below_age_years",
                "plug_in_hybrid_only",
                "tractor_only",
                "minimum_axles",
                "plate_may_be_absent",
                "by_thresholds",
                "conditions_nl",
                "conditions_en",
            ),
        ),
        (gettext_lazy("How long"), ("duration_months", "duration_nl", "duration_en", "ends_by")),
        (gettext_lazy("Fee and extension"), ("fee_eur", "extension_free", "extension_months")),
        (gettext_lazy("Deciding"), ("decision_weeks", "second_pair_for_grant")),
    )

    class Meta:
        model = KindVersion
        fields = (
            "name_nl",
            "name_en",
            "position",
            "scope",
            "only_in",
            "vehicles",
            "who",
            "advised_for",
            "summary_nl",
            "summary_en",
            "below_age_years",
            "plug_in_hybrid_only",
            "tractor_only",
            "minimum_axles",
            "plate_may_be_absent",
            "by_thresholds",
            "conditions_nl",
            "conditions_en",
            "duration_months",
            "duration_nl",
            "duration_en",
            "ends_by",
            "fee_eur",
            "extension_free",
            "extension_months",
            "decision_weeks",
            "second_pair_for_grant",
        )
        formfield_callback = field_of

    def clean_kind(self) -> str:
        """The kind need not exist: publishing creates it."""
        self.instance.kind_id = code = str(self.cleaned_data["kind"])
        return code


class GroundForm(VersionForm):
    """A ground for decisions, with its words in the letter."""

    class Meta:
        model = Ground
        fields = (
            "kind",
            "code",
            "outcome",
            "category",
            "label_nl",
            "label_en",
            "text_nl",
            "text_en",
            "article",
            "article_en",
            "rests_on_other_data",
            "rests_on_thresholds",
            "proof",
        )
        formfield_callback = field_of


class ReviewQuestionForm(VersionForm):
    """A question about each decision in a quality sample."""

    class Meta:
        model = ReviewQuestion
        fields = ("code", "position", "text_nl", "text_en")
        formfield_callback = field_of


class TextBlockForm(VersionForm):
    """A text block, with the placeholders that it may use."""

    class Meta:
        model = TextBlock
        fields = ("code", "use", "kind", "ground", "title_nl", "title_en", "text_nl", "text_en")
        formfield_callback = field_of

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        for name in ("text_nl", "text_en"):
            self.fields[name].help_text = _("It may use: %(names)s.") % {"names": names}

    def clean_ground(self) -> str:
        """Refuse a ground that does not exist."""
        code = str(self.cleaned_data["ground"])
        if code and not Ground.objects.filter(code=code).exists():
            raise ValidationError(_("There is no ground with this code."))
        return code

    def clean_text_nl(self) -> str:
        """Refuse unknown placeholders."""
        return refuse_strange_braces(str(self.cleaned_data["text_nl"]))

    def clean_text_en(self) -> str:
        """Refuse unknown placeholders."""
        return refuse_strange_braces(str(self.cleaned_data["text_en"]))


def refuse_strange_braces(text: str) -> str:
    """The text; raises ValidationError if a text block does not know something in braces."""
    unknown = [f"{{{name}}}" for name in sorted(find_placeholders(text).difference(PLACEHOLDERS))]
    if strange := [*unknown, *stray_braces(text)]:
        raise ValidationError(_("A text block does not know: %(names)s.") % {"names": ", ".join(strange)})
    return text


class OnceEach(forms.BaseFormSet):  # type: ignore[type-arg]  # of the forms below
    """Each row has a code of its own."""

    def clean(self) -> None:
        """Raise ValidationError naming the duplicates."""
        codes = [one["code"] for one in self.kept() if one.get("code")]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValidationError(_("Used twice: %(codes)s.") % {"codes": ", ".join(twice)})

    def kept(self) -> list[dict[str, Any]]:
        """The rows to keep: without forms that were left empty or marked for deletion."""
        forms = [form for form in self.forms if getattr(form, "cleaned_data", None)]
        return [form.cleaned_data for form in forms if not form.cleaned_data.get("DELETE")]


def part_form(model: type[models.Model]) -> type[OnceEach]:
    """The formset for what belongs to a version, with room for more and a limit."""
    form = forms.modelform_factory(model, exclude=["kind"], formfield_callback=field_of)
    return forms.formset_factory(  # type: ignore[return-value]
        form,
        formset=OnceEach,
        extra=ROOM,
        can_delete=True,
        max_num=MOST_PARTS,
        absolute_max=MOST_PARTS + 1,
        validate_max=True,
    )


Questions, Evidence = part_form(KindQuestion), part_form(EvidenceRequirement)
