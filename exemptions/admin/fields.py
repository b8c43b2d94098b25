"""Form fields that several forms of an application share."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.deadline_words import format_day
from casework.desk.forms import DayField
from exemptions.doubts import LastDay
from exemptions.models import Application, Ground, KindVersion
from exemptions.steps.completion import earliest_end

FAR_DAYS = 366
"""No letter gives a term of more than a year: see `clock.refuse_far`."""


class GroundField(forms.ModelChoiceField[Ground]):
    """A choice between today's grounds for an outcome that fit the kind; says which require a hearing first."""

    def __init__(self, *, outcome: Ground.Outcome) -> None:
        self.outcome = outcome
        super().__init__(Ground.objects.none(), label=_("Ground"), empty_label=_("Choose a ground"))

    @property
    def only(self) -> Ground | None:
        """The only ground, if there is no choice."""
        grounds = list(self.queryset[:2]) if self.queryset is not None else []
        return grounds[0] if len(grounds) == 1 else None

    def offer_for(self, application: Application) -> None:
        """Fill the choices for one application."""
        today = timezone.localdate()
        offered = Ground.objects.in_force(on=today).filter(outcome=self.outcome)
        self.queryset = offered.for_kind(application.chosen_kind.code)
        if only := self.only:
            self.initial, self.empty_label = only.pk, None

    def label_from_instance(self, obj: Ground) -> str:
        after_hearing = str(_("after a hearing")) if obj.rests_on_other_data else ""
        return " – ".join(filter(None, [obj.text("label"), obj.basis(), after_hearing]))


class TermField(DayField):
    """The last day of a term that a letter gives: a working day, and not before the policy allows."""

    def __init__(self, *, least_days: Callable[[], int], label: StrOrPromise = "") -> None:
        self.least_days = least_days
        super().__init__(label=label or _("Last day"))

    def offer_for(self, _case: Any) -> None:
        """Limit the field to what the step accepts, and say so."""
        first = earliest_end(self.least_days())
        self.bound(first=first, last=timezone.localdate() + timedelta(days=FAR_DAYS))
        self.help_text = gettext("A working day, %(day)s at the earliest.") % {"day": format_day(first)}


class LongerTermField(DayField):
    """A new last day to decide, after the present one, which the help text gives."""

    def __init__(self) -> None:
        super().__init__(label=_("New last day"))

    def offer_for(self, case: Any) -> None:
        """Limit the field to what the step accepts, and say so."""
        if case.decide_by:
            self.bound(first=case.decide_by + timedelta(days=1))
            self.help_text = gettext("A working day after the present last day, %(day)s.") % {
                "day": format_day(case.decide_by)
            }


class KindField(forms.ModelChoiceField[KindVersion]):
    """A choice between the kinds to which an application can be converted."""

    def __init__(self) -> None:
        super().__init__(KindVersion.objects.none(), label=_("New kind"), empty_label=_("Choose a kind"))

    def offer_for(self, application: Application) -> None:
        """Offer today's other kinds that fit the vehicle."""
        kinds = KindVersion.objects.in_force(on=timezone.localdate()).long_term()
        kinds = kinds.exclude(kind=application.chosen_kind.code)
        self.queryset = (
            kinds.filter(vehicles__contains=[application.vehicle_class]) if application.vehicle_class else kinds
        )

    def label_from_instance(self, obj: KindVersion) -> str:
        return f"{obj.text('name')} ({obj.get_scope_display()})"


def explain_last_day(field: forms.Field, limits: LastDay, *, starts_on: date) -> None:
    """Explain next to the last day of an exemption how it was computed, and limit the browser to possible days."""
    if isinstance(field, DayField):
        field.bound(first=starts_on, last=limits.latest)
    lines = limits.explained()
    lead = (
        gettext("Filled in is the earliest of these days.")
        if limits.usual(starts_on=starts_on)
        else gettext("The earliest of these days has passed: choose one, and say why.")
        if lines
        else gettext("Neither the kind, nor the vehicle, nor what was asked sets a last day: choose one.")
    )
    field.help_text = format_html("{}{}", lead, format_html_join("", "<br>{}", ((line,) for line in lines)))
