"""A version of the thresholds in one form: first day, reason, the objections behind it, and a table of limits."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.desk.forms import LongText, StepForm, choose_from, day_input
from exemptions.models import Threshold, ThresholdVersion
from objections.models import Objection
from objections.steps.statuses import WON

CLASSES: dict[str, Promise | str] = dict(Threshold._meta.get_field("vehicle_class").flatchoices)
Metric = Threshold.Metric
EVERY_LIMIT: list[tuple[str, str]] = [(vehicle_class, metric.value) for vehicle_class in CLASSES for metric in Metric]
MOST = 999_999
TYPED = ("valid_from", "source", "reason_nl", "reason_en")


class CausedBy(forms.ModelMultipleChoiceField[Objection]):
    """Upheld objections about a kind that is judged by the thresholds."""

    def __init__(self) -> None:
        super().__init__(
            Objection.objects.none(),
            label=_("Because of these objections"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Upheld objections about what is for sale emission-free."),
        )

    def label_from_instance(self, obj: Objection) -> str:
        """The number and the objector."""
        return f"{obj} – {obj.application.applicant or ''}"


class ThresholdForm(StepForm):
    """Everything about a version; a new one has no case yet."""

    fields_template = "desk/threshold_fields.html"

    valid_from = forms.DateField(label=_("Valid from"), widget=day_input())
    source = forms.CharField(label=_("Source"), max_length=300)
    reason_nl = LongText(label=_("Why they changed, in Dutch"), help_text=_("Stands in the letters that follow."))
    reason_en = LongText(label=_("Why they changed, in English"), required=False)
    caused_by = CausedBy()

    def prepare(self) -> None:
        """Offer the objections, and add a field per limit."""
        choose_from(self, "caused_by", find_upheld_objections())
        for vehicle_class, metric in EVERY_LIMIT:
            self.fields[name_of(vehicle_class, metric)] = forms.IntegerField(
                label=f"{Metric(metric).label}, {CLASSES[vehicle_class]}",
                min_value=0,
                max_value=MOST,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    @staticmethod
    def usual(version: ThresholdVersion | None) -> dict[str, Any]:
        """The values of a draft; for a new one the limits in force, because most of them stay."""
        if version is None:
            return find_present_limits()
        limits = list_limits(version)
        causes = [objection.pk for objection in version.caused_by.all()]
        return {**{name: getattr(version, name) for name in TYPED}, **limits, "caused_by": causes}

    def detail(self) -> dict[str, Any]:
        """The arguments for the step; an empty field means no limit."""
        said = self.cleaned_data
        limits = {key: said[name_of(*key)] for key in EVERY_LIMIT if said[name_of(*key)] is not None}
        return {**{name: said[name] for name in (*TYPED, "caused_by")}, "limits": limits}

    def before_the_table(self) -> list[forms.BoundField]:
        """The fields other than limits."""
        return [self[name] for name in TYPED]

    def table(self) -> Iterator[tuple[str, list[tuple[Promise | str, forms.BoundField, int | None]]]]:
        """A row per metric and a column per class, each with its field and the limit in force."""
        present = find_present_limits()
        for metric in Metric:
            names = {words: name_of(of, metric) for of, words in CLASSES.items()}
            yield str(metric.label), [(words, self[name], present.get(name)) for words, name in names.items()]

    def classes(self) -> list[Promise | str]:
        """The headings of the columns."""
        return list(CLASSES.values())


def name_of(vehicle_class: str, metric: str) -> str:
    """The name of the field for one limit."""
    return f"{vehicle_class}-{metric}"


def list_limits(version: ThresholdVersion) -> dict[str, int]:
    """The limits of a version, by field name."""
    return {name_of(row.vehicle_class, row.metric): row.limit for row in version.limits.all()}


def find_present_limits() -> dict[str, int]:
    """The limits in force today, by field name; empty if no version is in force."""
    present = ThresholdVersion.objects.in_force(on=clock.today())
    return list_limits(present) if present else {}


def find_upheld_objections() -> Any:
    """The objections that the form offers as causes, latest first."""
    rows = Objection.objects.filter(
        status__in=WON, decision__penalty=None, decision__application__kind__by_thresholds=True
    )
    return rows.select_related("dossier", "decision__application__applicant").order_by("-received_on", "-pk")
