"""The invented year as tables. The totals are those of the letter to parliament of 29 September 2025."""

from dataclasses import dataclass
from datetime import date

SEED = 20240701
FIRST, LAST = date(2024, 7, 1), date(2025, 7, 31)
ZONES_BEGIN = date(2025, 1, 1)
"""The first zones begin, so no exemption is needed before."""


@dataclass(frozen=True)
class Span:
    """How many applications were filed in a period, first and last day included."""

    first: date
    last: date
    national: int
    local: int
    days: int


SPANS = (
    Span(date(2024, 7, 1), date(2024, 7, 31), 390, 20, 0),
    Span(date(2024, 8, 1), date(2024, 8, 31), 150, 15, 0),
    Span(date(2024, 9, 1), date(2024, 9, 30), 160, 20, 0),
    Span(date(2024, 10, 1), date(2024, 10, 31), 210, 30, 0),
    Span(date(2024, 11, 1), date(2024, 11, 30), 280, 50, 40),
    Span(date(2024, 12, 1), date(2024, 12, 31), 520, 110, 160),
    Span(date(2025, 1, 1), date(2025, 2, 2), 717, 205, 708),
    Span(date(2025, 2, 3), date(2025, 2, 28), 360, 90, 842),
    Span(date(2025, 3, 1), date(2025, 3, 31), 330, 80, 1040),
    Span(date(2025, 4, 1), date(2025, 4, 30), 270, 65, 1170),
    Span(date(2025, 5, 1), date(2025, 5, 31), 255, 60, 1290),
    Span(date(2025, 6, 1), date(2025, 6, 30), 230, 50, 1430),
    Span(date(2025, 7, 1), date(2025, 7, 31), 230, 54, 1671),
)


@dataclass(frozen=True)
class Course:
    """A number of cases that take this course."""

    name: str
    count: int
    filed_by: date = LAST
    filed_from: date = FIRST
    kind: str = ""


PENDING = 164
"""The last national ones filed, except those withdrawn: decided in the weeks after the period."""
GRANTED_AFTER_ALL = (
    Course("objection_upheld", 5, date(2025, 4, 18), date(2025, 3, 10), kind="NEV"),
    Course("renewed", 6, date(2025, 5, 23), date(2024, 9, 2), kind="NEV"),
)
"""Rejected first, then granted within the period: they count among the 3,577."""
OBJECTED = (
    # 11 still being handled on the last day, or decided otherwise
    Course("objection_pending", 2, date(2025, 6, 5), date(2025, 5, 12), kind="PAR"),
    Course("objection_pending", 1, date(2025, 6, 5), date(2025, 5, 12), kind="NEV"),
    Course("objection_unfounded", 4, date(2025, 3, 28), kind="PAR"),
    Course("objection_unfounded", 1, date(2025, 3, 28), kind="HAN"),
    Course("objection_unfounded", 1, date(2025, 3, 28), kind="NEV"),
    Course("objection_late", 1, date(2025, 3, 28), kind="PAR"),
    Course("objection_not_repaired", 1, date(2025, 3, 28), kind="PAR"),
    # 6 withdrawn
    Course("objection_withdrawn", 5, date(2025, 4, 25), kind="PAR"),
    Course("objection_withdrawn", 1, date(2025, 4, 25), kind="NEV"),
    # 2 before the court
    Course("appeal_inadmissible", 1, date(2024, 9, 30), kind="PAR"),
    Course("appeal_withdrawn", 1, date(2024, 10, 31), kind="PAR"),
)
"""Rejected because the conditions were not met, and still rejected on the last day: 19 of the 75."""
NATIONAL = (
    *GRANTED_AFTER_ALL,
    *OBJECTED,
    Course("silent", 69, date(2025, 5, 9)),
    Course("wrong_data", 8, date(2025, 5, 30)),
    Course("rejected_conditions", 56, date(2025, 5, 30)),
    Course("rejected_other", 5, date(2025, 5, 30)),
    Course("converted", 70, date(2025, 6, 27)),
    Course("withdrawn_in_review", 4, date(2025, 6, 27)),
    Course("withdrawn_at_once", 130, date(2025, 7, 8)),
)
"""All others that are not pending were granted: 3,577 together with those granted after all."""
LOCAL_KINDS = {"BEO": 441, "HAR": 408}
LOCAL = (
    Course("silent", 40),
    Course("rejected_conditions", 214),
    Course("withdrawn_at_once", 42),
    Course("withdrawn_in_review", 11),
)
"""The letter does not say how the local ones ended; this distribution is our own. The others were granted."""
AFTER_THE_PERIOD = (Course("rejected_conditions", 9), Course("withdrawn_in_review", 2))
"""How those pending at the end of the period ended; the others were granted."""

