"""One step in many cases of a list: looked at first, taken in each by itself, and safe to send twice."""

import io

import pikepdf
import pytest
from django.urls import reverse

from casework.models import Event, PendingStep, Policy
from exemptions.models import Application
from tests import contest, given
from tests.desk import bulk, pages
from tests.looping import each
from tests.posting import choose_post

pytestmark = pytest.mark.django_db
PLATES = ("V001AA", "V002AA", "V003AA")


@pytest.fixture
def new(applicant):
    """Three that nobody has."""
    return [given.filed(by=applicant, plate=plate) for plate in PLATES]


def owners():
    return dict(Application.objects.values_list("plate", "assigned_to__name"))


def steps_of(case):
    return list(Event.objects.of(case).values_list("step", flat=True))


# --- Assigning ----------------------------------------------------------------------------------------------


def test_twenty_cases_are_assigned_in_five_clicks(as_team_lead, applicant, caseworker):
    for number in range(20):
        given.filed(by=applicant, plate=f"V0{number:02}AB")

    asked = bulk.begin(as_team_lead, "assign", [], on="new", select_across="1")  # all of this list; assign
    assert str(caseworker) in pages.text(asked)
    cases = [case for case, _line in asked.context["cases"]]
    looked = bulk.look(as_team_lead, "assign", cases, on="new", to=caseworker.pk)  # a colleague; look
    done = bulk.confirm(as_team_lead, looked, on="new")

    assert set(bulk.states(looked).values()) == {"possible"}
    assert set(bulk.states(done).values()) == {"done"}
    assert set(owners().values()) == {str(caseworker)}


def test_looking_changes_nothing(as_team_lead, new, caseworker):
    before = [steps_of(one) for one in new]

    looked = bulk.look(as_team_lead, "assign", new, to=caseworker.pk)

    assert bulk.said(looked)["V001AA"] == ("possible", "Van niemand naar Kees Behandelaar")
    assert [steps_of(one) for one in new] == before
    assert set(owners().values()) == {None}


def test_who_cannot_have_these_cases_is_said_before(as_team_lead, new, municipal_caseworker):
    looked = bulk.look(as_team_lead, "assign", new, to=municipal_caseworker.pk)

    assert set(bulk.states(looked).values()) == {"refused"}
    assert "kan deze zaak niet behandelen" in bulk.said(looked)["V001AA"][1]


def test_who_may_not_assign_is_told_for_each_case(as_caseworker, applicant, caseworker, other_caseworker, new):
    own = given.taken_up(by=applicant, desk=caseworker, plate="V004AA")

    looked = bulk.look(as_caseworker, "assign", [*new, own], to=other_caseworker.pk)

    assert bulk.said(looked)["V001AA"] == ("refused", "U mag dit in deze zaak niet doen.")
    assert bulk.states(looked)["V004AA"] == "possible"


def test_a_second_click_is_told_that_it_was_done(as_team_lead, new, caseworker):
    looked = bulk.look(as_team_lead, "assign", new, to=caseworker.pk)

    first, second = bulk.confirm(as_team_lead, looked), bulk.confirm(as_team_lead, looked)

    assert set(bulk.states(first).values()) == set(bulk.states(second).values()) == {"done"}
    assert bulk.said(second)["V001AA"][1] == "Was al gedaan."
    assert [steps_of(one).count("assign") for one in new] == [1, 1, 1]


def test_a_second_tab_with_another_colleague_is_another_assignment(as_team_lead, new, caseworker, other_caseworker):
    tabs = [bulk.look(as_team_lead, "assign", new, to=to.pk) for to in (caseworker, other_caseworker)]

    for tab in tabs:
        bulk.confirm(as_team_lead, tab)

    assert set(owners().values()) == {str(other_caseworker)}


def test_a_case_that_a_colleague_changed_meanwhile_is_refused_by_name(as_team_lead, new, caseworker, other_caseworker):
    looked = bulk.look(as_team_lead, "assign", new, to=caseworker.pk)
    new[1].take_up(by=other_caseworker)

    done = bulk.confirm(as_team_lead, looked, on="new")

    assert bulk.states(done) == {"V001AA": "done", "V002AA": "refused", "V003AA": "done"}
    assert "Olga Behandelaar" in bulk.said(done)["V002AA"][1]
    assert owners()["V002AA"] == str(other_caseworker)


