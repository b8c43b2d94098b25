"""A note names a colleague, who finds it on the start page and on the case until they say that they read it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Absence
from casework.models import Mention
from casework.steps import StepRefused
from tests import contest, given
from tests.complaints import lodged
from tests.correspondence.submitted import submitted
from tests.desk import pages

pytestmark = pytest.mark.django_db
ASKED = "Wil jij hier meekijken?"


@pytest.fixture
def application(applicant, caseworker):
    return given.taken_up(by=applicant, desk=caseworker)


@pytest.fixture
def noted(application, caseworker, other_caseworker):
    application.note(by=caseworker, text=ASKED, to=other_caseworker)
    return application


def own(client):
    """The lists of 'my day' with the numbers that they show."""
    return {one.counted.worklist.name: one.counted.count for one in client.get("/loket/").context["my_day"]}


def read_address():
    return reverse("admin:mention_read", args=[Mention.objects.get().pk])


def test_who_is_named_finds_it_on_the_start_page_and_on_the_case(as_caseworker, application, other_caseworker, login):
    pages.send(as_caseworker, application, "note", text=ASKED, to=other_caseworker.pk)

    named = login(other_caseworker)
    assert own(named)["mentioned"] == 1
    page = pages.text(named.get(pages.case(application)))
    assert "Voor u genoteerd door" in page
    assert page.count(ASKED) == 2
    assert "mentioned" not in own(as_caseworker)
    assert "Voor u genoteerd" not in pages.text(as_caseworker.get(pages.case(application)))


def test_looking_at_the_case_is_not_reading_and_the_button_is(login, noted, other_caseworker):
    named = login(other_caseworker)
    named.get(pages.case(noted))
    assert named.get(read_address()).status_code == 405
    assert own(named)["mentioned"] == 1

    for _click in range(2):
        assert named.post(read_address()).url == pages.case(noted)

    assert "mentioned" not in own(named)
    assert "gelezen op" in pages.text(named.get(pages.case(noted)))


def test_the_button_leads_on_with_the_list(login, noted, other_caseworker):
    named = login(other_caseworker)
    (mine,) = [one for one in named.get("/loket/").context["my_day"] if one.counted.worklist.name == "mentioned"]
    carried = mine.rows[0].url.partition("?")[2]

    answer = named.post(f"{read_address()}?{carried}", follow=True)

    assert answer.context["place"].title == "Voor u genoteerd"


def test_an_answer_is_reading_too_and_goes_to_who_asked(login, noted, caseworker, other_caseworker):
    named = login(other_caseworker)
    form = named.get(f"{pages.step(noted, 'note')}?to={caseworker.pk}").context["form"]
    assert form["to"].value() == str(caseworker.pk)

    pages.send(named, noted, "note", text="Gezien, akkoord.", to=caseworker.pk)

    assert "mentioned" not in own(named)
    assert own(login(caseworker))["mentioned"] == 1


def test_nobody_reads_in_the_name_of_somebody_else(login, noted, caseworker, team_lead, applicant):
    for stranger in (caseworker, team_lead):
        assert login(stranger).post(read_address()).status_code == 404
    login(applicant).post(read_address())

    assert Mention.objects.get().read_at is None


def test_a_colleague_who_cannot_see_the_case_is_not_offered_and_refused(application, as_caseworker, caseworker, editor):
    form = as_caseworker.get(pages.step(application, "note")).context["form"]
    assert editor not in form.fields["to"].queryset
    pages.refused(
        pages.send(as_caseworker, application, "note", text=ASKED, to=editor.pk),
        "Select a valid choice. That choice is not one of the available choices.",
    )

    with pytest.raises(StepRefused):
        application.note(by=caseworker, text=ASKED, to=editor)


def test_who_lost_the_right_to_the_case_has_no_list_and_no_page_of_it(login, noted, other_caseworker):
    other_caseworker.groups.clear()

    named = login(other_caseworker)
    assert named.get("/loket/").context["my_day"] == []
    assert named.post(read_address()).status_code == 404


def test_it_is_seen_that_a_colleague_is_away_or_gone(as_caseworker, noted, other_caseworker):
    today = timezone.localdate()
    Absence.objects.create(user=other_caseworker, first_day=today, last_day=today + timedelta(days=3))
    assert "afwezig tot" in pages.text(as_caseworker.get(pages.case(noted)))
    assert "afwezig tot" in pages.text(as_caseworker.get(pages.step(noted, "note")))

    other_caseworker.is_active = False
    other_caseworker.save()

    assert "werkt hier niet meer" in pages.text(as_caseworker.get(pages.case(noted)))


def test_a_second_click_names_once_and_the_same_words_for_another_are_another_note(
    noted, caseworker, other_caseworker, team_lead
):
    noted.note(by=caseworker, text=ASKED, to=other_caseworker)
    noted.note(by=caseworker, text=ASKED, to=team_lead)

    assert Mention.objects.count() == noted.notes.count() == 2


def test_the_applicant_never_sees_it(login, noted, applicant, other_caseworker):
    page = pages.text(login(applicant).get(reverse("application", args=[noted.key])))

    assert ASKED not in page
    assert str(other_caseworker) not in page


def test_every_sort_of_case_with_notes_has_it(applicant, caseworker, other_caseworker, objection_officer, login):
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    appeal = contest.appeal(objection, desk=objection_officer)
    complaint = lodged.handled(by=objection_officer, complainant=applicant)
    cases = (objection, appeal, complaint, submitted(by=objection_officer))
    for case in cases:
        case.note(by=objection_officer, text=f"{ASKED} {case.CASE_TYPE}", to=objection_officer)

    officer = login(objection_officer)
    for case in cases:
        assert "Voor u genoteerd door" in pages.text(officer.get(pages.case(case)))
    titles = [one.counted.worklist.name for one in officer.get("/loket/").context["my_day"]]
    assert titles.count("mentioned") == len(cases)


def test_more_notes_for_colleagues_cost_no_more_queries(
    as_caseworker, noted, caseworker, other_caseworker, django_assert_num_queries
):
    address = pages.case(noted)
    as_caseworker.get(address)
    with CaptureQueriesContext(connection) as few:
        as_caseworker.get(address)
    for number in range(4):
        noted.note(by=caseworker, text=f"{ASKED} {number}", to=other_caseworker)

    with django_assert_num_queries(len(few)):
        as_caseworker.get(address)
