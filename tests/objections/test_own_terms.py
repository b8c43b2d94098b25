"""Our own terms in court: against a judgment (Awb 6:24, 8:55), and to repair after an interim one (8:51a, 8:51b)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from objections.admin.forms.court import find_judged_appeals
from objections.models import Appeal
from tests import contest
from tests.casework.days import on
from tests.objections.look import refused, terms

TODAY = timezone.localdate


@pytest.fixture
def appeal(rejected_on_2_september, applicant, objection_officer, go_to):
    """Unfounded, and before the court; it is Monday 8 December 2025."""
    go_to("Tue 2025-10-14")
    objection = contest.handling(rejected_on_2_september, by=applicant, desk=objection_officer)
    case = contest.appeal(contest.unfounded(objection, by=objection_officer), desk=objection_officer)
    go_to("Mon 2025-12-08")
    return case


def judged(appeal, *, by, step="find_unfounded", **more):
    getattr(appeal, step)(by=by, **{"judged_on": on("Thu 2025-12-04"), "judgment": "Ongegrond.", **more})
    return appeal


# --- Against a judgment -------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["find_unfounded", "find_inadmissible", "win_without_change"])
def test_6_24_we_have_six_weeks_from_the_day_on_which_it_was_sent(appeal, objection_officer, step):
    judged(appeal, by=objection_officer, step=step, sent_on=on("Mon 2025-12-08"))

    assert terms(appeal) == {"court_remedy": on("Mon 2026-01-19")}


def test_6_24_unless_it_says_so_it_was_sent_on_its_own_day(appeal, objection_officer):
    assert terms(judged(appeal, by=objection_officer)) == {"court_remedy": on("Thu 2026-01-15")}


@pytest.mark.parametrize("day", ["Wed 2025-12-03", "Tue 2025-12-09"])
def test_it_is_not_sent_before_it_was_given_nor_tomorrow(appeal, objection_officer, day):
    with refused(appeal):
        judged(appeal, by=objection_officer, sent_on=on(day))


@pytest.mark.parametrize("step", ["withdraw", "settle"])
def test_without_a_judgment_there_is_nothing_to_go_against(appeal, objection_officer, step):
    assert terms(judged(appeal, by=objection_officer, step=step)) == {}


@pytest.mark.parametrize(("by_us", "left"), [(True, set()), (False, {"court_remedy"})])
def test_6_24_our_own_higher_appeal_ends_the_term(appeal, objection_officer, by_us, left):
    judged(appeal, by=objection_officer)
    about = {"instance": Appeal.Instance.HIGHER, "against": Appeal.Against.JUDGMENT, "higher_than": appeal}

    contest.appeal(appeal.objection, desk=objection_officer, by_us=by_us, **about)

    assert set(terms(appeal)) == left


def test_6_24_accepting_it_ends_the_term_too(appeal, objection_officer):
    judged(appeal, by=objection_officer)

    appeal.accept_judgment(by=objection_officer)

    assert terms(appeal) == {}
    with pytest.raises(TransitionNotAllowed):
        appeal.accept_judgment(by=objection_officer)


def test_8_55_without_a_hearing_it_is_opposition_in_place_of_higher_appeal(appeal, objection_officer):
    judged(appeal, by=objection_officer, unheard=True)
    assert not find_judged_appeals(appeal.objection).exists()

    appeal.oppose_judgment(by=objection_officer, opposed_on=TODAY())

    assert terms(appeal) == {}


def test_8_55_after_a_hearing_there_is_no_opposition(appeal, objection_officer):
    judged(appeal, by=objection_officer)

    with refused(appeal, TransitionNotAllowed):
        appeal.oppose_judgment(by=objection_officer, opposed_on=TODAY())


def test_8_105_nothing_is_left_after_the_judgment_in_higher_appeal(appeal, objection_officer):
    judged(appeal, by=objection_officer)
    about = {"instance": Appeal.Instance.HIGHER, "against": Appeal.Against.JUDGMENT, "higher_than": appeal}
    higher = contest.appeal(appeal.objection, desk=objection_officer, **about)

    assert terms(judged(higher, by=objection_officer, judged_on=TODAY())) == {}


# --- The judicial loop ----------------------------------------------------------------------------------------


@pytest.fixture
def interim(appeal, objection_officer):
    """The court lets us repair the decision within six weeks."""
    until = TODAY() + timedelta(weeks=6)
    appeal.receive_interim_judgment(by=objection_officer, title="Tussenuitspraak", sent_on=TODAY(), until=until)
    return appeal


def test_8_51a_the_court_sets_the_term_to_repair(interim):
    assert terms(interim) == {"court_repair": on("Mon 2026-01-19")}
    assert (interim.status, interim.papers.get().direction) == ("pending", "from")


def test_8_51b_who_does_not_repair_says_so_and_has_no_term(interim, objection_officer):
    interim.answer_interim_judgment(by=objection_officer, uses=False)

    assert (terms(interim), interim.uses_loop) == ({}, False)


def test_8_51b_who_repairs_tells_the_court_how(interim, objection_officer):
    interim.answer_interim_judgment(by=objection_officer, uses=True)
    assert terms(interim)

    interim.report_repair(by=objection_officer, title="Aanvullende motivering", repaired_on=TODAY())

    assert terms(interim) == {}
    assert [paper.direction for paper in interim.papers.all()] == ["from", "to"]


def test_8_51a_a_later_day_of_the_court_takes_its_place(interim, objection_officer):
    later = on("Mon 2026-02-02")
    interim.receive_interim_judgment(by=objection_officer, title="Verlenging", sent_on=TODAY(), until=later)

    assert terms(interim) == {"court_repair": later}


@pytest.mark.parametrize(
    ("sent", "until"), [("Tue 2025-12-09", "Mon 2026-01-19"), ("Mon 2025-12-08", "Mon 2025-12-08")]
)
def test_8_51a_days_that_cannot_be_are_refused(appeal, objection_officer, sent, until):
    with refused(appeal):
        appeal.receive_interim_judgment(by=objection_officer, title="T", sent_on=on(sent), until=on(until))


@pytest.mark.parametrize("day", ["Wed 2025-10-01", "Tue 2025-12-09"])
def test_8_51b_the_court_is_told_of_the_repair_between_the_appeal_and_today(interim, objection_officer, day):
    with refused(interim):
        interim.report_repair(by=objection_officer, title="Nieuwe motivering", repaired_on=on(day))


# --- Days of the court's letters ------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["send_papers", "receive_paper"])
def test_no_paper_went_or_came_tomorrow(appeal, objection_officer, step):
    with refused(appeal):
        getattr(appeal, step)(by=objection_officer, title="Stuk", dated_on=TODAY() + timedelta(days=1))


FAR = date(9999, 12, 31)


@pytest.mark.parametrize("letter", [{"sent_on": FAR}, {"papers_due": FAR}], ids=["sent_on", "papers_due"])
def test_a_letter_of_the_court_of_another_century_is_told_at_its_field(
    login, rejected_on_2_september, applicant, objection_officer, letter
):
    objection = contest.handling(rejected_on_2_september, by=applicant, desk=objection_officer)
    contest.unfounded(objection, by=objection_officer)
    lodge = reverse("admin:objections_appeal_lodge", args=[objection.pk])
    case = {"against": "decision", "court": "Rechtbank Gelderland", "filed_on": TODAY()}
    page = login(objection_officer).post(lodge, {**case, **letter})

    assert page.status_code == 422
    assert set(page.context["form"].errors) == set(letter)
