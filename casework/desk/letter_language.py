"""In which language the letter of a step goes out: its writer must know before they write."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from casework.desk.forms import StepForm

GOES_OUT: Mapping[str, str | Promise] = {
    "nl": _("This letter goes out in Dutch."),
    "en": _("This letter goes out in English."),
}
WRITE: Mapping[str, str | Promise] = {"nl": _("Write in Dutch."), "en": _("Write in English.")}


@dataclass(frozen=True)
class LetterLanguage:
    """A language as the desk's pages name it."""

    code: str

    @property
    def goes_out(self) -> str:
        """Above the form and the letter."""
        return str(GOES_OUT[self.code])

    @property
    def write(self) -> str:
        """At every text that appears in the letter."""
        return str(WRITE[self.code])

    @property
    def is_another(self) -> bool:
        """Not the one in which the reader sees the desk: easily overlooked."""
        return not (get_language() or "").startswith(self.code)

    def mark(self, form: "StepForm") -> None:
        """Tell the browser too: its spelling checker and a screen reader follow the language of a field."""
        for field in form.fields.values():
            if getattr(field, "in_letter", False):
                field.widget.attrs["lang"] = self.code