def test_two_hurried_lists_each_say_what_they_did(as_caseworker, as_other_caseworker, new):
    lists = [bulk.look(client, "take_up", new, on="new") for client in (as_caseworker, as_other_caseworker)]

    first = bulk.confirm(as_caseworker, lists[0], on="new")
    second = bulk.confirm(as_other_caseworker, lists[1], on="new")

    assert set(bulk.states(first).values()) == {"done"}
    assert set(bulk.states(second).values()) == {"refused"}
    assert set(owners().values()) == {"Kees Behandelaar"}


def test_the_picker_shows_who_has_how_much_and_who_is_away(as_team_lead, new, applicant, caseworker, other_caseworker):
    given.taken_up(by=applicant, desk=caseworker, plate="V004AA")
    today = given.clock.today()
    other_caseworker.absences.create(first_day=today, last_day=today)

    page = pages.text(bulk.begin(as_team_lead, "assign", new))

    assert "Kees Behandelaar (1 open zaak)" in page
    assert "Olga Behandelaar (0 open zaken, afwezig tot en met" in page


# --- Bounds and strangers -----------------------------------------------------------------------------------


def test_more_than_the_policy_allows_is_refused_before_anything_happens(as_team_lead, new):
    Policy.objects.filter(name="bulk_cases").update(value=2)

    answer = bulk.begin(as_team_lead, "take_up", [], on="new", select_across="1")

    assert "meer dan 2 zaken" in pages.text(answer)
    assert set(owners().values()) == {None}


def test_nothing_ticked_leads_back_with_a_word(as_team_lead, new):
    assert "Vink eerst minstens één zaak aan." in pages.text(bulk.begin(as_team_lead, "take_up", []))


@each("keys", [["x"], ["1' OR 1=1"], ["-1"], ["9" * 40], ["1\0"]])
def test_ticks_that_no_page_sends_are_refused(keys, as_team_lead, new):
    sent = {"action": "take_up", "index": "0", "_selected_action": keys}

    assert as_team_lead.post(pages.worklist("new"), sent).status_code == 400


@each("fields", [{"to": "x"}, {"to": "999999"}, {"to": ""}, {}])
def test_a_colleague_who_is_none_is_asked_again(fields, as_team_lead, new):
    page = bulk.look(as_team_lead, "assign", new, **fields)

    assert page.context["stage"] == "look"
    assert page.context["form"].errors


def test_a_case_out_of_reach_is_neither_named_nor_touched(as_municipal_caseworker, new):
    page = bulk.begin(as_municipal_caseworker, "take_up", new, stage="do")

    assert page.context.get("rows", []) == []
    assert set(owners().values()) == {None}


def test_what_a_search_found_is_assigned_too(as_team_lead, new, caseworker):
    found = as_team_lead.post(reverse("admin:exemptions_application_search"), {"q": "korst"}).url
    sent = {"action": "assign", "index": "0", "_selected_action": [new[0].pk]}

    looked = as_team_lead.post(found, {**sent, "stage": "look", "to": caseworker.pk})
    assert bulk.states(looked) == {"V001AA": "possible"}
    row = looked.context["rows"][0][0]
    as_team_lead.post(found, {**sent, "stage": "do", "to": caseworker.pk, f"mark_{row.case.pk}": row.mark})

    assert owners()["V001AA"] == str(caseworker)


def test_an_unknown_mark_counts_as_a_page_that_is_old(as_caseworker, new):
    sent = {f"mark_{one.pk}": "a lot" for one in new}

    done = bulk.begin(as_caseworker, "take_up", new, stage="do", **sent)

    assert set(bulk.states(done).values()) == {"refused"}


def test_who_handles_no_cases_has_no_buttons(as_objection_officer, new):
    page = as_objection_officer.get(pages.worklist("open"))

    assert [one.name for one in page.context["cl"].bulk] == []


# --- The other actions --------------------------------------------------------------------------------------


def test_reminders_wait_as_they_do_on_the_page(as_caseworker, applicant, caseworker):
    Policy.objects.filter(name="take_back_minutes").update(value=10)
    asked = [given.waiting(by=applicant, desk=caseworker, plate=plate) for plate in PLATES]

    looked = bulk.look(as_caseworker, "remind", asked, on="waiting")
    for _click in range(2):
        done = bulk.confirm(as_caseworker, looked, on="waiting")

    assert set(bulk.states(done).values()) == {"done"}
    assert PendingStep.objects.open().filter(step="remind").count() == 3


