"""Less than was asked, where it is decided again: with reasons, and called a grant in part (Awb 3:46)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from casework.models import Letter
from exemptions.models import Applicant, Application, Ground
from exemptions.steps.revision import Cause
from objections.models import Objection
from tests import contest, given
from tests.given import Refused
from tests.posting import choose_post, post

REJECTED_IN_PART = "wijzen een deel van uw aanvraag dus af"


@pytest.fixture
def asked(rejected: Application) -> Application:
    """From today for a hundred days, and rejected."""
    today = timezone.localdate()
    Application.objects.update(wanted_from=today, wanted_until=today + timedelta(days=100), answers={})
    rejected.refresh_from_db()
    return rejected


@pytest.fixture
def handled(asked: Application, applicant: User, objection_officer: User) -> Objection:
    """Against that rejection."""
    return contest.handling(asked, by=applicant, desk=objection_officer)


def grant(application: Application, *, days: int) -> dict[str, Any]:
    today, ground = timezone.localdate(), given.ground(Ground.Outcome.GRANT, application)
    return {"ground": ground, "starts_on": today, "ends_on": today + timedelta(days=days)}


def new_decision(application: Application) -> Any:
    return application.decisions.standing().get()


def test_7_3_less_than_was_asked_is_not_wholly_right(handled: Objection, objection_officer: User) -> None:
    with pytest.raises(Refused, match="minder dan"):
        contest.upheld(handled, by=objection_officer, **grant(handled.application, days=7))

    contest.upheld(handled, by=objection_officer)
    assert not new_decision(handled.application).in_part
    assert handled.dossier.events.get(step="revise").detail["in_part"] is False
    assert REJECTED_IN_PART not in Letter.objects.get(kind="objection_upheld").body


def test_3_46_upheld_in_part_by_post_says_the_same(
    handled: Objection, organisation: Applicant, applicant: User, objection_officer: User
) -> None:
    contest.heard(handled, by=applicant, desk=objection_officer)
    choose_post(organisation, by=applicant)
    handled.uphold_in_part(by=objection_officer, explanation="Korter.", **grant(handled.application, days=7))
    post(handled, "objection_upheld_in_part", by=objection_officer)

    assert new_decision(handled.application).in_part
    letter = Letter.objects.get(kind="objection_upheld_in_part").body
    assert REJECTED_IN_PART in letter
    assert "Korter." in letter


def test_3_46_less_after_a_judgment_needs_reasons_of_ours(handled: Objection, objection_officer: User) -> None:
    appeal = contest.appeal(contest.unfounded(handled, by=objection_officer), desk=objection_officer)
    judged = {"judged_on": timezone.localdate(), "judgment": "Gegrond.", **grant(handled.application, days=7)}
    with pytest.raises(Refused):
        appeal.win_with_grant(by=objection_officer, **judged)

    appeal.win_with_grant(by=objection_officer, **judged, explanation="Daarna is de nieuwe bus er.")

    assert new_decision(handled.application).in_part
    letter = Letter.objects.get(kind="judgment_granted").body
    assert letter.index("Gegrond.") < letter.index(REJECTED_IN_PART) < letter.index("Daarna is de nieuwe bus er.")


def test_3_46_what_a_court_grants_itself_has_the_reasons_of_the_court(
    handled: Objection, objection_officer: User
) -> None:
    appeal = contest.appeal(contest.unfounded(handled, by=objection_officer), desk=objection_officer)
    appeal.win_with_court_grant(
        by=objection_officer,
        judged_on=timezone.localdate(),
        judgment="Tot de zomer.",
        **grant(appeal.application, days=7),
    )

    new = new_decision(handled.application)
    assert (new.in_part, new.explanation) == (True, "Tot de zomer.")
    assert REJECTED_IN_PART not in Letter.objects.get(kind="judgment_granted_by_court").body


def test_3_46_less_after_a_rule_changed_needs_reasons(asked: Application, objection_officer: User) -> None:
    less = {"cause": Cause.RENEWAL, **grant(asked, days=7)}
    with pytest.raises(Refused):
        asked.revise(by=objection_officer, **less)

    asked.revise(by=objection_officer, **less, explanation="De regel verandert dan weer.")

    assert new_decision(asked).in_part
    assert REJECTED_IN_PART in Letter.objects.get(kind="renewed").body
