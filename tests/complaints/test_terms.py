"""Until when the outcome is told (Awb 9:11), by email and by post, through the real steps."""

from typing import Any

import pytest
from django_fsm import TransitionNotAllowed

from casework import deadlines
from casework.steps import StepRefused
from tests.casework.days import on
from tests.complaints import lodged
from tests.looping import each
from tests.objections.look import terms
from tests.posting import post

pytestmark = pytest.mark.django_db
IN_TIME, LATE = "Mon 2025-10-13", "Tue 2025-10-14"


def too_late(complaint):
    return complaint.dossier.events.filter(step="post_letters").latest("pk").detail["too_late"]


@pytest.fixture
def by_email(objection_officer, go_to):
    """Received on 1 September 2025: until 13 October."""
    go_to("Mon 2025-09-01")
    return lodged.handled(by=objection_officer)


@pytest.fixture
def by_post(objection_officer, go_to):
    """The same, with letters by post; the receipt was posted."""
    go_to("Mon 2025-09-01")
    complaint = lodged.handled(by=objection_officer, by_post=True)
    post(complaint, by=objection_officer)
    return complaint


SUMS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("Mon 2025-09-01", {}, "Mon 2025-10-13"),
    ("Mon 2025-09-01", {"adviser": True}, "Mon 2025-11-10"),
    ("Mon 2025-09-01", {"adjourned_weeks": 4}, "Mon 2025-11-10"),
    ("Mon 2025-09-01", {"adviser": True, "adjourned_weeks": 4}, "Mon 2025-12-08"),
    ("Fri 2025-11-14", {}, "Mon 2025-12-29"),  # 26 December is a holiday
    ("Sun 2025-08-31", {}, "Mon 2025-10-13"),
)


@each("received, more, due", SUMS)
def test_9_11_the_sum(received, more, due):
    assert deadlines.explain_complaint_due(on(received), **more).due == on(due)


def test_9_11_by_email_an_adjournment_counts_at_once(by_email, objection_officer, go_to):
    go_to(IN_TIME)
    by_email.adjourn(by=objection_officer, weeks=4, reason="Ziekte.")
    assert by_email.decide_by == on("Mon 2025-11-10")
    with pytest.raises(TransitionNotAllowed):
        by_email.adjourn(by=objection_officer, weeks=1, reason="Nog eens.")


@pytest.mark.parametrize(("posted", "due", "lost"), [(IN_TIME, "Mon 2025-11-10", False), (LATE, IN_TIME, True)])
def test_9_11_by_post_an_adjournment_counts_if_it_is_posted_within_the_term(
    by_post, objection_officer, go_to, posted, due, lost
):
    go_to(IN_TIME)
    by_post.adjourn(by=objection_officer, weeks=4, reason="Ziekte.")
    assert by_post.decide_by == on(IN_TIME)

    go_to(posted)
    post(by_post, by=objection_officer)

    assert by_post.decide_by == on(due)
    assert too_late(by_post) == (["complaint_adjourned"] if lost else [])


@pytest.mark.parametrize("weeks", [0, 5])
def test_9_11_never_by_more_than_four_weeks(by_email, objection_officer, weeks):
    with pytest.raises(StepRefused):
        by_email.adjourn(by=objection_officer, weeks=weeks, reason="Ziekte.")


def test_9_11_not_adjourned_once_the_term_has_lapsed(by_email, objection_officer, go_to):
    go_to(LATE)
    with pytest.raises(StepRefused):
        by_email.adjourn(by=objection_officer, weeks=4, reason="Ziekte.")


def test_9_11_a_later_day_that_is_agreed_holds_even_then(by_email, objection_officer, go_to):
    go_to(LATE)
    by_email.delay_further(by=objection_officer, until=on("Fri 2025-11-14"), reason="Afgesproken.")

    assert by_email.decide_by == on("Fri 2025-11-14")


def test_9_15_an_adviser_makes_it_ten_weeks(by_email, objection_officer):
    by_email.ask_adviser(by=objection_officer, adviser="mr. C. de Vries")
    assert by_email.decide_by == on("Mon 2025-11-10")


@pytest.mark.parametrize(("posted", "due"), [(IN_TIME, "Mon 2025-11-10"), (LATE, IN_TIME)])
def test_9_15_by_post_once_that_was_posted_in_time(by_post, objection_officer, go_to, posted, due):
    by_post.ask_adviser(by=objection_officer, adviser="mr. C. de Vries")
    go_to(posted)
    post(by_post, by=objection_officer)

    assert by_post.decide_by == on(due)


def test_9_12_by_post_the_term_runs_until_the_outcome_was_posted(by_post, objection_officer, go_to):
    by_post.hold_hearing(by=objection_officer, heard_on=on("Mon 2025-09-01"), report="Gebeld.")
    lodged.conclude(by_post, by=objection_officer)
    assert terms(by_post)["decide_complaint"] == on(IN_TIME)

    go_to(LATE)
    post(by_post, by=objection_officer)

    assert terms(by_post) == {}
    assert too_late(by_post) == ["complaint_outcome"]
    assert "14 oktober 2026" in by_post.dossier.letters.get(kind="complaint_outcome").body


def test_9_11_the_page_says_how_it_is_counted(by_email, objection_officer):
    by_email.adjourn(by=objection_officer, weeks=2, reason="Ziekte.")
    body = by_email.dossier.outgoing_mail.get(kind="complaint_adjourned").body
    assert "ontvangen 1 september 2025 + 6 weken + 2 weken" in body