DAY_CLASSES = {"van": 3006, "truck": 5345}
DAY_USE_WEIGHTS = (40, 17, 9, 7, 5, 4, 3, 3, 2, 2, 2, 6)
"""How likely a vehicle is to use 1, 2, … 12 day exemptions in a municipality."""
NEW_DAY_USER = 0.34
"""How likely a day exemption is to be the first of a vehicle there."""

NATIONAL_KINDS = {"LEV": 60, "NEV": 20, "PAR": 8, "HAN": 2, "VHZ": 3, "LKR": 2, "PHV": 2, "EXC": 3}
MONTHS_GRANTED = {
    "LEV": (6, 18),
    "NEV": (24, 60),
    "PAR": (24, 48),
    "HAN": (36, 60),
    "VHZ": (24, 60),
    "LKR": (24, 60),
    "PHV": (24, 60),
    "EXC": (12, 24),
    "BEO": (9, 12),
    "HAR": (4, 12),
    "NET": (12, 24),
}
"""For how many months an exemption of a kind is granted, at least and at most."""
CITIES = {
    "GM0363": 22,
    "GM0344": 18,
    "GM0599": 16,
    "GM0518": 14,
    "GM0772": 7,
    "GM0855": 5,
    "GM0014": 5,
    "GM0268": 4,
    "GM0392": 4,
    "GM0307": 3,
    "GM0546": 3,
    "GM0935": 3,
    "GM0193": 3,
    "GM0796": 3,
    "GM0153": 2,
    "GM0503": 2,
    "GM0513": 2,
    "GM0106": 2,
}
"""Municipalities by their CBS code, and how often they occur."""


@dataclass(frozen=True)
class Measures:
    """What a vehicle must do."""

    payload_kg: int
    towing_kg: int
    range_km: int


@dataclass(frozen=True)
class Limits:
    """A version of the demo's thresholds. Every value is invented."""

    made_on: date
    published_on: date
    valid_from: date
    limits: dict[str, dict[str, int]]
    reason_nl: str
    reason_en: str


THRESHOLDS_OF_2025 = date(2025, 7, 17)
"""The second version, caused by the five upheld objections."""
RENEWED_ON = date(2025, 7, 23)
RENEWED_UNTIL = date(2028, 7, 31)
"""The deciding again after it, and the last day of what it granted."""
THRESHOLDS = (
    Limits(
        made_on=date(2024, 6, 20),
        published_on=date(2024, 6, 25),
        valid_from=FIRST,
        limits={
            "van": {"payload_kg": 1000, "towing_kg": 1500, "range_km": 250},
            "truck": {"payload_kg": 9000, "range_km": 250},
        },
        reason_nl="De eerste drempelwaarden van deze demonstratie. De waarden zijn verzonnen.",
        reason_en="The first thresholds of this demo. The values are invented.",
    ),
    Limits(
        made_on=date(2025, 7, 14),
        published_on=date(2025, 7, 16),
        valid_from=THRESHOLDS_OF_2025,
        limits={
            "van": {"payload_kg": 850, "towing_kg": 1300, "range_km": 230},
            "truck": {"payload_kg": 8000, "range_km": 230},
        },
        reason_nl=(
            "Uit vijf bezwaren bleek dat uitstootvrije voertuigen in de praktijk minder kunnen laden dan wij dachten. "
            "Daarom zijn de drempelwaarden lager geworden. De waarden zijn verzonnen."
        ),
        reason_en=(
            "Five objections showed that emission-free vehicles can in practice carry less than we thought. So the "
            "thresholds have become lower. The values are invented."
        ),
    ),
)
NEXT_LIMITS = {
    "van": {"payload_kg": 800, "towing_kg": 1300, "range_km": 210},
    "truck": {"payload_kg": 7500, "range_km": 210},
}
DRAFT_LIMITS = {
    "van": {"payload_kg": 780, "towing_kg": 1250, "range_km": 210},
    "truck": {"payload_kg": 7500, "range_km": 200},
}
"""Around today: a recently published version, and a draft that waits for a second team lead."""
WITHIN_THRESHOLDS = {"van": Measures(600, 900, 150), "truck": Measures(5000, 900, 150)}
BETWEEN_THRESHOLDS = {
    "2025": {"van": Measures(900, 900, 150), "truck": Measures(8500, 900, 150)},
    "next": {"van": Measures(820, 900, 150), "truck": Measures(7800, 900, 150)},
}
"""Within the limits before a version, and beyond those of that version."""
