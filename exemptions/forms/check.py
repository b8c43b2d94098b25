"""The last screen."""

from django import forms
from django.utils.translation import gettext_lazy


class DeclarationForm(forms.Form):
    """The declaration with which an application is signed (Awb 4:2)."""

    declaration = forms.BooleanField(
        label=gettext_lazy("I have filled in everything truthfully, and I may make this application."),
        error_messages={"required": gettext_lazy("Tick the box to sign your application.")},
    )
