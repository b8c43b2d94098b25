"""Granting less than was asked, and setting aside: with reasons (Awb 3:46), and heard where the law asks it (4:7)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from casework.models import Letter
from exemptions.models import Applicant, Application, Ground
from tests import given
from tests.given import Refused
from tests.posting import choose_post, post

WHY = "De dealer levert eerder."


@pytest.fixture
def asked(applicant: User, caseworker: User) -> Application:
    """All proof accepted; asked from today for a hundred days."""
    application = given.judged(by=applicant, desk=caseworker)
    today = timezone.localdate()
    Application.objects.filter(pk=application.pk).update(
        wanted_from=today, wanted_until=today + timedelta(days=100), answers={}
    )
    application.refresh_from_db()
    return application


def term(*, starts: int = 0, days: int = 100) -> dict[str, Any]:
    today = timezone.localdate()
    return {"starts_on": today + timedelta(days=starts), "ends_on": today + timedelta(days=days)}


def grant(application: Application, *, by: User, explanation: str = "", days: Any = None, **about: Any) -> None:
    ground = given.ground(Ground.Outcome.GRANT, application)
    application.grant(by=by, ground=ground, explanation=explanation, **(days or term()), **about)


@pytest.mark.parametrize("less", [term(days=7), term(starts=9)], ids=["until an earlier day", "from a later day"])
def test_3_46_less_than_was_asked_needs_reasons_and_is_a_grant_in_part(
    asked: Application, caseworker: User, less: dict[str, Any]
) -> None:
    with pytest.raises(Refused):
        grant(asked, by=caseworker, days=less)

    grant(asked, by=caseworker, days=less, explanation=WHY)

    assert asked.decisions.get().in_part
    assert asked.dossier.events.get(step="grant").detail["in_part"] is True
    letter = Letter.objects.get(kind="granted").body
    assert "wijzen een deel van uw aanvraag dus af" in letter
    assert WHY in letter


def test_3_46_all_that_was_asked_needs_none(asked: Application, caseworker: User) -> None:
    grant(asked, by=caseworker)

    assert not asked.decisions.get().in_part
    assert "deel van uw aanvraag" not in Letter.objects.get(kind="granted").body


def test_3_46_who_names_no_last_day_asks_for_as_long_as_can_be(asked: Application, caseworker: User) -> None:
    delivery = timezone.localdate() + timedelta(days=60)
    Application.objects.update(wanted_until=None, answers={"expected_on": delivery.isoformat()})

    with pytest.raises(Refused):
        grant(asked, by=caseworker, days=term(days=7))


def test_3_46_by_post_the_letter_says_the_same(
    asked: Application, organisation: Applicant, applicant: User, caseworker: User
) -> None:
    choose_post(organisation, by=applicant)
    grant(asked, by=caseworker, days=term(days=7), explanation=WHY)
    post(asked, "granted", by=caseworker)

    assert WHY in Letter.objects.get(kind="granted").body


def test_4_7_less_on_other_data_comes_after_a_hearing(asked: Application, applicant: User, caseworker: User) -> None:
    with pytest.raises(Refused, match="zienswijze|hearing|horen"):
        grant(asked, by=caseworker, days=term(days=7), explanation=WHY, on_other_data=True)

    asked.offer_hearing(by=caseworker, differences=given.DIFFERING, ends_on=given.working_day())
    asked.give_view(by=applicant, view="Klopt.")
    grant(asked, by=caseworker, days=term(days=7), explanation=WHY, on_other_data=True)


def test_3_46_a_proposal_of_less_needs_reasons_too(
    asked: Application, caseworker: User, other_caseworker: User
) -> None:
    ground = given.ground(Ground.Outcome.GRANT, asked)
    with pytest.raises(Refused):
        asked.propose_grant(by=caseworker, ground=ground, **term(days=7))
    asked.propose_grant(by=caseworker, ground=ground, explanation=WHY, **term(days=7))
    asked.approve_grant(by=other_caseworker)

    assert asked.decisions.get().in_part


# --- Setting aside (3:46, 4:5) ------------------------------------------------------------------------------


def test_3_46_setting_aside_names_what_was_asked_when_and_until_when(applicant: User, caseworker: User) -> None:
    application = given.supplied(by=applicant, desk=caseworker)
    ground = Ground.objects.get(code="wrong_data")
    with pytest.raises(Refused):
        application.set_aside(by=caseworker, ground=ground)

    application.set_aside(by=caseworker, ground=ground, explanation="De handtekening is van een ander.")

    request, letter = application.completion_requests.get(), Letter.objects.get(kind="set_aside").body
    assert "De handtekening ontbreekt." in letter
    assert f"tot en met {request.ends_on.day} " in letter
    assert "U antwoordde op" in letter


def test_3_46_after_silence_the_facts_are_the_reasons(applicant: User, caseworker: User, time_machine: Any) -> None:
    application = given.waiting(by=applicant, desk=caseworker)
    time_machine.move_to(timezone.now() + timedelta(days=30))
    application.go_on_unanswered(by=caseworker)

    application.set_aside(by=caseworker, ground=Ground.objects.get(code="wrong_data"))

    assert "Wij kregen geen antwoord." in Letter.objects.get(kind="set_aside").body
