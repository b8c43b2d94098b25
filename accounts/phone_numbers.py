"""Mobile numbers as people type them, and as a gateway expects them (E.164)."""

import re

FILLING = re.compile(r"[\s()./\-\0‐-―\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
"""Separators that people, and programs that copy, put between digits."""
DUTCH_MOBILE = re.compile(r"\+316[0-9]{8}")
FOREIGN = re.compile(r"\+(?!31)[1-9][0-9]{7,14}")


def read_number(typed: str) -> str:
    """The number as `+31612345678`; empty if it is not valid. A Dutch number must be a mobile one."""
    bare = FILLING.sub("", typed.replace("(0)", ""))
    bare = re.sub(r"^00", "+", bare)
    bare = re.sub(r"^06(?=[0-9]{8}$)", "+316", bare)
    bare = re.sub(r"^\+310", "+31", bare)
    return bare if DUTCH_MOBILE.fullmatch(bare) or FOREIGN.fullmatch(bare) else ""
