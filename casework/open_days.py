"""The days in a letter that wait until it is posted.

A letter by post is written before it is posted, and what it says may hang on the day of posting: until when one can
object, until when we decide. Its words keep the placeholders of these days, as `{object_until}`, until then. What
somebody typed never becomes one: its braces are escaped.
"""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import override

NAMES = ("object_until", "appeal_until", "decide_by", "explanation_of_deadline", "ombudsman_until", "today")
PLACEHOLDER = re.compile(rf"\{{({'|'.join(NAMES)})\}}")
IN_BRACKETS = re.compile(r" \(\{(\w+)\}\)")
"""What explains a day: without it there is nothing to put in brackets."""


def write_in(body: str, days: Mapping[str, str]) -> str:
    """The words with these days; of what is not known nothing is left, nor the brackets around it."""
    whole = IN_BRACKETS.sub(lambda found: found[0] if days.get(found[1]) else "", body)
    return PLACEHOLDER.sub(lambda found: days.get(found[1], ""), whole)


def explain_open_days(body: str, *, language: str) -> str:
    """The words with, in place of each day that is open, that it follows."""
    with override(language):
        follows = _("(this day follows as soon as we have posted the letter)")
    return write_in(body, {name: follows for name in NAMES if name != "explanation_of_deadline"})
