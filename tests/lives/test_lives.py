"""Random but lawful lives of a dossier: whatever happens, every day and every status follows from the events alone."""

import os
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from accounts.models import User
from casework import workflow_drawing
from exemptions.models import Applicant, Application, Ground
from objections.models import Appeal, Objection
from tests import contest, given
from tests.cast import staff
from tests.lives.base import People
from tests.lives.checks import AFTER_THE_END, CLOSED
from tests.lives.of_appeals import DossierLife
from tests.lives.of_applications import CONVERTIBLE
from tests.lives.of_complaints import ComplaintLife, PostalComplaintLife
from tests.lives.of_grants import GrantedLife
from tests.posting import choose_post

pytestmark = pytest.mark.django_db
EXAMPLES, STEPS = int(os.environ.get("LIVES", "5")), int(os.environ.get("LIFE_STEPS", "30"))
AS_LONG_AS_IT_TAKES = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    phases=[Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


class ContestedLife(DossierLife):
    """Begins with a rejection to which somebody objects at once."""

    def born(self) -> Application:
        first, second = self.people.desk[0], self.people.desk[1]
        application = given.rejected(by=self.people.applicant, desk=first, second=second)
        contest.filed(application, by=self.people.applicant)
        return application


class SetAsideLife(DossierLife):
    """Begins with an application that was set aside."""

    def born(self) -> Application:
        application = given.supplied(by=self.people.applicant, desk=self.people.desk[0])
        application.set_aside(
            by=self.people.mover, ground=Ground.objects.get(code="wrong_data"), explanation=given.EXPLAINED
        )
        contest.filed(application, by=self.people.applicant)
        return application


class PostalLife(DossierLife):
    """Of who wants letters by post: each is posted on some day, or never."""

    def born(self) -> Application:
        choose_post(Applicant.objects.of(self.people.applicant).get(), by=self.people.applicant)
        return super().born()


class PaperLife(DossierLife):
    """Begins with an application on paper, which was registered some days after it came in."""

    def born(self) -> Application:
        applicant = choose_post(Applicant.objects.of(self.people.applicant).get(), by=self.people.applicant)
        return given.on_paper(desk=self.people.desk[0], applicant=applicant, days_ago=9)


class ConvertedLife(DossierLife):
    """What is handled may be converted at any moment, and what came of that once more."""

    moves = CONVERTIBLE

    def born(self) -> Application:
        return given.judged(by=self.people.applicant, desk=self.people.desk[0])


class PostalConvertedLife(ConvertedLife):
    """The same by post: it goes on while letters about the first wait to be posted."""

    def born(self) -> Application:
        choose_post(Applicant.objects.of(self.people.applicant).get(), by=self.people.applicant)
        return super().born()


class ContestedConversionLife(ConvertedLife):
    """Begins with a conversion while we were late, to which somebody objected and was heard."""

    def born(self) -> Application:
        application, officer = super().born(), self.people.officers[0]
        self.clock.shift(timedelta(days=63))
        application.receive_default_notice(by=self.people.applicant, received_on=timezone.localdate())
        self.clock.shift(timedelta(days=21))
        application.convert(by=self.people.desk[0], kind=given.kind("NEV"), reason=given.EXPLAINED)
        about = {"decision": application.decisions.on_conversions().get()}
        objection = contest.handling(application, by=self.people.applicant, desk=officer, **about)
        contest.heard(objection, by=self.people.applicant, desk=officer)
        return application


class PostalContestedConversionLife(PostalConvertedLife, ContestedConversionLife):
    """The same by post; the letter about the conversion waits."""


@pytest.fixture
def people(
    applicant: User, stranger: User, caseworker: User, other_caseworker: User, objection_officer: User, db: None
) -> People:
    """Two of each desk, and one who works at both."""
    mover = staff("Max Overstap", "national caseworker", "objection officer")
    other = staff("Fien Bezwaar", "objection officer")
    return People(applicant, stranger, mover, [caseworker, other_caseworker], [objection_officer, other])


LIVES = [
    *(DossierLife, ContestedLife, SetAsideLife, PostalLife, PaperLife, ComplaintLife, PostalComplaintLife),
    GrantedLife,
    *(ConvertedLife, PostalConvertedLife, ContestedConversionLife, PostalContestedConversionLife),
]


@pytest.mark.parametrize("life", LIVES)
def test_whatever_happens_everything_follows_from_the_events(life: Any, people: People) -> None:
    life.people = people

    run_state_machine_as_test(life, settings=AS_LONG_AS_IT_TAKES)


def test_every_step_has_its_turn_or_is_taken_by_another() -> None:
    by_others = {"convert_back", "file", "grant_at_once", "keep_to_order", "receive_conversion", "register"}
    by_others |= {"reject_instead", "take_up_again"}
    moves_nothing = {
        "assign",
        "dispute_facts",
        "message_desk",
        "message_applicant",
        "settle_messages",
        "draw_lot",
        "judge",
        "mend_mail",
        "note",
        "rate",
        "snooze",
        "wake",
    }
    steps = {move.name for move in workflow_drawing.all_moves(Application)}

    assert steps == {*CONVERTIBLE.arguments, *by_others, *moves_nothing}


@pytest.mark.parametrize("model", [Application, Objection, Appeal])
def test_only_these_steps_can_be_taken_after_the_end(model: Any) -> None:
    moves = workflow_drawing.all_moves(model)

    after = {move.name for move in moves if move.source in CLOSED[model.CASE_TYPE]}

    assert after == AFTER_THE_END[model.CASE_TYPE]
