"""Whoever asks whether an exemption holds hears the same: the rows, enforcement, the portal, the proof and the feed."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from casework import clock
from enforcement.answers import UNKNOWN, Question, answer_question
from enforcement.holdings import read_holdings
from enforcement.models import ExemptionChange
from enforcement.signed_list import build_list
from exemptions.access_today import running_exemption
from exemptions.api.serializers import DecisionAnswer
from exemptions.models import Application, Decision, Exemption
from exemptions.models.exemption import find_plate_holder
from exemptions.portal.current_exemptions import HeldExemption, find_exemptions
from exemptions.views.verify import answer_reference
from tests.lives.granted import GrantedApplication, PlayedExemption
from tests.lives.played import CaseKey, Played
from zones.models import Municipality

UTRECHT = "GM0344"
MICROSECOND = timedelta(microseconds=1)


def everybody_says_the_same(applications: Sequence[Application], cases: Mapping[CaseKey, Played]) -> None:
    """Of what these gave: at this moment, and at some at which something began or ended, as the events have it."""
    gave = [played for one in applications for played in find_given(cases["application", one.pk])]
    ours = Exemption.objects.filter(application__in=applications)
    rows = list(ours.select_related("decision", "municipality").order_by("application", "pk"))
    assert len(rows) == len(gave)
    if not rows:
        return
    moments = some_moments(gave, turn=sum(len(one.bounds()) for one in gave))
    valid = {moment: set(ours.valid_at(moment)) for moment in moments}
    for moment in moments:
        holding = [row for row, played in zip(rows, gave, strict=True) if played.holds(moment)]
        assert valid[moment] == set(holding), moment
        assert len({row.application_id for row in holding}) == len(holding), f"two at {moment}"
    enforcement_says(rows, valid)
    now = clock.now()
    who_checks_reads(rows, valid[now])
    the_portal_says(applications, valid[now])
    the_feed_and_the_list_have(valid[now])


def find_given(played: Played) -> list[PlayedExemption]:
    """By one case."""
    assert isinstance(played, GrantedApplication)
    return played.gave


def some_moments(gave: Sequence[PlayedExemption], *, turn: int) -> list[datetime]:
    """Now, and others each time: on a bound, just before one, and between."""
    bounds = sorted({bound for one in gave for bound in one.bounds()})
    first, second = bounds[turn % len(bounds)], bounds[turn * 7 % len(bounds)]
    return [clock.now(), first, first - MICROSECOND, first + (second - first) / 2]


def enforcement_says(rows: Sequence[Exemption], valid: Mapping[datetime, set[Exemption]]) -> None:
    """By one of those that hold there for the plate, where there is one."""
    vehicles = {(one.plate, one.country, find_zone(one)) for one in rows}
    questions = [Question(*vehicle, at=moment) for vehicle in vehicles for moment in valid]
    holdings = read_holdings(questions)
    for question in questions:
        there = [one for one in valid[question.at] if (one.plate, one.country) == (question.plate, question.country)]
        fitting = {
            one.decision.reference for one in there if one.municipality is None or find_zone(one) == question.zone
        }
        found = holdings.get((question.plate, question.country), ())
        answer = answer_question(question, by_rules=UNKNOWN, holdings=found)
        assert (answer.allowed is True) == bool(fitting), question
        assert answer.reference is None or answer.reference in fitting, question


def find_zone(exemption: Exemption) -> str:
    """Where to ask about it: its municipality, or any."""
    return exemption.municipality.cbs_code if exemption.municipality else UTRECHT


def who_checks_reads(rows: Sequence[Exemption], valid: set[Exemption]) -> None:
    """The page behind the code on the letter, and the same for a program."""
    for one in rows[-6:]:
        about = Decision.objects.verifiable().get(reference=one.decision.reference)
        page = answer_reference(one.decision.reference, one.plate).state
        program = DecisionAnswer(about, context={"plate": one.plate}).data["gives_access"]
        assert (page == "valid", program) == (one in valid, one in valid), page


def the_portal_says(applications: Sequence[Application], valid: set[Exemption]) -> None:
    """In the list of exemptions, and where the page of a case says whether its vehicle may enter."""
    for one in applications:
        vehicle = find_plate_holder(one)
        there = {None, one.municipality_id}
        mine = [row for row in valid if row.municipality_id in there and row.plate == vehicle.plate]
        assert (running_exemption(one) in mine) == bool(mine)
    owner, now = applications[0].owner, clock.now()
    if not applications[0].is_of(owner):  # registered from paper at the desk
        return
    listed = find_exemptions(owner, now=now)
    assert {one for one in listed if HeldExemption(one, None, now).is_valid} == valid  # type: ignore[arg-type]


def the_feed_and_the_list_have(valid: set[Exemption]) -> None:
    """The journal read from its first line, of which the last about an exemption counts; and what is signed now."""
    last = {(line.reference, line.plate): line for line in ExemptionChange.objects.order_by("transaction", "pk")}
    now = clock.now()
    followed = {reference for (reference, _plate), line in last.items() if is_told(line, at=now)}
    assert followed == {one.decision.reference for one in valid}
    listed = {line["reference"] for line in build_list(Municipality.objects.get(cbs_code=UTRECHT))["exemptions"]}
    assert listed == {one.decision.reference for one in valid if find_zone(one) == UTRECHT}


def is_told(line: ExemptionChange, *, at: datetime) -> bool:
    """Whether it holds, as a program reads a line."""
    paused = line.paused_from and line.paused_until and line.paused_from <= at < line.paused_until
    return line.starts_at <= at < line.ends_at and not paused
