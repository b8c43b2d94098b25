"""The status of the user's own applications, in the words of 'My applications'. Only for logged-in users."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from exemptions.models import Application
from exemptions.portal import overview, progress
from helpdesk.assistant.redaction import DOSSIER

if TYPE_CHECKING:
    from accounts.models import User

SHOWN = 3
"""The most applications in an answer; the page lists them all."""


def get_own_cases_url() -> str:
    """The page that lists all of them."""
    return reverse("my_applications")


def answer_for(user: "User", question: str) -> str:
    """Status, next step and expected day of the applications for which a user acts.

    Those whose number was typed, or else those that need attention first. The number of anybody else's case counts as
    nonexistent.
    """
    mine = overview.find_applications(user, now=timezone.now())
    typed = {normalise_number(number) for number in numbers_in(question)}
    asked = (
        [one for one in mine.exclude(dossier__number=None) if normalise_number(str(one.dossier.number)) in typed]
        if typed
        else []
    )
    listed = asked or list(mine[:SHOWN])
    if not listed:
        return _("You have no applications here.")
    told = [in_words(case) for case in progress.build_cases(listed, today=timezone.localdate())]
    return "\n\n".join(told)


def numbers_in(question: str) -> list[str]:
    """Numbers of applications in a question, as typed."""
    return [found[0] for found in DOSSIER.finditer(question)]


def normalise_number(number: str) -> str:
    """A number in the form used for comparing: both 'zes 2026-000447' and 'ZES-2026-000447' become 'zes2026000447'."""
    return "".join(sign for sign in number if sign.isalnum()).lower()


def in_words(case: progress.Case) -> str:
    """One application as a paragraph."""
    application: Application = case.application
    kind = f", {application.kind}" if application.kind else ""
    return f"**{application.dossier}{kind}: {case.label}.** {' '.join(case.next)}"
