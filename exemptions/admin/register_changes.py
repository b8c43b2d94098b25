"""Differences between the vehicle register and the basis of an exemption: in a list, and the form to settle them."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.desk.forms import LongText, choose_from
from exemptions.admin.step_forms import ApplicationForm
from exemptions.models import RegisterFinding


class RegisterForm(ApplicationForm):
    """Which differences are settled, and what came of looking into them."""

    findings = forms.ModelMultipleChoiceField(
        RegisterFinding.objects.none(), label=_("What you dealt with"), widget=forms.CheckboxSelectMultiple
    )
    note = LongText(
        label=_("What you found out, and why nothing changes"),
        help_text=_("For colleagues only: the holder does not see it."),
    )

    def prepare(self) -> None:
        """Offer all open differences, ticked; any found after the page was opened are not submitted."""
        waiting = self.application.register_findings.open(on=clock.today())
        choose_from(self, "findings", waiting)
        self.fields["findings"].initial = waiting


def list_changes(keys: Collection[int]) -> Mapping[int, list[str]]:
    """The open differences of each application, in words; at most one query."""
    said: dict[int, list[str]] = defaultdict(list)
    if not keys:
        return said
    for finding in RegisterFinding.objects.open(on=clock.today()).filter(application__in=keys):
        said[finding.application_id].append(f"{finding.get_what_display()}: {finding.found_in_words}")
    return said
