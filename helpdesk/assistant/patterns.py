"""Signs that leave no doubt: of somebody who wants to misuse the assistant, or asks what no topic tells.

The patterns stand in `data/hints.csv`, one a row; `{mine}` and `{case}` stand for the rows of those names.
"""

import re
from functools import cache

from helpdesk.assistant.text import concepts, plain, rows, with_classes, words

OURS_ALL_THE_SAME = frozenset({"=zone", "=milieuzone", "=ontheffing", "=dagontheffing", "=vrijstelling"})
ALONE = re.compile(r"^(?:hallo|hoi|hello|goedemorgen|bedankt|thanks|thank|merci|danke|dank|wie ben|hi)\b")
SHORT = 6
ANY_VEHICLE = frozenset({"=bestelauto", "=zone", "=plaats", "=gemeente", "=kenteken", "=vooraf"})
"""What somebody may speak of who asks whether 'my van' may enter and tells nothing about it."""
LONGEST_ENTRY = 14
"""Words: who says more, tells more about the vehicle."""


@cache
def patterns(sort: str) -> re.Pattern[str]:
    """All patterns of a sort in one; they are met in a text that is plain."""
    parts = {row["sort"]: row["pattern"] for row in rows("hints") if row["sort"] in ("mine", "case")}
    own = [row["pattern"] for row in rows("hints") if row["sort"] == sort]
    filled = (one.replace("{mine}", parts["mine"]).replace("{case}", parts["case"]) for one in own)
    return re.compile("|".join(f"(?:{one})" for one in filled))


@cache
def elsewhere() -> re.Pattern[str]:
    """Words that belong to other desks and to no topic of ours, from `data/elsewhere.csv`; * stands for any ending."""
    said = [one for row in rows("elsewhere") for one in row["words"].split(";")]
    parts = (re.escape(" ".join(words(one))) + (r"\w*" if one.endswith("*") else "") for one in said)
    return re.compile(rf"(?<![a-z0-9'])(?:{'|'.join(sorted(parts, key=len, reverse=True))})(?![a-z0-9'])")


def is_elsewhere(question: str) -> bool:
    """Whether it asks what another desk answers, or only greets. 'Hello, what does an exemption cost?' does neither."""
    said = words(question)
    text = " ".join(said)
    if "=plaats" not in concepts(said) and _matches("abroad", question):
        return True
    found = [match[0] for match in elsewhere().finditer(text)]
    if not found or OURS_ALL_THE_SAME.intersection(concepts(said)):
        return False
    return not all(ALONE.match(one) for one in found) or len(said) < SHORT


def is_hostile(question: str) -> bool:
    """Whether it wants to misuse the assistant, or to get round the rules."""
    return _matches("hostile", question)


def is_about_own_case(question: str) -> bool:
    """Whether only somebody's own file holds the answer."""
    return _matches("own", question)


def trouble_with(question: str) -> str:
    """With what of the portal somebody needs help: login or upload; empty where it is not that."""
    return next((sort for sort in ("login", "upload") if _matches(sort, question)), "")


def is_about_entry(question: str) -> bool:
    """Whether it asks if 'my van' may enter, and tells nothing about that van: only its plate would tell."""
    said = words(with_classes(plain(question)))
    return len(said) <= LONGEST_ENTRY and ANY_VEHICLE.issuperset(concepts(said)) and _matches("entry", question)


def _matches(sort: str, question: str) -> bool:
    return patterns(sort).search(plain(question)) is not None
