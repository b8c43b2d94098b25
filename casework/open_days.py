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


def write_in(body: str, days: Mapping[str, str]) -> str:
    """The words with these days; of what is not known nothing is left."""
    return PLACEHOLDER.sub(lambda found: days.get(found[1], ""), body)


def explain_open_days(body: str, *, language: str) -> str:
    """The words with, in place of each day that is open, that it follows."""
    with override(language):
        return write_in(body, dict.fromkeys(NAMES, _("(this day follows as soon as we have posted the letter)")))
