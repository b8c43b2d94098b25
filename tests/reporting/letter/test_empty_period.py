"""A period in which nothing, or hardly anything, happened reads as Dutch, and our own zero is a zero."""

import re
from datetime import date, timedelta
from random import Random

import pytest

from reporting.letter import lifecycle
from reporting.letter.blocks import Block, Bullets, Paragraph, flatten_line
from reporting.letter.document import compose_letter
from reporting.period import Period
from tests.reporting.cases import case, day_exemption
from tests.reporting.disputes import appeal, objection
from tests.reporting.test_handed_in import UTRECHT, handed_in

pytestmark = pytest.mark.django_db
SEED = 20260228
NOTHING = [
    Period(date(2024, 7, 1), date(2024, 8, 31), date(2024, 8, 31)),
    Period(date(2024, 9, 1), date(2024, 10, 31), date(2024, 10, 31)),
    Period(date(2025, 6, 1), date(2025, 7, 31), date(2025, 7, 31)),
    Period(date(2026, 1, 1), date(2026, 2, 28), date(2026, 3, 10)),
    Period(date(2026, 3, 5), date(2026, 3, 5), date(2026, 3, 5)),
]
"""The first months, before and after the zones began, with and without a period before, and a single day."""
FORBIDDEN = {
    "our own zero as not handed in": r"niet aangeleverd (?:toegekend|nog|aanvragen|beslissingen|van|is|was)",
    "a number that is not there": r"geen cijfer|None|geen percentage",
    "zero of a thing": r"(?<![\d.,%])\b0 (?!tot|maanden)[a-zé]+",
    "zero of the one hundred": r"\(0%|\b0% (?!van)|overige 0",
    "none of how many": r"[Vv]an de (?:0|geen) ",
    "a plural of one": r"(?<![\d.])\b1 (?:zijn|bezwaren|aanvragen|ontheffingen|gemeenten|beslissingen|zaken|keer)\b",
    "telegram style": r"(?:gelijk|periode|aanvragen): (?:evenveel|vergelijken)|: een (?:stijging|daling)",
    "words that nobody understands": r"telkens gemeten|even lang na",
    "no comparison": r"een eerdere periode om mee te vergelijken",
    "space before a sign": r" [,.;:]",
    "two signs": r"\.\.|,,|;\.|: ?\.|\(\)",
    "a sentence that begins small": r"[.!?] [a-z](?!\w*\.)",
    "an unfilled name": r"\{\{|\{%|[a-z]_[a-z]",
}


def sentences(period: Period) -> list[str]:
    """Every paragraph and item of the running text."""
    period.memory.clear()
    blocks = compose_letter(lifecycle.build_standard_source(period)).blocks
    return [re.sub(r"\s+", " ", line).strip() for block in blocks for line in lines_of(block)]


def lines_of(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [flatten_line(block.parts)]
    return [flatten_line(item) for item in block.items] if isinstance(block, Bullets) else []


def faults(period: Period) -> list[tuple[str, str]]:
    """What jars, with its line. A number at the end of an item of a list may be a plain zero."""
    found = []
    for line in sentences(period):
        for name, pattern in FORBIDDEN.items():
            if match := re.search(pattern, line):
                found.append((name, f"…{line[max(0, match.start() - 60) : match.end() + 40]}…"))
    return found


@pytest.mark.parametrize("period", NOTHING, ids=lambda one: f"{one.first}")
def test_an_empty_period_has_no_broken_sentence(period: Period):
    assert faults(period) == []


@pytest.mark.parametrize("period", NOTHING, ids=lambda one: f"{one.first}")
def test_only_what_others_hand_in_is_called_not_handed_in(period: Period):
    about = [line for line in sentences(period) if "niet aangeleverd" in line]

    others = ("gemeente", "waarschuwingsbrieven", "AI-chatbot", "e-mails", "Niet aangeleverd:")
    assert [line for line in about if not any(word in line for word in others)] == []


THINGS = {
    "case": lambda at, plate: case(file=at, plate=plate),
    "granted": lambda at, plate: case(file=at, take_up=at, grant=at, plate=plate),
    "rejected": lambda at, plate: case("NEV", file=at, take_up=at, reject=at, ground="repeated", plate=plate),
    "withdrawn": lambda at, plate: case(file=at, withdraw=at, plate=plate),
    "local": lambda at, plate: case("HAR", file=at, where="Utrecht", plate=plate),
    "abroad": lambda at, plate: case(file=at, plate=plate, country="BE"),
    "van": lambda at, plate: day_exemption(at, plate=plate),
    "truck": lambda at, plate: day_exemption(at, plate=plate, vehicle="truck"),
    "objection": lambda at, _plate: objection(register=at),
    "upheld": lambda at, _plate: objection(register=at, admit=at, uphold=at),
    "appeal": lambda at, _plate: appeal(objection(register=at, declare_unfounded=at), lodge=at),
}


def happen(rng: Random, period: Period) -> None:
    """A few things on a few days, in the period or just before it; and some municipality hands in something."""
    for number in range(rng.randint(0, 4)):
        at = (period.first + timedelta(days=rng.randint(-40, (period.last - period.first).days))).isoformat()
        THINGS[rng.choice([*THINGS])](at, f"VA{rng.choice('ABCDEFGH')}0{number}A")
    if rng.random() < 0.5:
        offences, warnings = rng.choice((0, 1, 7)), rng.choice((0, 1, 9))
        handed_in(UTRECHT, f"{period.first:%Y-%m}", at=f"{period.last}", warnings=warnings, fines_van=offences)


@pytest.mark.parametrize("seed", range(6))
def test_nor_has_one_in_which_hardly_anything_happened(seed: int):
    rng = Random(SEED + seed)
    period = rng.choice(NOTHING[2:4])

    happen(rng, period)

    assert faults(period) == []
