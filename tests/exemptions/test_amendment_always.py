"""Random lives after a grant: at every moment at most one exemption, and every page tells the same of it."""

import os
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.models import User
from casework import clock
from casework.steps import StepRefused
from exemptions.models import Application, Exemption, FactsRecord, Ground, Status
from exemptions.models.decision import Change
from exemptions.steps.amendment import Vehicle
from exemptions.views.verify import answer_reference
from reporting.figures import FIGURES
from reporting.period import Period
from tests import given

pytestmark = pytest.mark.django_db
EXAMPLES, STEPS = int(os.environ.get("LIVES", "5")), int(os.environ.get("LIFE_STEPS", "14"))
REFUSALS = (StepRefused, TransitionNotAllowed, PermissionDenied)
HOLDER = 2
PLATES = ("VX123Z", "V99ABC", "V11XYZ")
GRANTS = ("R02", "R06", "R07")
URGENT = "Het voertuig is gestolen gemeld en wordt nu gebruikt."
DAYS = st.integers(-3, 130)


class LifeAfterTheGrant(RuleBasedStateMachine):
    """The holder changes their mind, and so do we."""

    applicant: ClassVar[User]
    desk: ClassVar[tuple[User, User]]

    @initialize()
    def grant(self) -> None:
        """From today, for a hundred days; the first moment of its life is kept."""
        self.clock = time_machine.travel(timezone.localtime(), tick=False)
        self.traveller = self.clock.start()
        self.granted = given.granted(by=self.applicant, desk=self.desk[0])
        self.told = {self.moment(): self.valid()}
        self.counted = self.count()

    def teardown(self) -> None:
        """As of the day of the grant the figures say what they said then."""
        counted = self.count()
        self.clock.stop()
        assert counted == self.counted

    def moment(self) -> datetime:
        """Now."""
        return clock.now()

    def count(self) -> dict[str, list[int | None]]:
        """The figures of grants, as of the day of the grant."""
        day = self.granted.received_on
        period = Period(day, day, day)
        return {name: [row.count for row in FIGURES[name].compute(period)] for name in GRANTS if name in FIGURES}

    def valid(self) -> list[int]:
        """Which of its exemptions hold now."""
        return list(self.granted.exemptions.valid_at(clock.now()).values_list("pk", flat=True))

    def try_step(self, name: str, by: int = 0, **detail: Any) -> None:
        """Take it whole, or not at all; `by` one of the desk, or the holder."""
        try:
            with transaction.atomic():
                getattr(self.granted, name)(by=(*self.desk, self.applicant)[by], **detail)
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        except REFUSALS:
            self.granted = Application.objects.get(pk=self.granted.pk)

    def day(self, days: int) -> date:
        """A day from now."""
        return timezone.localdate() + timedelta(days=days)

    def vehicle(self, plate: str) -> Vehicle:
        """A van."""
        return Vehicle(plate, "NL", given.VAN, FactsRecord.Source.REGISTER)

    @rule(days=st.integers(0, 20), hours=st.integers(0, 23))
    def time_passes(self, days: int, hours: int) -> None:
        """Some days, and another hour of the day."""
        self.traveller.shift(timedelta(days=days, hours=hours, seconds=1))

    @rule(plate=st.sampled_from(PLATES))
    def moves(self, plate: str) -> None:
        self.try_step("replace_vehicle", vehicle=self.vehicle(plate))

    @rule(plate=st.sampled_from(PLATES), first=st.integers(-1, 10), length=st.integers(-1, 50))
    def lends(self, plate: str, first: int, length: int) -> None:
        days: dict[str, Any] = {"starts_on": self.day(first), "ends_on": self.day(first + length)}
        self.try_step("allow_temporary_vehicle", vehicle=self.vehicle(plate), **days)

    @rule()
    def comes_back(self) -> None:
        self.try_step("end_temporary_vehicle")

    @rule(days=DAYS)
    def longer(self, days: int) -> None:
        self.try_step("lengthen", ends_on=self.day(days), explanation="De levering is later.")

    @rule(by=st.integers(0, 1), first=DAYS, last=DAYS)
    def corrects(self, by: int, first: int, last: int) -> None:
        days: dict[str, Any] = {"starts_on": self.day(first), "ends_on": self.day(last)}
        self.try_step("correct_decision", by=by, explanation="Twee cijfers omgedraaid.", **days)

    @rule(by=st.sampled_from((0, HOLDER)), days=st.integers(0, 130))
    def gives_back(self, by: int, days: int) -> None:
        if days > 40:  # else hardly any life is longer than a few steps
            self.try_step("end_on_request", by=by, from_day=self.day(days))

    @rule(plate=st.sampled_from(PLATES))
    def wishes(self, plate: str) -> None:
        self.try_step("ask_change", by=HOLDER, what=Change.VEHICLE, plate=plate, country="NL")

    @rule(step=st.sampled_from(("refuse_change", "take_back_change")))
    def ends_a_wish(self, step: str) -> None:
        by, why = (0, {"explanation": "Het kan niet."}) if step == "refuse_change" else (HOLDER, {})
        if request := self.granted.change_requests.last():
            self.try_step(step, by=by, request=request, **why)

    @rule(how=st.sampled_from(("suspension", "shortening", "suspension", "revocation")), days=st.integers(1, 90))
    def proposes(self, how: str, days: int) -> None:
        about: dict[str, Any] = {"ground": Ground.objects.get(code="facts_changed"), "explanation": "Verkocht."}
        more: dict[str, Any] = {"ends_on": self.day(days)} if how == "shortening" else {}
        self.try_step(f"propose_{how}", unheard_because=URGENT, **about, **more)

    @rule(by=st.integers(0, 1))
    def approves(self, by: int) -> None:
        self.try_step("approve_change", by=by)

    @rule()
    def returns(self) -> None:
        self.try_step("return_change", by=1, remark="Bel eerst.")

    @rule()
    def lifts(self) -> None:
        self.try_step("lift_suspension", explanation="Het is uitgezocht.")

    @rule()
    def asks(self) -> None:
        about: dict[str, Any] = {"intention": Change.REVOCATION, "found": "Verkocht.", "ends_on": given.working_day()}
        self.try_step("ask_view_on_change", **about)

    @rule()
    def leaves(self) -> None:
        self.try_step("leave_exemption")

    @invariant()
    def at_most_one_holds_whenever(self) -> None:
        if not hasattr(self, "told"):
            return
        for days in (-40, -10, -1, 0, 1, 3, 6, 9, 20, 45, 90, 130):
            moment = clock.now() + timedelta(days=days)
            assert self.granted.exemptions.valid_at(moment).count() <= 1, moment
        self.told[clock.now()] = self.valid()

    @invariant()
    def who_checks_reads_the_same(self) -> None:
        if not hasattr(self, "told"):
            return
        valid = set(self.valid())
        for one in Exemption.objects.filter(application=self.granted).select_related("decision"):
            state = answer_reference(one.decision.reference, one.plate).state
            assert (state == "valid") == (one.pk in valid), state

    @invariant()
    def the_application_stays_granted_by_one_decision(self) -> None:
        if not hasattr(self, "told"):
            return
        assert self.granted.status == Status.GRANTED
        assert self.granted.decisions.standing().count() == 1

    @invariant()
    def what_held_is_told_as_it_was(self) -> None:
        """Of every moment that was looked at but this one: what is taken now may change what holds now."""
        if not hasattr(self, "told"):
            return
        for moment, held in self.told.items():
            if moment < clock.now():
                assert list(self.granted.exemptions.valid_at(moment).values_list("pk", flat=True)) == held


def test_at_no_moment_two_exemptions_and_every_page_tells_the_same(applicant, caseworker, other_caseworker):
    LifeAfterTheGrant.applicant, LifeAfterTheGrant.desk = applicant, (caseworker, other_caseworker)

    run_state_machine_as_test(
        LifeAfterTheGrant,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