def test_who_was_reminded_before_is_refused_and_the_rest_is_reminded(as_caseworker, applicant, caseworker):
    asked = [given.waiting(by=applicant, desk=caseworker, plate=plate) for plate in PLATES[:2]]
    asked[0].remind(by=caseworker)

    looked = bulk.look(as_caseworker, "remind", asked, on="waiting")
    done = bulk.confirm(as_caseworker, looked, on="waiting")

    assert bulk.said(looked)["V001AA"] == ("refused", "De aanvrager is al herinnerd.")
    assert bulk.states(done) == {"V002AA": "done"}
    assert [steps_of(one).count("remind") for one in asked] == [1, 1]


@pytest.fixture
def to_post(organisation, applicant):
    """Two whose receipt waits to be printed."""
    choose_post(organisation, by=applicant)
    return [given.filed(by=applicant, plate=plate) for plate in PLATES[:2]]


def test_letters_that_were_shown_are_noted_as_posted(as_caseworker, to_post):
    today = given.clock.today()
    looked = bulk.look(as_caseworker, "post_letters", to_post, on="to-post", posted_on=today.isoformat())

    done = bulk.confirm(as_caseworker, looked, on="to-post")

    assert set(bulk.states(done).values()) == {"done"}
    assert as_caseworker.get(pages.worklist("to-post")).context["cl"].result_list == []


def test_all_letters_come_out_of_the_printer_as_one_file(as_caseworker, to_post):
    answer = bulk.begin(as_caseworker, "print_letters", to_post, on="to-post")

    content = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(content)) as book:
        assert len(book.pages) >= 2


def proposed_grant(applicant, desk, plate, ground=0):
    """A grant without doubts that waits for a second pair of eyes."""
    application = given.judged(by=applicant, desk=desk, plate=plate)
    grounds = given.Ground.objects.for_kind(application.chosen_kind.code).filter(outcome="grant")
    term = given.as_asked(application)
    application.propose_grant(by=desk, ground=grounds[ground], explanation=given.SHORTER, **term)
    return application


def test_proposals_that_are_alike_are_approved_together(as_other_caseworker, applicant, caseworker):
    alike = [proposed_grant(applicant, caseworker, plate) for plate in PLATES[:2]]
    other = given.proposed(by=applicant, desk=caseworker, plate="V003AA")

    looked = bulk.look(as_other_caseworker, "approve", [*alike, other], on="to-approve")
    done = bulk.confirm(as_other_caseworker, looked, on="to-approve")

    assert bulk.states(looked) == {"V001AA": "possible", "V002AA": "possible", "V003AA": "refused"}
    assert "Wijkt af" in bulk.said(looked)["V003AA"][1]
    assert bulk.states(done) == {"V001AA": "done", "V002AA": "done"}
    assert [pages.status(one) for one in (*alike, other)] == ["granted", "granted", "proposed"]


def test_a_proposal_with_doubts_is_looked_at_by_itself(as_other_caseworker, applicant, caseworker):
    doubtful = [given.proposed(by=applicant, desk=caseworker, plate=plate) for plate in PLATES[:2]]

    looked = bulk.look(as_other_caseworker, "approve", doubtful, on="to-approve")

    assert bulk.said(looked)["V001AA"] == ("refused", "Er pleit iets tegen: bekijk deze apart.")


def test_nobody_approves_what_they_proposed_in_bulk_either(as_caseworker, applicant, caseworker):
    own = [proposed_grant(applicant, caseworker, "V001AA")]

    assert bulk.states(bulk.look(as_caseworker, "approve", own, on="to-approve")) == {"V001AA": "refused"}


def test_objections_are_assigned_in_bulk_too(login, applicant, caseworker, other_caseworker, objection_officer):
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    objection = contest.filed(rejected, by=applicant)
    client = login(objection_officer)
    objection.assign(by=None, to=objection_officer)

    sent = {"action": "assign", "index": "0", "_selected_action": [objection.pk], "stage": "look"}
    page = client.post(pages.worklist("open", of="objections_objection"), {**sent, "to": objection_officer.pk})

    assert [row.state for row, _line in page.context["rows"]] == ["refused"]
