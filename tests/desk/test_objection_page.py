"""The page of an objection: everything on one page, in a number of queries that does not grow."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext

from casework.deadline_words import format_day
from casework.deadlines import postal_limit
from casework.desk import timeline
from casework.models import EquatedDay
from objections.models import Hearing
from tests import contest, given
from tests.desk import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def rejected(applicant, caseworker, other_caseworker):
    return given.rejected(by=applicant, desk=caseworker, second=other_caseworker)


@pytest.fixture
def handling(rejected, applicant, objection_officer):
    return contest.handling(rejected, by=applicant, desk=objection_officer)


def shown(client, objection):
    return pages.text(client.get(pages.case(objection)))


def test_the_page_tells_who_objects_to_what_and_until_when_we_decide(as_objection_officer, handling):
    page = shown(as_objection_officer, handling)

    decision = handling.decision
    for words in (contest.GROUNDS, decision.reference, decision.explanation, format_day(handling.decide_by)):
        assert escape(words) in page
    assert str(handling.application.applicant) in page


def test_whether_it_came_in_time_is_a_sum(as_objection_officer, handling):
    page = as_objection_officer.get(pages.case(handling))

    lines = " ".join(page.context["in_time"].lines)
    assert format_day(handling.decision.announced_on) in lines
    assert format_day(handling.object_until) in lines
    assert page.context["in_time"].is_good


def test_the_extra_week_of_the_post_stands_in_the_sum(as_objection_officer, rejected, objection_officer):
    today = timezone.localdate()
    objection = contest.by_post(rejected, desk=objection_officer, received_on=today, posted_on=today)

    sum_in_words = as_objection_officer.get(pages.case(objection)).context["in_time"]

    assert len(sum_in_words.lines) == 3
    last = postal_limit(objection.object_until, calendar=EquatedDay.calendar())
    assert format_day(last) in sum_in_words.lines[2]


@pytest.mark.parametrize(
    ("about", "warning"),
    [
        ({"grounds": ""}, "The grounds are missing (Awb 6:5)."),
        ({"signed": False}, "It is not signed (Awb 6:5)."),
        ({"direct_appeal_asked": True}, "The objector asks to go to the court directly: agree or refuse (Awb 7:1a)."),
    ],
)
def test_what_must_not_be_overlooked_is_a_warning(as_objection_officer, rejected, objection_officer, about, warning):
    objection = contest.by_post(rejected, desk=objection_officer, received_on=timezone.localdate(), **about)

    assert escape(gettext(warning)) in shown(as_objection_officer, objection)


def test_a_late_one_says_so_until_somebody_has_judged(login, rejected, applicant, objection_officer, time_machine):
    time_machine.move_to(timezone.localtime() + timedelta(weeks=7))
    objection, client = contest.filed(rejected, by=applicant, late_reason="Opname."), login(objection_officer)
    assert objection.needs_excuse
    assert not client.get(pages.case(objection)).context["in_time"].is_good

    objection.admit(by=objection_officer, excused=True, because="Een lange opname.")

    verdict = client.get(pages.case(objection)).context["in_time"]
    assert verdict.is_good
    assert "Een lange opname." in verdict.verdict


def test_the_whole_chain_of_decisions_is_shown(as_objection_officer, handling, applicant, objection_officer):
    contest.upheld(handling, by=objection_officer)
    again = contest.filed(handling.application, by=applicant)

    page = as_objection_officer.get(pages.case(again))

    assert [decision.pk for decision in page.context["chain"]] == [again.decision_id, handling.decision_id]
    assert handling.decision.reference in pages.text(page)


def test_the_decision_on_it_and_what_follows_is_shown(as_objection_officer, handling, objection_officer):
    contest.upheld(handling, by=objection_officer)

    page, decided = shown(as_objection_officer, handling), handling.decisions.get()

    for words in (decided.reference, decided.new_decision.reference, format_day(decided.appeal_until)):
        assert words in page


def test_the_page_of_the_application_shows_which_decision_replaced_which(
    as_objection_officer, handling, objection_officer
):
    contest.upheld(handling, by=objection_officer)
    new = handling.decisions.get().new_decision

    page = pages.text(as_objection_officer.get(pages.case(handling.application)))

    assert page.count(new.reference) >= 2  # the decision itself, and beside the one that it replaced


def test_a_hearing_is_shown_with_its_days(as_objection_officer, rejected, applicant, objection_officer):
    objection = contest.hearing_planned(rejected, by=applicant, desk=objection_officer)
    hearing, page = objection.current_hearing, shown(as_objection_officer, objection)

    for words in ("Stadskantoor, kamer 3", format_day(hearing.papers_until), format_day(hearing.file_open_from)):
        assert words in page


def test_the_timeline_is_that_of_the_whole_dossier(as_objection_officer, handling):
    said = [line.what for line in as_objection_officer.get(pages.case(handling)).context["timeline"]]

    assert said[0] == gettext("Objection admitted")
    assert gettext("Sent by the applicant") in said


def test_codes_days_and_moments_have_words(handling, objection_officer, applicant):
    handling.offer_hearing(by=objection_officer, reply_until=given.working_day(14))
    handling.answer_hearing(by=applicant, wants=False)
    handling.waive_hearing(by=objection_officer, ground="waived")
    contest.upheld(handling, by=objection_officer)

    lines = timeline.build_timeline(handling.dossier)

    details = {line.what: line.details for line in lines}
    assert details[gettext("No hearing")] == [str(Hearing.Skipped.WAIVED.label)]
    assert details[gettext("Answer about the hearing received")] == [gettext("does not want to be heard")]
    assert details[gettext("Hearing offered")] == [
        gettext("answer until %(day)s") % {"day": format_day(given.working_day(14))}
    ]


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_number_of_queries_does_not_grow_with_the_file(
    as_objection_officer, handling, objection_officer, applicant, django_assert_max_num_queries
):
    few = queries_of(as_objection_officer, pages.case(handling))
    assert few < 130
    item = handling.application.evidence_items.first()
    for number in range(5):
        handling.note(by=objection_officer, text=f"Notitie {number}")
        handling.documents.add(given.attach(item, name=f"{number}.pdf"))
        handling.reliefs.create(court="Rechtbank Limburg", asked_on=timezone.localdate())
        contest.waived(handling, desk=objection_officer)

    with django_assert_max_num_queries(few + 3):  # the kinds of things that were not there before
        as_objection_officer.get(pages.case(handling))
