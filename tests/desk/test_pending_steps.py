"""What a caseworker decided waits some minutes: until then its maker takes it back, and nothing was sent."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from casework.desk.conflict import seen_now
from casework.desk.pending_steps import due_at
from casework.models import Event, Letter, Message, PendingStep, Policy
from casework.tasks import carry_out_steps
from exemptions.models import Application, Ground
from exemptions.terms import AMSTERDAM
from objections.models import Objection
from tests import contest, given
from tests.desk import pages

pytestmark = pytest.mark.django_db

LATER = timedelta(minutes=11)


@pytest.fixture(autouse=True)
def ten_minutes(db):
    """As shipped; the other tests find what they do there at once."""
    Policy.objects.filter(name="take_back_minutes").update(value=10)


@pytest.fixture(autouse=True)
def noon():
    """Well before midnight, whenever the tests run."""
    with time_machine.travel(timezone.localtime().replace(hour=12, minute=0), tick=True) as clock:
        yield clock


@pytest.fixture
def application(noon, applicant, caseworker):
    """In hand since this noon."""
    return given.taken_up(by=applicant, desk=caseworker)


def fields(application, **typed):
    """A grant, filled in."""
    today = timezone.localdate()
    ground = given.ground(Ground.Outcome.GRANT, application)
    days = {"starts_on": today, "ends_on": today + timedelta(days=30)}
    why = {"doubts_reason": given.EXPLAINED, "explanation": "Zo lang hebt u haar nodig."}
    return {"ground": ground.pk, **why, **days, **typed}


def grant(client, application, **typed):
    """The caseworker sends the decision."""
    return pages.send(client, application, "grant", **fields(application, **typed))


def waiting(case):
    """The step that waits."""
    return PendingStep.objects.open().of(case).get()


def last(case):
    """The latest one, however it ended."""
    return PendingStep.objects.of(case).latest("pk")


def press(client, case, button, *, of=None):
    """A button of the step that waits."""
    return client.post(pages.address("pending", case, (of or last(case)).pk), {"action": button})


def traces():
    """What a decision leaves behind."""
    return Event.objects.count(), Letter.objects.count(), Message.objects.count()


def page_of(client, case):
    """The case as somebody sees it."""
    return pages.text(client.get(pages.case(case)))


# --- It waits, and goes out -------------------------------------------------------------------------------


def test_nothing_happens_while_it_waits(as_caseworker, application):
    before = traces()

    answer = grant(as_caseworker, application)

    assert answer.url == pages.case(application)
    assert carry_out_steps() == 0
    assert (traces(), pages.status(application)) == (before, "in_review")


def test_when_its_time_has_come_it_goes_out_as_its_maker_wanted(as_caseworker, application, caseworker, noon):
    grant(as_caseworker, application, explanation="Goede reden.")
    noon.shift(LATER)

    assert carry_out_steps() == 1
    assert pages.status(application) == "granted"
    decision = application.decisions.get()
    assert (decision.taken_by, decision.explanation) == (caseworker, "Goede reden.")
    assert application.dossier.letters.filter(kind="granted").count() == 1
    assert carry_out_steps() == 0


def test_the_letter_is_to_the_word_the_one_that_the_case_page_showed(as_caseworker, application, noon):
    grant(as_caseworker, application)
    shown = waiting(application).shown["letters"][0]
    noon.shift(LATER)

    carry_out_steps()

    sent = application.dossier.letters.get(kind="granted")
    assert shown["subject"] == sent.subject
    assert len(shown["body"].splitlines()) == len(sent.body.splitlines())


def test_of_what_went_out_nothing_typed_is_kept_twice(as_caseworker, application, noon):
    grant(as_caseworker, application, explanation="Goede reden.")
    noon.shift(LATER)
    carry_out_steps()

    assert (last(application).typed, last(application).shown) == ({}, {})


def test_a_setting_of_zero_minutes_takes_steps_at_once(as_caseworker, application):
    Policy.objects.filter(name="take_back_minutes").update(value=0)

    grant(as_caseworker, application)

    assert pages.status(application) == "granted"
    assert not PendingStep.objects.exists()


def test_a_proposal_and_a_step_without_a_letter_do_not_wait(as_caseworker, application):
    ground = given.ground(Ground.Outcome.REJECT, application)

    typed = {"ground": ground.pk, "explanation": "Te oud.", "doubts_reason": given.EXPLAINED}
    pages.send(as_caseworker, application, "propose_rejection", **typed)

    assert pages.status(application) == "proposed"


def test_what_the_law_refuses_does_not_wait_first(as_caseworker, application):
    pages.refused(grant(as_caseworker, application, ends_on=timezone.localdate() - timedelta(days=1)))

    assert not PendingStep.objects.exists()


def test_an_approval_waits_too_and_is_the_second_pairs(as_other_caseworker, applicant, caseworker, noon):
    application = given.proposed(by=applicant, desk=caseworker)
    pages.send(as_other_caseworker, application, "approve_rejection", doubts_reason=given.EXPLAINED)
    assert pages.status(application) == "proposed"
    noon.shift(LATER)

    carry_out_steps()

    assert pages.status(application) == "rejected"


def test_a_decision_on_an_objection_waits_too(as_objection_officer, rejected, applicant, objection_officer, noon):
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    typed = {"reply_until": given.working_day(14)}
    pages.send(as_objection_officer, objection, "offer_hearing", **typed)
    assert "desk-pending" in page_of(as_objection_officer, objection)
    assert pages.status(objection) == "handling"
    noon.shift(LATER)

    carry_out_steps()

    assert pages.status(objection) == "hearing_offered"


@pytest.fixture
def rejected(noon, applicant, caseworker, other_caseworker) -> Application:
    """Something to object to."""
    return given.rejected(by=applicant, desk=caseworker, second=other_caseworker)


def test_the_letter_about_an_objection_is_its_own(as_objection_officer, rejected, applicant, objection_officer):
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    pages.send(as_objection_officer, objection, "offer_hearing", reply_until=given.working_day(14))

    assert waiting(objection).case_type == Objection.CASE_TYPE
    assert not PendingStep.objects.open().of(rejected).exists()


# --- Until when ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "minute", "due"),
    [(12, 0, "12:10"), (23, 48, "23:58"), (23, 52, "23:59"), (0, 0, "00:10")],
)
def test_it_goes_out_after_so_many_minutes_and_before_midnight(hour, minute, due):
    decided = datetime(2026, 12, 31, hour, minute, tzinfo=AMSTERDAM)

    out = timezone.localtime(due_at(decided, minutes=10))

    assert (out.date(), f"{out:%H:%M}") == (decided.date(), due)


def test_in_the_last_minute_of_a_day_it_goes_at_once(login, caseworker, application, noon):
    noon.move_to(timezone.localtime().replace(hour=23, minute=59, second=30))

    grant(login(caseworker), application)

    assert pages.status(application) == "granted"


# --- Taken back, or sent now --------------------------------------------------------------------------------


def test_its_maker_takes_it_back_and_finds_what_was_typed(as_caseworker, application, noon):
    before = traces()
    grant(as_caseworker, application, explanation="Met een <b>tikfout</b>.")

    answer = press(as_caseworker, application, "take_back")

    form = pages.text(as_caseworker.get(answer.url))
    assert "Met een &lt;b&gt;tikfout&lt;/b&gt;." in form
    assert str(timezone.localdate() + timedelta(days=30)) in form
    noon.shift(LATER)
    assert (carry_out_steps(), traces()) == (0, before)


def test_what_was_taken_back_is_sent_again_and_then_goes_out(as_caseworker, application, noon):
    grant(as_caseworker, application)
    press(as_caseworker, application, "take_back")
    grant(as_caseworker, application, explanation="Verbeterd.")
    noon.shift(LATER)

    carry_out_steps()

    assert application.decisions.get().explanation == "Verbeterd."
    assert "desk-pending" not in page_of(as_caseworker, application)


def test_what_was_taken_back_is_a_link_away_for_its_maker_alone(as_caseworker, as_other_caseworker, application):
    grant(as_caseworker, application, explanation="Nog niet af.")
    press(as_caseworker, application, "take_back")
    link = f"{pages.step(application, 'grant')}?typed={last(application).pk}"

    assert link in page_of(as_caseworker, application)
    assert link not in page_of(as_other_caseworker, application)
    assert "Nog niet af." not in pages.text(as_other_caseworker.get(link))


def test_an_approval_comes_back_with_the_reason_that_was_typed(as_other_caseworker, applicant, caseworker):
    application = given.proposed(by=applicant, desk=caseworker)
    pages.send(as_other_caseworker, application, "approve_rejection", doubts_reason=given.EXPLAINED)

    form = as_other_caseworker.get(press(as_other_caseworker, application, "take_back").url)

    assert given.EXPLAINED in pages.text(form)


def test_its_maker_sends_it_now(as_caseworker, application):
    grant(as_caseworker, application)

    press(as_caseworker, application, "send_now")

    assert pages.status(application) == "granted"


def test_a_conversion_that_is_sent_now_leads_to_the_case_that_goes_on(as_caseworker, application):
    kind = given.kind("NEV")
    pages.send(as_caseworker, application, "convert", kind=kind.pk, reason="Past beter.")

    answer = press(as_caseworker, application, "send_now")

    assert answer.url == pages.case(Application.objects.get(converted_from=application))


@pytest.mark.parametrize("button", ["take_back", "send_now", "put_away"])
def test_a_colleague_has_no_say_in_it(as_other_caseworker, as_caseworker, application, button):
    grant(as_caseworker, application)

    assert press(as_other_caseworker, application, button).status_code == 403
    assert waiting(application)


@pytest.mark.parametrize("button", ["", "delete", "take_back "])
def test_another_button_and_following_the_address_do_nothing(as_caseworker, application, button):
    grant(as_caseworker, application)

    assert press(as_caseworker, application, button).url == pages.case(application)
    assert as_caseworker.get(pages.address("pending", application, last(application).pk)).status_code == 302
    assert waiting(application)


def test_a_step_of_another_case_is_not_reached_by_this_one(as_caseworker, application, applicant, caseworker):
    other = given.taken_up(by=applicant, desk=caseworker, plate="V001AA")
    grant(as_caseworker, other)

    assert press(as_caseworker, application, "take_back", of=last(other)).status_code == 404
    assert waiting(other)


def test_a_stranger_reaches_neither_case_nor_button(as_applicant, as_caseworker, application):
    grant(as_caseworker, application)

    assert press(as_applicant, application, "take_back").status_code in (302, 403, 404)
    assert waiting(application)


def test_who_is_too_late_to_take_it_back_reads_when_it_went(as_caseworker, application, noon):
    grant(as_caseworker, application)
    noon.shift(LATER)
    carry_out_steps()

    answer = press(as_caseworker, application, "take_back")

    assert "verstuurd op" in pages.text(as_caseworker.get(answer.url))
    assert pages.status(application) == "granted"


def test_a_second_click_on_either_button_changes_nothing(as_caseworker, application):
    grant(as_caseworker, application)
    first, second = (press(as_caseworker, application, "take_back") for _click in range(2))
    assert first.url == second.url

    grant(as_caseworker, application)
    for _click in range(2):
        press(as_caseworker, application, "send_now")
    assert application.decisions.count() == 1


# --- Meanwhile ------------------------------------------------------------------------------------------------


def test_a_second_click_on_send_lets_one_step_wait(as_caseworker, application):
    seen = seen_now(application)

    first, second = (grant(as_caseworker, application, seen=seen) for _click in range(2))

    assert first.url == second.url == pages.case(application)
    assert PendingStep.objects.of(application).count() == 1


def test_the_case_page_says_what_goes_out_when_and_by_whom(as_caseworker, as_other_caseworker, application):
    grant(as_caseworker, application)
    due = date_format(timezone.localtime(waiting(application).due_at), "H:i")

    for reader in (as_caseworker, as_other_caseworker):
        page = page_of(reader, application)
        assert due in page
        assert "Kees Behandelaar" in page
        assert "desk-letter__address" in page
    assert 'value="take_back"' in page_of(as_caseworker, application)
    assert 'value="take_back"' not in page_of(as_other_caseworker, application)


def test_nobody_takes_another_step_and_what_they_typed_is_kept(as_caseworker, as_other_caseworker, application):
    grant(as_caseworker, application)

    for client in (as_caseworker, as_other_caseworker):
        answer = pages.send(client, application, "extend", until="2027-03-01", reason="Een lange reden.")
        assert answer.status_code == 409
        assert "Een lange reden." in pages.text(answer)
        assert client.get(pages.step(application, "grant")).status_code == 409
        assert pages.step(application, "extend") not in page_of(client, application)
    assert pages.status(application) == "in_review"


def test_a_note_can_be_written_and_does_not_stop_it(as_other_caseworker, as_caseworker, application, noon):
    grant(as_caseworker, application)
    pages.send(as_other_caseworker, application, "note", text="Gebeld.")
    noon.shift(LATER)

    carry_out_steps()

    assert pages.status(application) == "granted"


def test_a_worklist_shows_when_it_goes_out_in_no_more_queries(as_caseworker, application, applicant, caseworker):
    grant(as_caseworker, application)
    with CaptureQueriesContext(connection) as one:
        page = pages.text(as_caseworker.get(pages.worklist("open")))
    for number in range(3):
        grant(as_caseworker, given.taken_up(by=applicant, desk=caseworker, plate=f"V00{number}BB"))

    with CaptureQueriesContext(connection) as four:
        as_caseworker.get(pages.worklist("open"))

    assert "gaat uit om" in page
    assert len(four) == len(one)


# --- Not carried out ------------------------------------------------------------------------------------------


def not_carried_out(client, case, noon):
    """The clock comes; gives what the maker reads on the case page."""
    noon.shift(LATER)
    assert carry_out_steps() == 1
    return page_of(client, case)


def test_a_withdrawal_meanwhile_overtakes_it_and_its_maker_is_told(as_caseworker, application, applicant, noon):
    grant(as_caseworker, application, explanation="Mijn tekst.")
    application.withdraw(by=applicant, reason="Auto verkocht.")

    page = not_carried_out(as_caseworker, application, noon)

    assert pages.status(application) == "withdrawn"
    assert not application.decisions.exists()
    assert last(application).ending == "overtaken"
    assert "Anna de Bakker" in page
    assert str(application) in pages.text(as_caseworker.get(pages.worklist("not-carried-out")))
    assert last(application).typed["explanation"] == ["Mijn tekst."]


def test_what_the_applicant_says_about_the_data_overtakes_it(as_caseworker, application, applicant, noon):
    grant(as_caseworker, application)
    application.dispute_facts(by=applicant, why="Dit is mijn bus niet.")

    not_carried_out(as_caseworker, application, noon)

    assert (last(application).ending, pages.status(application)) == ("overtaken", "in_review")


def test_from_the_notice_one_goes_on_with_what_was_typed(as_caseworker, application, applicant, noon):
    grant(as_caseworker, application, explanation="Mijn tekst.")
    application.dispute_facts(by=applicant, why="Dit is mijn bus niet.")
    page = not_carried_out(as_caseworker, application, noon)

    link = f"{pages.step(application, 'grant')}?typed={last(application).pk}"
    assert link in page
    assert "Mijn tekst." in pages.text(as_caseworker.get(link))


def test_a_notice_is_put_away_with_what_was_typed(as_caseworker, application, applicant, noon):
    grant(as_caseworker, application, explanation="Mijn tekst.")
    application.withdraw(by=applicant)
    not_carried_out(as_caseworker, application, noon)

    press(as_caseworker, application, "put_away")

    assert "desk-pending" not in page_of(as_caseworker, application)
    assert str(application) not in pages.text(as_caseworker.get(pages.worklist("not-carried-out")))
    assert last(application).typed == {}


def test_a_maker_who_was_switched_off_decides_nothing_and_a_colleague_sees_it(
    as_caseworker, as_other_caseworker, application, caseworker, noon
):
    grant(as_caseworker, application)
    caseworker.is_active = False
    caseworker.save(update_fields=["is_active"])

    page = not_carried_out(as_other_caseworker, application, noon)

    assert (last(application).ending, pages.status(application)) == ("refused", "in_review")
    assert "Kees Behandelaar" in page
    assert str(application) in pages.text(as_other_caseworker.get(pages.worklist("not-carried-out")))
    assert 'value="put_away"' in page


def test_what_its_maker_leaves_alone_for_a_day_is_everybodys(
    login, as_caseworker, application, applicant, other_caseworker, noon
):
    grant(as_caseworker, application, explanation="Mijn tekst.")
    application.withdraw(by=applicant)
    not_carried_out(login(other_caseworker), application, noon)
    assert str(application) not in pages.text(login(other_caseworker).get(pages.worklist("not-carried-out")))
    noon.shift(timedelta(days=1, minutes=1))

    assert str(application) in pages.text(login(other_caseworker).get(pages.worklist("not-carried-out")))
    assert 'value="put_away"' in page_of(login(other_caseworker), application)


def test_a_maker_who_lost_the_role_decides_nothing(as_caseworker, application, caseworker, noon):
    grant(as_caseworker, application)
    caseworker.groups.clear()
    noon.shift(LATER)

    carry_out_steps()

    assert (last(application).ending, pages.status(application)) == ("refused", "in_review")


def test_the_law_is_asked_again_when_it_goes_out(as_caseworker, application, noon):
    grant(as_caseworker, application)
    Application.objects.filter(pk=application.pk).update(facts_verified=False)
    page = not_carried_out(as_caseworker, application, noon)

    assert (last(application).ending, pages.status(application)) == ("refused", "in_review")
    assert "voertuiggegevens" in page.lower()


def test_a_ground_that_is_gone_is_refused_by_the_form(as_caseworker, application, noon):
    grant(as_caseworker, application)
    PendingStep.objects.update(typed={**last(application).typed, "ground": ["999999"]})

    not_carried_out(as_caseworker, application, noon)

    assert last(application).ending == "refused"
    assert last(application).because


def test_a_step_that_the_desk_no_longer_has_does_not_stop_the_others(
    as_caseworker, application, applicant, caseworker, noon
):
    other = given.taken_up(by=applicant, desk=caseworker, plate="V001AA")
    for case in (application, other):
        grant(as_caseworker, case)
    PendingStep.objects.of(application).update(step="abolished")
    noon.shift(LATER)

    assert carry_out_steps() == 2
    assert (pages.status(application), pages.status(other)) == ("in_review", "granted")
    assert page_of(as_caseworker, application)


def test_a_fault_of_ours_is_written_down_and_the_case_is_free_again(as_caseworker, application, noon):
    grant(as_caseworker, application)
    PendingStep.objects.update(language="xx", typed={"starts_on": [["a list"]], "ground": [{}], "ends_on": [3]})

    not_carried_out(as_caseworker, application, noon)

    assert last(application).ending == "refused"
    assert as_caseworker.get(pages.step(application, "grant")).status_code == 200


def test_the_start_page_counts_what_was_not_carried_out(as_caseworker, application, applicant, noon):
    grant(as_caseworker, application)
    application.withdraw(by=applicant)
    not_carried_out(as_caseworker, application, noon)

    of_applications, *_others = as_caseworker.get(reverse("admin:index")).context["groups"]
    counts = {one.worklist.name: one.count for one in of_applications.lists}
    assert counts["not-carried-out"] == 1
