"""The forms of the decision on an objection (Awb 7:11, 7:12)."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.desk.forms import DayField, LetterText
from exemptions.admin.fields import explain_last_day
from exemptions.doubts import last_day_of
from exemptions.models import Application, Ground
from objections.admin.fields import GroundOfCase
from objections.admin.forms.handling import ObjectionForm
from objections.models import Committee, Hearing, Objection, ObjectionDecision

Reason = ObjectionDecision.Inadmissible
NO_HEARING = _("No hearing, because: %(ground)s")


class OutcomeForm(ObjectionForm):
    """What every decision needs: its reasons and, only where relevant, questions about a hearing and costs."""

    skipped_as: Hearing.Skipped | None = None
    """The ground on which this outcome may go without a hearing."""
    beside: tuple[str, ...] = ("penalty_eur", "penalty_because")
    """Fields about the penalty, only for one that is contested along with the decision (Awb 4:19)."""

    explanation = LetterText(
        label=_("Reasons"),
        help_text=_("Appear in the letter: go into every ground of the objection (Awb 7:12)."),
        rows=10,
    )
    skip_hearing = forms.BooleanField(label=NO_HEARING, required=False)
    costs_eur = forms.DecimalField(
        label=_("Costs that we pay, in euros"),
        help_text=_("Empty where we pay nothing (Awb 7:15)."),
        min_value=0,
        max_digits=8,
        decimal_places=2,
        required=False,
    )
    costs_because = LetterText(
        label=_("About the costs"),
        help_text=_("The objector asked to be paid their costs: why we pay this, or nothing. Stands in the letter."),
    )

    penalty_eur = forms.IntegerField(
        label=_("Penalty for deciding late, set anew, in euros"),
        help_text=_("Empty where the penalty stays as it is (Awb 4:19)."),
        min_value=0,
        required=False,
    )
    penalty_because = LetterText(
        label=_("About the penalty"),
        help_text=_("The objector also disagrees with it: why it stays, or is another amount. Stands in the letter."),
    )

    deviation = LetterText(
        label=_("Why you deviate from the advice of the committee"),
        help_text=_("Needed where the committee advises otherwise; stands in the letter (Awb 7:13, paragraph 7)."),
        required=False,
    )

    def prepare(self) -> None:
        if not self.objection.costs_asked:
            self.without("costs_eur", "costs_because")
        if self.objection.penalty is None:
            self.without(*self.beside)
        if (committee := self.objection.current_committee) is None:
            self.without("deviation")
        elif committee.has_advised:
            self.fields["deviation"].help_text = advice_in_words(committee)
        if self.skipped_as is None or self.objection.hearing_is_done:
            self.without("skip_hearing")
        else:
            self.fields["skip_hearing"].label = NO_HEARING % {"ground": self.skipped_as.label}


def advice_in_words(committee: Committee) -> str:
    """The committee's advice, and when one must explain a deviation."""
    return gettext(
        "The committee advises: %(advice)s. Needed if you decide otherwise, and stands in the letter (Awb 7:13)."
    ) % {"advice": committee.get_conclusion_display()}


class GrantingForm(OutcomeForm):
    """From when until when, and on which ground."""

    ground = GroundOfCase()
    starts_on = DayField(
        label=_("First day"),
        help_text=_("May be a day that has passed, once it was asked."),
        first=lambda objection: objection.application.received_on,
    )
    ends_on = DayField(label=_("Last day of the exemption"))

    field_order = (
        "ground",
        "starts_on",
        "ends_on",
        "explanation",
        "deviation",
        "skip_hearing",
        "costs_eur",
        "costs_because",
        "penalty_eur",
        "penalty_because",
    )

    @staticmethod
    def usual(objection: Objection) -> dict[str, Any]:
        return days_as_asked(objection.application)

    def prepare(self) -> None:
        """Explain next to the last day how it was computed."""
        super().prepare()
        explain_days_as_asked(self.fields["ends_on"], self.objection.application)


def first_as_asked(application: Application) -> date:
    """The first day that was asked for, but not before the application."""
    return max(application.wanted_from or timezone.localdate(), application.received_on)


def days_as_asked(application: Application) -> dict[str, date | None]:
    """The days that were asked for, not before the application and within what the kind allows."""
    first = first_as_asked(application)
    return {"starts_on": first, "ends_on": last_day_of(application, starts_on=first).usual(starts_on=first)}


def explain_days_as_asked(field: forms.Field, application: Application) -> None:
    """Explain at a field how the last day is computed."""
    first = first_as_asked(application)
    explain_last_day(field, last_day_of(application, starts_on=first), starts_on=first)


class UpholdForm(GrantingForm):
    """The objector is right."""

    skipped_as = Hearing.Skipped.UPHELD


class UpholdInPartForm(GrantingForm):
    """Partly right: never without a hearing, unless the objector did not want one."""


class UpholdAndRejectForm(OutcomeForm):
    """The ground to reject the application on the merits; never without a hearing, unless it was waived."""

    ground = GroundOfCase(outcome=Ground.Outcome.REJECT)

    field_order = (
        *("ground", "explanation", "deviation"),
        *("costs_eur", "costs_because", "penalty_eur", "penalty_because"),
    )


class UpholdPenaltyForm(OutcomeForm):
    """The penalty that replaces the contested one."""

    skipped_as = Hearing.Skipped.UPHELD
    beside = ()

    penalty_eur = forms.IntegerField(label=_("The penalty is, in euros"), min_value=0)
    penalty_because = None  # type: ignore[assignment]  # the reasons are about nothing else

    field_order = ("penalty_eur", "explanation", "deviation", "skip_hearing", "costs_eur", "costs_because")

    @staticmethod
    def usual(objection: Objection) -> dict[str, Any]:
        return {"penalty_eur": objection.decision.penalty_eur}


class UnfoundedForm(OutcomeForm):
    """The decision stays, so no costs are reimbursed (Awb 7:15(2))."""

    skipped_as = Hearing.Skipped.UNFOUNDED

    def prepare(self) -> None:
        super().prepare()
        self.without("costs_eur")


class InadmissibleForm(OutcomeForm):
    """Why the objection is inadmissible."""

    skipped_as = Hearing.Skipped.INADMISSIBLE

    because = forms.ChoiceField(label=_("Inadmissible, because"), choices=())

    field_order = ("because", "explanation", "deviation", "skip_hearing", "costs_because")

    def prepare(self) -> None:
        super().prepare()
        self.without("costs_eur")
        choices = [(reason.value, reason.label) for reason in possible_reasons(self.objection)]
        if isinstance(field := self.fields["because"], forms.ChoiceField):
            field.choices = choices


def possible_reasons(objection: Objection) -> list[ObjectionDecision.Inadmissible]:
    """The reasons that can apply: 'late' only if it is, 'not repaired' only after a chance to repair (Awb 6:6)."""
    excluded = set()
    if objection.is_in_time or objection.excused:
        excluded.add(Reason.LATE)
    if not objection.was_given_chance_to_repair():
        excluded.add(Reason.NOT_REPAIRED)
    return [reason for reason in Reason if reason not in excluded]
