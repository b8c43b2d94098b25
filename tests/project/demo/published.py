"""The published letter of the demo, and its numbers as statistics and the letter of 29 September 2025 give them."""

import re

from reporting.letter import html, lifecycle
from reporting.letter.document import compose_letter
from reporting.models import ReportToParliament
from reporting.statuses import ReportStatus

Counts = dict[str, dict[str, int]]
SINCE_THE_OPENING: Counts = {
    "R01": {"national": 4102, "local": 849, "day": 8351},
    "R02": {"granted": 3577, "set_aside": 277, "rejected": 84, "pending": 164},
    "R03": {"withdrawn_before_taking_up": 130, "no_response": 69, "converted": 70, "wrong_data": 8},
    "R04": {"conditions_not_met": 75, "withdrawn_in_review": 4, "other": 5},
    "R07": {"van": 3006, "truck": 5345},
    "R09": {"BEO": 441, "HAR": 408},
    "R10": {"PAR": 15, "HAN": 1, "NEV": 8},
    "R11": {"upheld": 5, "open_or_decided": 11, "withdrawn": 6, "appealed": 2},
    "R12": {"inadmissible": 1, "withdrawn": 1, "unfounded": 0, "upheld": 0, "settled": 0, "pending": 0},
}
"""1 July 2024 to 31 July 2025. The letter gives percentages; where they leave room, the numbers are the demo's."""
PERCENTAGES = {"R02": [87, 7, 2, 4], "R03": [47, 25, 25, 3], "R04": [89, 5, 6]}
OF_THE_MONTHS: Counts = {
    "R17": {"zones": 18, "fining": 14},
    "R18": {
        "2025-06:visitors": 27000,
        "2025-06:pages": 170000,
        "2025-07:visitors": 38000,
        "2025-07:pages": 194000,
    },
    "R19": {"2025-06": 4552, "2025-07": 4148},
    "R20": {"2025-06": 208, "2025-07": 246},
}
"""June and July 2025."""
WEEKS, WEEKS_SUM, MONTHS_SUM = 57, 4102 + 849, {"van": 3006, "truck": 5345}
"""Figures 1 and 2 are pictures in the letter: only what they add up to is known."""
OFFENCES_OF_JULY = 6724


def letter() -> ReportToParliament:
    """The letter with both signatures."""
    found: ReportToParliament = ReportToParliament.objects.get(status=ReportStatus.PUBLISHED)
    return found


def file(name: str) -> bytes:
    """One of its files."""
    with letter().files.get(format=name).file.open() as kept:
        content: bytes = kept.read()
    return content


def words() -> str:
    """All that it says, as its page has it."""
    page = html.render_html(compose_letter(lifecycle.build_source(letter())).blocks)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
