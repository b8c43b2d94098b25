"""The form with which somebody deals with what the vehicle register says otherwise."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.desk.forms import LongText, choose_from
from exemptions.admin.step_forms import ApplicationForm
from exemptions.models import RegisterFinding


class RegisterForm(ApplicationForm):
    """Which changes, and what came of looking at them."""

    findings = forms.ModelMultipleChoiceField(
        RegisterFinding.objects.none(), label=_("What you dealt with"), widget=forms.CheckboxSelectMultiple
    )
    note = LongText(
        label=_("What you found out, and why nothing changes"),
        help_text=_("For colleagues only: the holder does not see it."),
    )

    def prepare(self) -> None:
        """All that is open, ticked; what is found after the page was opened is not among what is sent."""
        waiting = self.application.register_findings.open(on=clock.today())
        choose_from(self, "findings", waiting)
        self.fields["findings"].initial = waiting
