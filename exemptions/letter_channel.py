"""How letters reach an applicant: by post, until they choose the portal (Awb 2:7, 2:8).

A choice is a row with its day and the text as shown, and can be changed at any time. For applicants who never chose, or
chose post, each letter is marked to be printed and posted, which makes it known. The copy in the portal stays, and so
does everything placed before.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from accounts.languages import choose_written_language, in_language
from casework import clock
from casework.models import Policy
from exemptions.models.applicant import Applicant, ChannelChoice

if TYPE_CHECKING:
    from accounts.models import User

TEXT = "channel_text"


@dataclass(frozen=True)
class Text:
    """The words to agree to, in the applicant's language, and the day from which these words are in force."""

    words: str
    version: date


def text_on(day: date, *, language: str = "") -> Text | None:
    """The text on a day; the Dutch one if the language has none, None if nobody filled one in."""
    own = f"{TEXT}_{choose_written_language(language)}"
    rows = Policy.objects.in_force(on=day).filter(name__in=[TEXT, own])
    known = {row.name: Text(row.value, row.valid_from) for row in rows if isinstance(row.value, str) and row.value}
    if own not in known:
        return known.get(TEXT)
    words = known[own].words
    return Text(in_language(words, words, language), known[own].version)


def find_channel_question(applicant: Applicant | None) -> Text | None:
    """The text for an applicant who was never asked; None if there is nothing to ask."""
    if applicant is None or applicant.current_channel():
        return None
    return text_on(clock.today())


@dataclass(frozen=True)
class ChannelAnswer:
    """How letters are to reach the applicant, with the words that they agreed to or not (Awb 2:8)."""

    electronic: bool
    text: Text


@transaction.atomic
def choose_channel(applicant: Applicant, *, electronic: bool, by: "User", text: Text) -> ChannelChoice:
    """Record a choice; the same one again (a second click) adds nothing."""
    Applicant.objects.select_for_update(no_key=True).get(pk=applicant.pk)
    last = applicant.current_channel()
    if last and last.electronic == electronic:
        return last
    return ChannelChoice.objects.create(
        applicant=applicant, electronic=electronic, chosen_by=by, text_version=text.version, text=text.words
    )


def keep_answer(applicant: Applicant | None, answer: ChannelAnswer | None, *, by: "User") -> None:
    """Record the answer given on filing, if the question was asked."""
    if applicant and answer:
        choose_channel(applicant, electronic=answer.electronic, by=by, text=answer.text)
