"""A version of the thresholds as one form: when, why, because of which objections, and every limit in a table."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.desk.forms import LongText, day_input
from exemptions.models import Threshold, ThresholdVersion
from objections.models import Objection
from objections.steps.statuses import WON

CLASSES: dict[str, Promise | str] = dict(Threshold._meta.get_field("vehicle_class").flatchoices)
MOST = 999_999
TYPED = ("valid_from", "source", "reason_nl", "reason_en")


class CausedBy(forms.ModelMultipleChoiceField[Objection]):
    """The objections that were upheld about a kind that is judged by the thresholds."""

    def __init__(self) -> None:
        super().__init__(
            Objection.objects.none(),
            label=_("Because of these objections"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Upheld objections about what is for sale emission-free."),
        )

    def label_from_instance(self, obj: Objection) -> str:
        """The number, and who objected."""
        return f"{obj} – {obj.application.applicant or ''}"


class ThresholdForm(forms.Form):
    """Everything about a version. `seen`: what the draft held when the page was made."""

    valid_from = forms.DateField(label=_("Valid from"), widget=day_input())
    source = forms.CharField(label=_("Source"), max_length=300)
    reason_nl = LongText(label=_("Why they changed, in Dutch"), help_text=_("Stands in the letters that follow."))
    reason_en = LongText(label=_("Why they changed, in English"), required=False)
    caused_by = CausedBy()
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, version: ThresholdVersion | None = None) -> None:
        self.version = version
        super().__init__(data, initial=values_of(version) if version else {})
        self.fields["caused_by"].queryset = upheld()  # type: ignore[attr-defined]  # the field is declared above
        for metric in Threshold.Metric:
            for vehicle_class, words in CLASSES.items():
                self.fields[name_of(vehicle_class, metric)] = forms.IntegerField(
                    label=f"{metric.label}, {words}",
                    min_value=0,
                    max_value=MOST,
                    required=False,
                    widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                )

    def before_the_table(self) -> list[forms.BoundField]:
        """What is no limit."""
        return [self[name] for name in (*TYPED, "seen")]

    def table(self) -> Iterator[tuple[str, list[tuple[Promise | str, forms.BoundField]]]]:
        """A row a metric, a column a class."""
        for metric in Threshold.Metric:
            yield str(metric.label), [(words, self[name_of(of, metric)]) for of, words in CLASSES.items()]

    def classes(self) -> list[Promise | str]:
        """The heads of the columns."""
        return list(CLASSES.values())

    def limits(self) -> dict[tuple[str, str], int]:
        """What was filled in."""
        filled = {
            (vehicle_class, metric.value): self.cleaned_data.get(name_of(vehicle_class, metric))
            for vehicle_class in CLASSES
            for metric in Threshold.Metric
        }
        return {key: limit for key, limit in filled.items() if limit is not None}

    def save(self, *, by: User) -> ThresholdVersion:
        """Write the draft. Whoever wrote last is its maker: they do not publish it themselves."""
        version = self.version or ThresholdVersion()
        with transaction.atomic():
            for name in TYPED:
                setattr(version, name, self.cleaned_data[name])
            version.made_by = by
            version.save()
            version.limits.all().delete()
            version.limits.bulk_create(
                Threshold(version=version, vehicle_class=of, metric=metric, limit=limit)
                for (of, metric), limit in self.limits().items()
            )
            version.caused_by.set(self.cleaned_data["caused_by"])
        return version


def name_of(vehicle_class: str, metric: Threshold.Metric) -> str:
    """The field of one limit."""
    return f"{vehicle_class}-{metric.value}"


def upheld() -> Any:
    """What the form offers as a cause."""
    rows = Objection.objects.filter(status__in=WON, decision__application__kind__by_thresholds=True)
    return rows.select_related("dossier", "decision__application__applicant").order_by("-received_on", "-pk")


def values_of(version: ThresholdVersion) -> dict[str, Any]:
    """A draft as the form shows it."""
    limits = {name_of(row.vehicle_class, Threshold.Metric(row.metric)): row.limit for row in version.limits.all()}
    causes = {"caused_by": [objection.pk for objection in version.caused_by.all()]}
    return {**{name: getattr(version, name) for name in TYPED}, **limits, **causes, "seen": fingerprint(version)}


def fingerprint(version: ThresholdVersion) -> str:
    """What a version holds, in short: a page that was made before a change is recognised by it."""
    limits = sorted(version.limits.values_list("vehicle_class", "metric", "limit"))
    causes = sorted(version.caused_by.values_list("pk", flat=True))
    held = [*(str(getattr(version, name)) for name in TYPED), version.is_published, limits, causes]
    return hashlib.sha256(repr(held).encode()).hexdigest()[:16]
