"""The other grounds on which the term to decide stands still, by portal and by post (Awb 4:15)."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
import time_machine as travelling
from django.urls import reverse

from accounts.models import User
from casework.deadline_words import in_words
from casework.models import Letter
from exemptions.models import Applicant, Application
from exemptions.terms import AMSTERDAM
from tests import given
from tests.casework.days import on
from tests.cast import Login
from tests.given import Refused
from tests.posting import choose_post, post

GoTo = Callable[[str], None]


@pytest.fixture
def go_to(time_machine: travelling.TimeMachineFixture) -> GoTo:
    """Make it ten in the morning of a day."""
    return lambda day: time_machine.move_to(datetime.combine(on(day), time(10), AMSTERDAM), tick=False)


@pytest.fixture
def received(go_to: GoTo, organisation: Applicant, applicant: User, caseworker: User) -> Application:
    """On Monday 12 January 2026, in the portal: to be decided until Monday 9 March."""
    go_to("Mon 2026-01-12")
    return given.taken_up(by=applicant, desk=caseworker)


@pytest.fixture
def received_by_post(received: Application, organisation: Applicant, applicant: User, caseworker: User) -> Application:
    """The same of who wants letters by post."""
    choose_post(organisation, by=applicant)
    return received


def inquire(application: Application, *, by: User, expected: str = "Mon 2026-02-09") -> None:
    application.inquire_abroad(by=by, expected_on=on(expected), reason="Het register in Polen.")


def suspend(application: Application, *, by: User, since: str, expected: str, why: str = "force_majeure") -> None:
    application.suspend_decision_term(
        by=by, suspended_by=why, first_day=on(since), expected_on=on(expected), reason="Een storing."
    )


def resume(application: Application, *, by: User, again: str) -> None:
    suspension = application.dossier.term_suspensions.open().get()
    application.resume_decision_term(by=by, suspension=suspension, runs_again_on=on(again))


def last_letter(kind: str) -> str:
    return Letter.objects.filter(kind=kind).latest("pk").body


# --- A foreign authority: 4:15(1)(b) ------------------------------------------------------------------------


def test_4_15_1b_in_the_portal_it_stands_still_from_the_day_after_it_was_told(
    received: Application, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-01-19")
    inquire(received, by=caseworker)
    assert received.decide_by == on("Mon 2026-03-30")  # 20 January to 8 February: 20 days

    go_to("Thu 2026-01-29")
    resume(received, by=caseworker, again="Thu 2026-01-29")

    assert received.decide_by == on("Wed 2026-03-18")
    assert "18 maart 2026" in last_letter("term_resumed")


def test_4_15_1b_by_post_from_the_day_after_posting(
    received_by_post: Application, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-01-19")
    inquire(received_by_post, by=caseworker)
    assert received_by_post.decide_by == on("Mon 2026-03-09")

    go_to("Thu 2026-01-22")
    post(received_by_post, "foreign_inquiry", by=caseworker)

    assert received_by_post.decide_by == on("Thu 2026-03-26")
    assert "26 maart 2026" in last_letter("foreign_inquiry")


def test_4_15_1b_posted_on_the_last_day_it_suspends_nothing_and_the_event_says_so(
    received_by_post: Application, caseworker: User, go_to: GoTo
) -> None:
    go_to("Fri 2026-03-06")
    inquire(received_by_post, by=caseworker, expected="Mon 2026-03-30")
    go_to("Mon 2026-03-09")
    post(received_by_post, "foreign_inquiry", by=caseworker)

    assert received_by_post.decide_by == on("Mon 2026-03-09")
    posted = received_by_post.dossier.events.filter(step="post_letters").latest("pk")
    assert posted.detail["too_late"] == ["foreign_inquiry"]


def test_4_15_1b_an_answer_on_the_day_of_telling_suspends_nothing(
    received: Application, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-01-19")
    inquire(received, by=caseworker)
    go_to("Tue 2026-01-20")
    with pytest.raises(Refused):
        resume(received, by=caseworker, again="Fri 2026-01-16")

    resume(received, by=caseworker, again="Mon 2026-01-19")

    assert received.decide_by == on("Mon 2026-03-09")


def test_4_15_1b_what_was_not_posted_cannot_last_longer(
    received_by_post: Application, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-01-19")
    inquire(received_by_post, by=caseworker)
    suspension = received_by_post.dossier.term_suspensions.get()

    with pytest.raises(Refused):
        received_by_post.prolong_suspension(
            by=caseworker, suspension=suspension, expected_on=on("Mon 2026-03-02"), reason="Nog."
        )


def test_4_15_1b_a_conversion_takes_it_along(received: Application, caseworker: User, go_to: GoTo) -> None:
    go_to("Mon 2026-01-19")
    inquire(received, by=caseworker)

    received.convert(by=caseworker, kind=given.kind("BEO"), reason="Past beter.")

    assert received.converted_to.decide_by == on("Mon 2026-03-30")


# --- By agreement: 4:15(2)(a) -------------------------------------------------------------------------------


def test_4_15_2a_it_stands_still_until_the_day_that_was_agreed(
    received: Application, applicant: User, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-01-19")
    received.propose_delay(by=caseworker, until=on("Sun 2026-02-08"), reason="Wij wachten op de leverancier.")
    assert received.decide_by == on("Mon 2026-03-09")

    received.agree_to_delay(by=applicant, agreed_on=on("Mon 2026-01-19"))

    assert received.decide_by == on("Mon 2026-03-30")
    assert "ingestemd" in last_letter("term_suspended")


def test_4_15_2a_on_the_last_day_there_is_nothing_left_to_agree(
    received: Application, applicant: User, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-01-19")
    received.propose_delay(by=caseworker, until=on("Tue 2026-03-31"), reason="Druk.")
    go_to("Mon 2026-03-09")

    with pytest.raises(Refused):
        received.agree_to_delay(by=applicant, agreed_on=on("Mon 2026-03-09"))


def test_4_15_2a_by_post_the_day_on_which_the_agreement_came_in_counts(
    received_by_post: Application, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-01-19")
    received_by_post.propose_delay(by=caseworker, until=on("Sun 2026-02-08"), reason="Druk.")
    go_to("Mon 2026-01-26")
    received_by_post.agree_to_delay(by=caseworker, agreed_on=on("Thu 2026-01-22"))

    assert received_by_post.decide_by == on("Thu 2026-03-26")  # 23 January to 8 February: 17 days


# --- Delay of the applicant, force majeure: 4:15(2)(b) and (c), (3), (4) ------------------------------------


@pytest.mark.parametrize("why", ["applicant", "force_majeure"])
@pytest.mark.parametrize("way", ["received", "received_by_post"])
def test_4_15_2bc_by_portal_and_by_post_it_begins_and_ends_by_the_facts(
    request: pytest.FixtureRequest, way: str, why: str, caseworker: User, go_to: GoTo
) -> None:
    application: Application = request.getfixturevalue(way)
    go_to("Mon 2026-01-26")
    suspend(application, by=caseworker, why=why, since="Tue 2026-01-20", expected="Mon 2026-02-02")
    assert application.decide_by == on("Mon 2026-03-23")  # 20 January to 1 February: 13 days, Sunday 22 March

    go_to("Fri 2026-01-30")
    resume(application, by=caseworker, again="Thu 2026-01-29")

    assert application.decide_by == on("Wed 2026-03-18")


def test_4_15_3_and_4_the_letters_tell_the_day_of_the_decision(
    received: Application, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-01-26")
    suspend(received, by=caseworker, since="Tue 2026-01-20", expected="Mon 2026-02-02")
    assert "23 maart 2026" in last_letter("term_suspended")
    assert "overmacht" in last_letter("term_suspended")

    suspension = received.dossier.term_suspensions.get()
    received.prolong_suspension(by=caseworker, suspension=suspension, expected_on=on("Mon 2026-02-09"), reason="Nog.")
    assert "30 maart 2026" in last_letter("term_suspended")


def test_4_15_a_day_counts_once_and_the_sum_names_each_ground(
    received: Application, applicant: User, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-01-19")
    item = received.evidence_items.with_all()[0]
    received.ask_completion(by=caseworker, items={item: "Onleesbaar."}, ends_on=on("Mon 2026-02-09"))
    go_to("Thu 2026-01-29")
    received.supply(by=applicant, answer="Alsnog.")
    suspend(received, by=caseworker, since="Tue 2026-01-27", expected="Mon 2026-02-02")

    words = in_words(received.dossier.deadlines.open().get(kind=received.DECIDES))

    assert received.decide_by == on("Mon 2026-03-23")
    assert "9 dagen wachten op de aanvrager" in words
    assert "4 dagen overmacht" in words


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("Tue 2026-01-27", "Mon 2026-02-02"),
        ("Mon 2026-01-12", "Mon 2026-02-02"),
        ("Tue 2026-01-20", "Mon 2026-01-26"),
        ("Tue 2026-01-20", "Mon 2028-01-31"),
    ],
    ids=["in the future", "before the term", "already over", "centuries away"],
)
def test_4_15_days_that_cannot_be_are_refused(
    received: Application, caseworker: User, go_to: GoTo, since: str, expected: str
) -> None:
    go_to("Mon 2026-01-26")
    with pytest.raises(Refused):
        suspend(received, by=caseworker, since=since, expected=expected)


def test_4_15_after_the_last_day_nothing_is_suspended(received: Application, caseworker: User, go_to: GoTo) -> None:
    go_to("Wed 2026-03-11")
    with pytest.raises(Refused, match="voorbij|ended"):
        suspend(received, by=caseworker, since="Tue 2026-03-10", expected="Mon 2026-03-30")
    with pytest.raises(Refused):
        inquire(received, by=caseworker, expected="Mon 2026-03-30")


def test_4_17_a_notice_of_default_during_the_suspension_is_premature(
    received: Application, applicant: User, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-03-09")
    suspend(received, by=caseworker, since="Mon 2026-03-09", expected="Mon 2026-03-16")
    go_to("Tue 2026-03-10")

    received.receive_default_notice(by=applicant, received_on=date(2026, 3, 10))

    assert not received.dossier.default_notices.get().has_effect


def test_4_17_once_a_notice_has_effect_we_suspend_nothing_any_more(
    received: Application, applicant: User, caseworker: User, go_to: GoTo
) -> None:
    go_to("Tue 2026-03-10")
    received.receive_default_notice(by=applicant, received_on=date(2026, 3, 10))

    with pytest.raises(Refused):
        suspend(received, by=caseworker, since="Mon 2026-03-09", expected="Mon 2026-03-16")


# --- In the portal ------------------------------------------------------------------------------------------


def test_4_15_2a_the_applicant_agrees_in_the_portal(
    received: Application, login: Login, applicant: User, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-01-19")
    received.propose_delay(by=caseworker, until=on("Sun 2026-02-08"), reason="Wij wachten op de leverancier.")
    client, page = login(applicant), reverse("agree_to_delay", args=[received.key])
    assert page in client.get(reverse("application", args=[received.key])).content.decode()
    assert "Wij wachten op de leverancier." in client.get(page).content.decode()

    assert client.post(page, {}).status_code == 200
    client.post(page, {"sure": "on"})

    assert Application.objects.get().decide_by == on("Mon 2026-03-30")


def test_4_15_2a_a_stranger_cannot_agree_and_without_a_question_nobody_can(
    received: Application, login: Login, applicant: User, stranger: User
) -> None:
    page = reverse("agree_to_delay", args=[received.key])

    assert login(stranger).post(page, {"sure": "on"}).status_code == 404
    assert login(applicant).post(page, {"sure": "on"}).status_code == 409
    assert not received.dossier.term_suspensions.exists()


def test_4_15_the_applicant_sees_that_the_term_stands_still_and_why(
    received: Application, login: Login, applicant: User, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-01-26")
    suspend(received, by=caseworker, since="Tue 2026-01-20", expected="Mon 2026-02-02")

    page = login(applicant).get(reverse("application", args=[received.key])).content.decode()

    assert "staat de tijd die wij hebben om te beslissen stil, naar verwachting tot en met 1 februari 2026" in page
