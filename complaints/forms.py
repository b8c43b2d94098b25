"""The complaint form of the portal."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from casework.clock import today
from exemptions.models import Application

LONGEST = 10_000


class ComplaintForm(forms.Form):
    """What happened, when, who was involved, and how we reply."""

    about = forms.CharField(
        label=gettext_lazy("What happened?"),
        max_length=LONGEST,
        help_text=gettext_lazy("Tell us what we did, or did not do, and why you are not satisfied."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    happened_on = forms.DateField(
        label=gettext_lazy("When did it happen?"),
        required=False,
        help_text=gettext_lazy("If you do not know the exact day, leave it empty and tell us above."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    about_whom = forms.CharField(
        label=gettext_lazy("Who is it about?"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("The name of the employee, if you know it."),
    )
    application = forms.ModelChoiceField(
        Application.objects.none(),
        label=gettext_lazy("Is it about one of your applications?"),
        required=False,
        empty_label=gettext_lazy("No, or I do not know"),
    )
    address = forms.CharField(
        label=gettext_lazy("Your postal address"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Only needed if you want our letters by post."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )
    by_post = forms.TypedChoiceField(
        label=gettext_lazy("How would you like to receive our letters?"),
        choices=[("no", gettext_lazy("by email, and in the portal")), ("yes", gettext_lazy("by post"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    use_required_attribute = False

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid.uuid4(), "by_post": "no", **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        field = self.fields["application"]
        if isinstance(field, forms.ModelChoiceField):
            mine = Application.objects.of_applicant(user).filed().select_related("dossier")
            field.queryset = mine.order_by("-pk")

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day and day > today():
            raise forms.ValidationError(_("That day is in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        """Require an address for a reply by post."""
        data = super().clean() or {}
        if data.get("by_post") and not data.get("address") and "address" not in self.errors:
            self.add_error("address", _("Give your postal address, or choose email."))
        return data
