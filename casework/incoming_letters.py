"""Letters to people without an account: emailed as a whole, or printed and posted."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from casework.models import Letter, LetterText
from casework.models.letter import Words
from casework.texts import compose_text, fill_text, leave_open

if TYPE_CHECKING:
    from casework.models import IncomingCase

MARKS = re.compile(r"^#+ |\*\*", re.MULTILINE)
"""The markup for headings and bold words in the texts of letters."""


def place_letter(
    case: "IncomingCase", kind: str, *, context: Mapping[str, object], with_open_days: bool = False
) -> Letter:
    """Place a letter with its words frozen now; it goes out by email, or waits to be posted.

    `with_open_days`: some of its days depend on the day on which it is made known.
    """
    shown = leave_open(context) if case.by_post and with_open_days else context
    words = compose_text(kind, language=case.language, context=shown)
    letter = case.dossier.place_letter(case, words, address=case.postal_address or case.name, by_post=case.by_post)
    if not case.by_post:
        words = write_as_mail(kind, context, case.language)
        case.dossier.send_mail(words, case.email, letter=letter, in_portal=case.is_in_portal)
    return letter


def write_as_mail(kind: str, context: Mapping[str, object], language: str) -> Words:
    """The letter's words as plain text, because somebody without an account cannot read them elsewhere."""
    text = LetterText.objects.newest(kind=kind, language=language)
    text.channel = LetterText.Channel.MAIL
    words = fill_text(text, context=context)
    return replace(words, body=MARKS.sub("", words.body))
