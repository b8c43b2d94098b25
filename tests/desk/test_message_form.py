"""The form of a message shows what it answers, and what has been answered no more."""

import pytest
from django.test import Client

from accounts.models import User
from exemptions.models import Application
from objections.models import Objection
from tests import contest, given
from tests.desk import pages

ASKED = "Mag mijn boekhouder mee naar de hoorzitting?"
ANSWERED = "Dit is al beantwoord."


@pytest.fixture
def application(applicant: User, caseworker: User) -> Application:
    return given.taken_up(by=applicant, desk=caseworker)


@pytest.fixture
def objection(applicant: User, caseworker: User, other_caseworker: User, objection_officer: User) -> Objection:
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    return contest.handling(rejected, by=applicant, desk=objection_officer)


def test_it_shows_what_waits_for_an_answer(
    as_caseworker: Client, application: Application, applicant: User, caseworker: User
) -> None:
    application.message_desk(by=applicant, text=ANSWERED)
    application.message_applicant(by=caseworker, text="Zo zit het.")
    application.message_desk(by=applicant, text=ASKED)

    page = pages.text(as_caseworker.get(pages.step(application, "message_applicant")))

    assert ASKED in page
    assert ANSWERED not in page


def test_it_shows_it_again_beside_what_is_wrong(
    as_objection_officer: Client, objection: Objection, applicant: User
) -> None:
    objection.message_desk(by=applicant, text=ASKED)

    assert ASKED in pages.text(pages.send(as_objection_officer, objection, "message_applicant", text=""))


def test_nothing_stands_there_where_nothing_waits(as_caseworker: Client, application: Application) -> None:
    assert "Nog niet beantwoord" not in pages.text(as_caseworker.get(pages.step(application, "message_applicant")))


def test_hostile_words_stay_words(as_objection_officer: Client, objection: Objection, applicant: User) -> None:
    objection.message_desk(by=applicant, text="<script>alert(1)</script>")

    page = pages.text(as_objection_officer.get(pages.step(objection, "message_applicant")))

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
