"""Sent is sent: by post everything begins and ends on the day of posting, in the portal at once (Awb 2:8, 3:41)."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
import time_machine as travelling

from accounts.models import User
from casework import letter_pdfs
from casework.models import DefaultNotice, Event, Letter
from casework.shared_steps import rehearse_posting
from casework.steps import StepRefused
from exemptions.models import Applicant, Application, Ground, Status
from exemptions.portal.lateness import find_lateness
from exemptions.steps.revision import Cause
from exemptions.terms import AMSTERDAM
from tests import given
from tests.casework.days import on
from tests.given import Refused
from tests.posting import choose_post, post

GoTo = Callable[[str], None]


@pytest.fixture
def go_to(time_machine: travelling.TimeMachineFixture) -> GoTo:
    """Make it ten in the morning of a day."""
    return lambda day: time_machine.move_to(datetime.combine(on(day), time(10), AMSTERDAM), tick=False)


@pytest.fixture
def by_post(organisation: Applicant, applicant: User) -> Applicant:
    """Wants letters by post."""
    return choose_post(organisation, by=applicant)


@pytest.fixture
def received(go_to: GoTo, applicant: User, caseworker: User) -> Application:
    """On Monday 12 January 2026, in the portal: to be decided until Monday 9 March."""
    go_to("Mon 2026-01-12")
    return given.taken_up(by=applicant, desk=caseworker)


@pytest.fixture
def received_by_post(by_post: Applicant, received: Application, caseworker: User) -> Application:
    """The same of who wants letters by post; the confirmation was posted at once."""
    post(received, by=caseworker)
    return received


def ask(application: Application, *, by: User, until: str) -> None:
    item = application.evidence_items.with_all()[0]
    application.ask_completion(by=by, items={item: "Onleesbaar."}, ends_on=on(until))


def set_aside(application: Application, *, by: User) -> None:
    application.set_aside(by=by, ground=Ground.objects.get(code="wrong_data"), explanation=given.EXPLAINED)


def terms(application: Application) -> dict[str, date]:
    """The terms that run."""
    return dict(application.dossier.deadlines.open().values_list("kind", "due"))


def last_event(application: Application, step: str = "post_letters") -> Event:
    return application.dossier.events.filter(step=step).latest("pk")


# --- P1, P2: a request to complete (Awb 4:15) ---------------------------------------------------------------


def test_4_15_in_the_portal_the_term_stands_still_from_the_day_of_asking(
    received: Application, applicant: User, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-01-19")
    ask(received, by=caseworker, until="Mon 2026-02-09")
    go_to("Thu 2026-01-29")
    received.supply(by=applicant, answer="Alsnog.")

    assert received.decide_by == on("Wed 2026-03-18")


def test_4_15_by_post_it_stands_still_from_the_day_of_posting(
    received_by_post: Application, applicant: User, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-01-19")
    ask(received_by_post, by=caseworker, until="Mon 2026-02-09")
    assert received_by_post.decide_by == on("Mon 2026-03-09")

    go_to("Fri 2026-01-23")
    post(received_by_post, by=caseworker, on=on("Thu 2026-01-22"))
    assert received_by_post.decide_by == on("Thu 2026-03-26")

    go_to("Thu 2026-01-29")
    received_by_post.supply(by=applicant, answer="Alsnog.")
    assert received_by_post.decide_by == on("Mon 2026-03-16")


def test_4_17_a_notice_of_default_after_that_term_has_effect(
    received_by_post: Application, applicant: User, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-01-19")
    ask(received_by_post, by=caseworker, until="Mon 2026-02-09")
    go_to("Thu 2026-01-22")
    post(received_by_post, by=caseworker)
    go_to("Thu 2026-01-29")
    received_by_post.supply(by=applicant, answer="Alsnog.")
    go_to("Tue 2026-03-17")

    received_by_post.receive_default_notice(by=applicant, received_on=on("Tue 2026-03-17"))

    assert DefaultNotice.objects.get().first_day == on("Wed 2026-04-01")
    assert not Letter.objects.filter(kind="default_notice_too_early").exists()


def test_4_15_posted_from_the_last_day_on_it_suspends_nothing_and_the_event_says_so(
    received_by_post: Application, caseworker: User, go_to: GoTo
) -> None:
    go_to("Fri 2026-03-06")
    ask(received_by_post, by=caseworker, until="Mon 2026-03-30")
    go_to("Mon 2026-03-09")
    post(received_by_post, by=caseworker)

    assert received_by_post.decide_by == on("Mon 2026-03-09")
    assert last_event(received_by_post).detail["too_late"] == ["completion_request"]


def test_4_5_a_request_that_was_never_posted_gave_no_chance(
    received_by_post: Application, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-01-19")
    ask(received_by_post, by=caseworker, until="Mon 2026-02-09")
    go_to("Tue 2026-02-10")

    received_by_post.go_on_unanswered(by=caseworker)

    assert terms(received_by_post) == {"decide": on("Mon 2026-03-09")}
    with pytest.raises(Refused):
        set_aside(received_by_post, by=caseworker)


def test_4_15_a_request_that_is_posted_after_a_conversion_counts_for_what_goes_on(
    received_by_post: Application, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-01-19")
    ask(received_by_post, by=caseworker, until="Mon 2026-02-09")
    go_to("Mon 2026-01-26")
    received_by_post.convert(by=caseworker, kind=given.kind("BEO"), reason="Past beter.")
    go_to("Tue 2026-01-27")
    post(received_by_post, "completion_request", by=caseworker)

    assert received_by_post.converted_to.decide_by == on("Mon 2026-03-09")


# --- P3, P6: the decision (Awb 3:41, 4:17) ------------------------------------------------------------------


@pytest.fixture
def in_default(received_by_post: Application, applicant: User, go_to: GoTo) -> Application:
    """A notice of default of 10 March: the 25th is the first day that costs money."""
    go_to("Tue 2026-03-10")
    received_by_post.receive_default_notice(by=applicant, received_on=on("Tue 2026-03-10"))
    return received_by_post


def test_4_17_a_penalty_ends_on_the_day_of_posting(in_default: Application, caseworker: User, go_to: GoTo) -> None:
    go_to("Tue 2026-03-24")
    given.grant(in_default, desk=caseworker)
    assert DefaultNotice.objects.get().decided_on is None

    go_to("Mon 2026-03-30")
    post(in_default, by=caseworker, on=on("Fri 2026-03-27"))

    notice = DefaultNotice.objects.get()
    assert (notice.decided_on, notice.amount(today=on("Mon 2026-03-30"))) == (on("Fri 2026-03-27"), 46)
    assert terms(in_default)["set_penalty"] == on("Thu 2026-04-09")


def test_4_17_in_the_portal_it_ends_when_the_letter_is_placed(
    received: Application, applicant: User, caseworker: User, go_to: GoTo
) -> None:
    go_to("Tue 2026-03-10")
    received.receive_default_notice(by=applicant, received_on=on("Tue 2026-03-10"))
    go_to("Tue 2026-03-24")
    given.grant(received, desk=caseworker)

    assert DefaultNotice.objects.get().amount_eur == 0


def test_4_17_before_the_decision_is_posted_one_can_still_give_notice(
    received_by_post: Application, applicant: User, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-03-09")
    given.grant(received_by_post, desk=caseworker)
    go_to("Tue 2026-03-10")

    assert find_lateness(received_by_post).can_tell
    received_by_post.receive_default_notice(by=applicant, received_on=on("Tue 2026-03-10"))

    assert DefaultNotice.objects.get().has_effect


def test_4_13_until_it_is_posted_the_term_to_decide_runs_and_none_to_object(
    received_by_post: Application, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-03-09")
    given.grant(received_by_post, desk=caseworker)
    assert terms(received_by_post) == {"decide": on("Mon 2026-03-09")}

    go_to("Fri 2026-03-13")
    post(received_by_post, by=caseworker)
    assert terms(received_by_post) == {"object": on("Fri 2026-04-24")}


def test_3_41_events_tell_on_which_day_it_was_made_known(
    received_by_post: Application, received: Application, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-03-09")
    given.grant(received_by_post, desk=caseworker)
    post(received_by_post, by=caseworker)

    assert last_event(received_by_post, "grant").detail["made_known_on"] is None
    posted = last_event(received_by_post).detail
    assert (posted["made_known"], posted["posted_on"]) == (["granted"], "2026-03-09")


TERM = {"received": "2026-01-12", "due": "2026-03-09", "suspended_days": 0}


def test_3_41_in_the_portal_the_decision_tells_the_term_that_ended_with_it(
    received: Application, caseworker: User, go_to: GoTo
) -> None:
    go_to("Tue 2026-03-10")
    given.grant(received, desk=caseworker)

    assert last_event(received, "grant").detail["decision_term"] == TERM


def test_3_41_by_post_it_is_told_by_the_posting_of_that_letter(
    received_by_post: Application, applicant: User, caseworker: User, go_to: GoTo
) -> None:
    go_to("Tue 2026-03-10")
    received_by_post.receive_default_notice(by=applicant, received_on=on("Tue 2026-03-10"))
    given.grant(received_by_post, desk=caseworker)
    assert last_event(received_by_post, "grant").detail["decision_term"] is None

    post(received_by_post, "default_notice_received", by=caseworker)
    assert last_event(received_by_post).detail["decision_term"] is None

    post(received_by_post, by=caseworker)
    assert last_event(received_by_post).detail["decision_term"] == TERM


def test_3_41_an_extension_that_is_posted_with_the_decision_is_in_that_term(
    received_by_post: Application, caseworker: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-03-09")
    received_by_post.extend(by=caseworker, until=on("Mon 2026-03-30"), reason="Er is meer tijd nodig.")
    given.grant(received_by_post, desk=caseworker)
    post(received_by_post, by=caseworker)

    assert last_event(received_by_post).detail["decision_term"] == {**TERM, "due": "2026-03-30"}


def revise(application: Application, *, by: User, cause: Cause) -> None:
    """Granted after all, from 2 February until 1 June 2026."""
    reason, first, last = given.ground(Ground.Outcome.GRANT, application), on("Mon 2026-02-02"), on("Mon 2026-06-01")
    application.revise(by=by, cause=cause, ground=reason, starts_on=first, ends_on=last, explanation=given.SHORTER)


def test_3_41_a_changed_rule_waits_for_the_letter_about_the_first_decision(
    rejected: Application, caseworker: User, objection_officer: User, go_to: GoTo
) -> None:
    with pytest.raises(StepRefused):
        revise(rejected, by=objection_officer, cause=Cause.RENEWAL)

    go_to("Fri 2026-02-06")
    post(rejected, by=caseworker)
    assert (last_event(rejected).detail["decision_term"], terms(rejected)) == (TERM, {"object": on("Fri 2026-03-20")})

    revise(rejected, by=objection_officer, cause=Cause.RENEWAL)
    post(rejected, by=caseworker)
    assert last_event(rejected).detail["decision_term"] is None


def test_3_41_one_that_replaces_it_because_of_an_objection_tells_its_term(
    rejected: Application, objection_officer: User
) -> None:
    revise(rejected, by=objection_officer, cause=Cause.OBJECTION)

    assert last_event(rejected, "revise").detail["decision_term"] == TERM


# --- P4: setting aside (Awb 4:5(4)) -------------------------------------------------------------------------


@pytest.fixture
def to_set_aside(received_by_post: Application, caseworker: User, go_to: GoTo) -> Application:
    """The term to complete it ended on 12 January 2026 plus: it can be set aside until Monday 9 March."""
    go_to("Tue 2026-01-13")
    ask(received_by_post, by=caseworker, until="Mon 2026-02-09")
    post(received_by_post, by=caseworker)
    go_to("Tue 2026-02-10")
    received_by_post.go_on_unanswered(by=caseworker)
    go_to("Mon 2026-03-09")
    set_aside(received_by_post, by=caseworker)
    return received_by_post


def test_4_5_posted_on_the_last_day_it_is_set_aside(to_set_aside: Application, caseworker: User) -> None:
    post(to_set_aside, by=caseworker)

    assert to_set_aside.status == Status.SET_ASIDE
    assert terms(to_set_aside) == {"object": on("Mon 2026-04-20")}


def test_4_5_posted_later_the_power_is_gone_and_it_is_decided_on_the_merits(
    to_set_aside: Application, caseworker: User, go_to: GoTo
) -> None:
    before = terms(to_set_aside)["decide"]
    go_to("Thu 2026-03-12")

    post(to_set_aside, by=caseworker)

    assert to_set_aside.status == Status.IN_REVIEW
    assert terms(to_set_aside) == {"decide": before}
    assert not to_set_aside.decisions.standing().exists()
    assert last_event(to_set_aside).detail["too_late"] == ["set_aside"]
    assert last_event(to_set_aside, "take_up_again").to_status == Status.IN_REVIEW


def test_4_5_after_that_it_can_be_granted_and_not_set_aside(
    to_set_aside: Application, caseworker: User, go_to: GoTo
) -> None:
    go_to("Thu 2026-03-12")
    post(to_set_aside, by=caseworker)

    with pytest.raises(Refused):
        set_aside(to_set_aside, by=caseworker)
    given.grant(to_set_aside, desk=caseworker)

    assert to_set_aside.status == Status.GRANTED


# --- P5: a notice of extension (Awb 4:14(3)) ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("posted", "decide_by", "too_late"),
    [("Mon 2026-03-09", "Mon 2026-04-20", []), ("Thu 2026-03-12", "Mon 2026-03-09", ["extension_notice"])],
    ids=["on the last day", "after it"],
)
def test_4_14_an_extension_holds_if_it_is_posted_within_the_term(
    received_by_post: Application, caseworker: User, go_to: GoTo, posted: str, decide_by: str, too_late: list[str]
) -> None:
    go_to("Mon 2026-03-09")
    received_by_post.extend(by=caseworker, until=on("Mon 2026-04-20"), reason="Druk.")
    assert received_by_post.decide_by == on("Mon 2026-03-09")

    go_to(posted)
    post(received_by_post, by=caseworker)

    assert received_by_post.decide_by == on(decide_by)
    assert last_event(received_by_post).detail["too_late"] == too_late


def test_4_14_in_the_portal_it_holds_at_once(received: Application, caseworker: User, go_to: GoTo) -> None:
    go_to("Mon 2026-03-09")
    received.extend(by=caseworker, until=on("Mon 2026-04-20"), reason="Druk.")

    assert received.decide_by == on("Mon 2026-04-20")


# --- P7: what the letter says (Awb 3:45) --------------------------------------------------------------------


@pytest.fixture
def rejected(received_by_post: Application, caseworker: User, other_caseworker: User, go_to: GoTo) -> Application:
    """On Monday 2 February 2026."""
    go_to("Mon 2026-02-02")
    reason = given.ground(Ground.Outcome.REJECT, received_by_post)
    about = {"explanation": "Uw auto voldoet niet.", "doubts_reason": given.EXPLAINED}
    received_by_post.propose_rejection(by=caseworker, ground=reason, **about)
    received_by_post.approve_rejection(by=other_caseworker, doubts_reason=given.EXPLAINED)
    return received_by_post


def letter_of(application: Application) -> Letter:
    return application.dossier.letters.get(kind="rejected")


def test_3_45_the_letter_gets_its_last_day_when_it_is_posted(
    rejected: Application, caseworker: User, go_to: GoTo
) -> None:
    assert "{" not in letter_of(rejected).shown_body
    assert "maart 2026" not in letter_of(rejected).shown_body

    go_to("Fri 2026-02-06")
    post(rejected, by=caseworker)

    assert "tot en met **20 maart 2026**" in letter_of(rejected).body
    assert terms(rejected) == {"object": on("Fri 2026-03-20")}


def test_3_45_its_pdf_is_made_when_it_is_posted_and_carries_that_day(
    rejected: Application, caseworker: User, go_to: GoTo
) -> None:
    letter_pdfs.store_missing()
    assert letter_of(rejected).pdf is None

    go_to("Fri 2026-02-06")
    post(rejected, by=caseworker)
    letter_pdfs.store_missing()

    assert letter_of(rejected).pdf is not None
    assert letter_of(rejected).made_known_on == on("Fri 2026-02-06")


def test_3_45_what_is_printed_is_what_it_says_once_posted_today(
    rejected: Application, caseworker: User, go_to: GoTo
) -> None:
    go_to("Fri 2026-02-06")
    printed = rehearse_posting(rejected, letter_of(rejected), by=caseworker)
    assert letter_of(rejected).made_known_on is None

    post(rejected, by=caseworker)

    assert printed.body == letter_of(rejected).body


def test_3_45_the_words_of_an_extension_name_the_new_day(
    received_by_post: Application, caseworker: User, go_to: GoTo
) -> None:
    go_to("Fri 2026-03-06")
    received_by_post.extend(by=caseworker, until=on("Mon 2026-04-20"), reason="Druk.")
    go_to("Mon 2026-03-09")
    post(received_by_post, by=caseworker)

    assert "Uiterlijk op **20 april 2026**" in received_by_post.dossier.letters.get(kind="extension_notice").body
