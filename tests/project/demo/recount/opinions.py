"""How satisfied people were: R28. Every part of the applications together."""

from collections import Counter

from tests.project.demo.recount.known import Known
from tests.project.demo.recount.numbers import Numbers, split

SCORES = ("5", "4", "3", "2", "1")


def scores(known: Known) -> Numbers:
    """R28."""
    said = (one for one in known.world.events if one["case_type"] == "application" and one["step"] == "rate")
    found = Counter(str(one["detail"]["score"]) for one in said if known.asked.covers(one["day"]))
    return split({score: found[score] for score in SCORES})
