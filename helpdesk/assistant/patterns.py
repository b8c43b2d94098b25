"""Patterns that leave no doubt: somebody wants to misuse the assistant, or asks what no topic covers.

The patterns stand in `data/hints.csv`, one a row; `{mine}` and `{case}` stand for the rows of those names.
"""

import re
from functools import cache

from helpdesk.assistant.text import find_concepts, read_data_rows, simplify_text, split_words, with_classes

OURS_ALL_THE_SAME = frozenset({"=zone", "=milieuzone", "=ontheffing", "=dagontheffing", "=vrijstelling"})
ALONE = re.compile(r"^(?:hallo|hoi|hello|goedemorgen|bedankt|thanks|thank|merci|danke|dank|wie ben|hi)\b")
SHORT = 6
ANY_VEHICLE = frozenset({"=bestelauto", "=zone", "=plaats", "=gemeente", "=kenteken", "=vooraf"})
"""What somebody may mention who asks whether 'my van' may enter and says nothing about it."""
LONGEST_ENTRY = 14
"""Words: a longer question says more about the vehicle."""


@cache
def compile_patterns(sort: str) -> re.Pattern[str]:
    """All patterns of a type in one; they match plain text."""
    parts = {row["sort"]: row["pattern"] for row in read_data_rows("hints") if row["sort"] in ("mine", "case")}
    own = [row["pattern"] for row in read_data_rows("hints") if row["sort"] == sort]
    filled = (one.replace("{mine}", parts["mine"]).replace("{case}", parts["case"]) for one in own)
    return re.compile("|".join(f"(?:{one})" for one in filled))


@cache
def compile_foreign_words() -> re.Pattern[str]:
    """Words that belong to other desks and to no topic of ours, from `data/elsewhere.csv`; * stands for any ending."""
    said = [one for row in read_data_rows("elsewhere") for one in row["words"].split(";")]
    parts = (re.escape(" ".join(split_words(one))) + (r"\w*" if one.endswith("*") else "") for one in said)
    return re.compile(rf"(?<![a-z0-9'])(?:{'|'.join(sorted(parts, key=len, reverse=True))})(?![a-z0-9'])")


def is_elsewhere(question: str) -> bool:
    """Whether it asks what another desk answers, or only greets. 'Hello, what does an exemption cost?' does neither."""
    said = split_words(question)
    text = " ".join(said)
    if "=plaats" not in find_concepts(said) and _match_pattern("abroad", question):
        return True
    found = [match[0] for match in compile_foreign_words().finditer(text)]
    if not found or OURS_ALL_THE_SAME.intersection(find_concepts(said)):
        return False
    return not all(ALONE.match(one) for one in found) or len(said) < SHORT


def is_hostile(question: str) -> bool:
    """Whether it wants to misuse the assistant, or to get round the rules."""
    return _match_pattern("hostile", question)


def is_about_own_case(question: str) -> bool:
    """Whether only somebody's own file holds the answer."""
    return _match_pattern("own", question)


def trouble_with(question: str) -> str:
    """With what of the portal somebody needs help: login or upload; empty if it is not that."""
    return next((sort for sort in ("login", "upload") if _match_pattern(sort, question)), "")


def is_about_entry(question: str) -> bool:
    """Whether it asks if 'my van' may enter, and says nothing about that van: only its plate would."""
    said = split_words(with_classes(simplify_text(question)))
    return (
        len(said) <= LONGEST_ENTRY and ANY_VEHICLE.issuperset(find_concepts(said)) and _match_pattern("entry", question)
    )


def _match_pattern(sort: str, question: str) -> bool:
    return compile_patterns(sort).search(simplify_text(question)) is not None
