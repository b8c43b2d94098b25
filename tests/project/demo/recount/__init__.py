"""The report counted again by hand: event by event, in plain loops. Slow, obvious, and nothing of `reporting` in it."""

from tests.project.demo.recount import cases, complaints, days, disputes, endings, handed_in, opinions, times
from tests.project.demo.recount.known import Known
from tests.project.demo.recount.numbers import Numbers
from tests.project.demo.recount.question import Question
from tests.project.demo.recount.world import World

__all__ = ["Question", "World", "count"]

ABOUT_CASES = {
    "R01": cases.received,
    "R02": endings.outcomes,
    "R03": endings.set_aside,
    "R04": endings.rejected,
    "R05": cases.weeks,
    "R06": days.months,
    "R07": days.classes,
    "R08": days.uses,
    "R09": cases.local_kinds,
    "R10": disputes.by_kind,
    "R11": disputes.by_state,
    "R12": disputes.appeals,
    "R13": disputes.decided_again,
    "R22": times.lead_times,
    "R23": cases.conversions,
    "R24": cases.abroad,
    "R25": complaints.endings,
    "R26": complaints.in_time,
    "R27": cases.channels,
    "R28": opinions.scores,
}
HANDED_IN = {
    "R14": handed_in.warnings,
    "R15": handed_in.fines,
    "R16": handed_in.compliance,
    "R17": handed_in.zones,
    "R18": handed_in.visits,
    "R19": handed_in.conversations,
    "R20": handed_in.mails,
    "R21": handed_in.signals,
}


def count(world: World, asked: Question) -> dict[str, Numbers]:
    """Every figure: its rows by key, each with its count, of how many, and the percentage."""
    known = Known(world, asked)
    found = {name: figure(known) for name, figure in ABOUT_CASES.items()}
    return {**found, **{name: figure(world, asked) for name, figure in HANDED_IN.items()}}
