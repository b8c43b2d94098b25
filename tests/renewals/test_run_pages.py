"""A run at the desk: its lists, its cases, its buttons, and what happens when two people are at it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.desk.conflict import seen_now
from casework.models import Letter
from renewals import tasks
from renewals.models import ItemState, Renewal, RenewalStatus
from renewals.publication import make_list
from tests.desk.pages import text
from tests.looping import each
from tests.renewals.changes import HEAVY, version

STRANGERS = ["as_caseworker", "as_municipal_caseworker", "as_objection_officer", "as_reporter", "as_administrator"]


@pytest.fixture
def run(reject, team_lead) -> Renewal:
    """A list with a case to grant and one for a person."""
    reject(), reject(facts=replace(HEAVY, payload_kg=None))
    made: Renewal = make_list(version(), by=team_lead)
    return made


@pytest.fixture
def proposed(run: Renewal, team_lead) -> Renewal:
    run.propose(by=team_lead, explanation_nl="De grens is verlaagd.")
    return run


def page(name: str, *args) -> str:
    return reverse(f"admin:renewals_renewal_{name}", args=args)


def send(client, run, step, **fields):
    """Send the form of a step from a page that was just opened."""
    seen = fields.pop("seen", None) or seen_now(run)
    return client.post(page("step", run.pk, step), {"action": "send", "seen": seen, **fields})


def test_the_start_page_of_a_team_lead_counts_what_waits(run, as_team_lead):
    group = next(one for one in as_team_lead.get("/loket/").context["groups"] if "renewal" in one.lists[0].url)

    assert {one.worklist.name: one.count for one in group.lists} == {
        "to-review": 1,
        "to-approve": 0,
        "under-way": 0,
        "needs-a-person": 0,
    }


def test_who_reviewed_a_list_does_not_find_it_among_those_to_approve(proposed, as_team_lead, as_other_team_lead):
    address = page("changelist") + "?list=to-approve"

    assert str(proposed) not in text(as_team_lead.get(address))
    assert str(proposed) in text(as_other_team_lead.get(address))


def test_the_page_shows_each_case_with_its_reasons(run, as_team_lead):
    shown = text(as_team_lead.get(page("change", run.pk)))

    for item in run.items.all():
        assert str(item.decision.application) in shown
        assert item.reasons.split("\n")[0] in shown


def test_the_cases_can_be_filtered(run, as_team_lead):
    grant, look = run.items.order_by("action")

    response = as_team_lead.get(page("change", run.pk) + "?action=look")

    assert [row.item for row in response.context["page"].object_list] == [look]
    assert grant.action == "grant"


@each("query", ["?action=%00", "?action=nonsense&state=x", "?page=-1", "?page=99999999999"])
def test_nonsense_in_the_address_shows_the_page_all_the_same(query, run, as_team_lead):
    assert as_team_lead.get(page("change", run.pk) + query).status_code in (200, 400)


@pytest.mark.parametrize("who", STRANGERS)
def test_others_send_nothing(who, run, request):
    assert send(request.getfixturevalue(who), run, "cancel", remark="Weg ermee.").status_code == 404


def test_a_case_is_left_out_from_its_row(run, as_team_lead):
    item = run.items.get(action="grant")
    form = text(as_team_lead.get(page("step", run.pk, "exclude") + f"?item={item.pk}"))
    assert str(item) in form

    response = send(as_team_lead, run, "exclude", item=item.pk, because="Trok de aanvraag in.")

    item.refresh_from_db()
    assert (response.status_code, item.state) == (302, ItemState.EXCLUDED)


@each("item", ["", "0", "99999999", "x", "9" * 40])
def test_a_case_that_is_not_on_the_list_cannot_be_left_out(item, run, as_team_lead):
    assert send(as_team_lead, run, "exclude", item=item, because="Fout.").status_code == 422


def test_from_list_to_letters(run, as_team_lead, as_other_team_lead):
    words = {"explanation_nl": "De grens is verlaagd.", "explanation_en": "", "ends_on": ""}
    assert send(as_team_lead, run, "propose", **words).status_code == 302
    assert send(as_other_team_lead, run, "approve", sure="on").status_code == 302
    assert send(as_other_team_lead, run, "start", sure="on").status_code == 302

    tasks.resume()

    run.refresh_from_db()
    assert run.status == RenewalStatus.DONE
    assert Letter.objects.filter(kind="renewed").count() == 1
    shown = text(as_team_lead.get(page("change", run.pk)))
    assert str(run.items.get(state="done").new_decision) in shown


def test_approving_shows_the_letter_as_it_will_go_out(proposed, as_other_team_lead):
    letters = Letter.objects.count()

    shown = text(as_other_team_lead.get(page("step", proposed.pk, "approve")))

    assert "De grens is verlaagd." in shown
    assert "····" in shown
    assert Letter.objects.count() == letters


def test_the_list_that_one_says_to_have_seen_stands_above_the_form(proposed, as_other_team_lead):
    form = text(as_other_team_lead.get(page("step", proposed.pk, "approve")))

    assert all(str(item.decision.application) in form for item in proposed.items.all())


def test_approving_asks_to_be_sure(proposed, as_other_team_lead):
    assert send(as_other_team_lead, proposed, "approve").status_code == 422


def test_who_reviewed_gets_no_button_to_approve_and_is_refused(proposed, as_team_lead):
    steps = [step.name for step in as_team_lead.get(page("change", proposed.pk)).context["steps"]]

    assert "approve" not in steps
    assert send(as_team_lead, proposed, "approve", sure="on").status_code == 403


def test_what_is_missing_is_told_at_the_form_with_everything_typed(run, as_team_lead):
    response = send(as_team_lead, run, "propose", explanation_nl="", explanation_en="It was lowered.", ends_on="")

    assert response.status_code == 422
    assert "It was lowered." in text(response)


def test_a_stale_page_is_told_who_was_first(proposed, run, as_team_lead, other_team_lead):
    old = seen_now(proposed)
    proposed.approve(by=other_team_lead)

    response = send(as_team_lead, proposed, "send_back", seen=old, remark="Toch nog eens kijken.")

    assert response.status_code == 409
    assert str(other_team_lead) in text(response)
    assert "Toch nog eens kijken." in text(response)
    assert "Deze herbeoordeling is veranderd" in text(response)
    assert "zaak" not in text(response).partition("<dialog")[0]


def test_a_double_click_stops_once(proposed, as_team_lead, other_team_lead):
    proposed.approve(by=other_team_lead)
    proposed.start(by=other_team_lead)
    old = seen_now(proposed)

    answers = [send(as_team_lead, proposed, "stop", seen=old).status_code for _click in range(2)]

    assert answers == [302, 302]
    assert proposed.dossier.events.filter(step="stop").count() == 1


def test_what_was_typed_survives_a_login_that_expired(run, client, team_lead):
    address = page("step", run.pk, "cancel")
    client.post(address, {"action": "send", "seen": seen_now(run), "remark": "Verkeerde grens."})
    client.force_login(team_lead)

    assert "Verkeerde grens." in text(client.get(address))


def test_the_progress_asks_itself_again_while_the_run_is_under_way(proposed, as_team_lead, other_team_lead):
    proposed.approve(by=other_team_lead)
    assert "hx-trigger" not in text(as_team_lead.get(page("progress", proposed.pk)))

    proposed.start(by=other_team_lead)

    assert "hx-trigger" in text(as_team_lead.get(page("progress", proposed.pk)))


def test_what_is_left_has_its_buttons(proposed, as_team_lead, other_team_lead):
    proposed.approve(by=other_team_lead)
    proposed.start(by=other_team_lead)
    tasks.resume()

    rows = as_team_lead.get(page("change", proposed.pk) + "?state=needs_human").context["page"].object_list

    assert [[step.name for step in row.steps] for row in rows] == [["settle"]]
    assert str(proposed) in text(as_team_lead.get(page("changelist") + "?list=needs-a-person"))


# --- Making a list --------------------------------------------------------------------------------------


def test_a_list_is_made_for_a_change_that_was_chosen(reject, as_team_lead):
    decision = reject()
    new = version()

    response = as_team_lead.post(page("new"), {"change": f"thresholds-{new.pk}"})

    run = Renewal.objects.get()
    assert response.headers["Location"] == page("change", run.pk)
    assert run.items.get().decision == decision


@pytest.mark.parametrize("change", ["", "thresholds-0", "kind-x", "zone-1", "thresholds"])
def test_what_is_not_offered_is_refused(change, as_team_lead):
    assert as_team_lead.post(page("new"), {"change": change}).status_code == 422


def test_kinds_and_access_rules_are_offered(as_team_lead):
    _choose, _thresholds, kinds, rules = as_team_lead.get(page("new")).context["form"].fields["change"].choices

    assert kinds[1]
    assert rules[1]


# --- Queries --------------------------------------------------------------------------------------------


def test_a_list_takes_few_queries_whatever_its_length(team_lead, as_team_lead, django_assert_max_num_queries):
    for days in range(12):
        make_list(version(valid_from=timezone.localdate() - timedelta(days=days)), by=team_lead)

    with django_assert_max_num_queries(10):
        assert len(as_team_lead.get(page("changelist")).context["cl"].result_list) == 12


def test_the_page_of_a_run_takes_few_queries_whatever_its_length(
    reject, team_lead, as_team_lead, django_assert_max_num_queries
):
    for _number in range(12):
        reject()
    run = make_list(version(), by=team_lead)

    with django_assert_max_num_queries(25):
        assert len(as_team_lead.get(page("change", run.pk)).context["page"].object_list) == 12


def test_a_step_leads_back_to_the_run_and_not_to_a_case(run, as_team_lead):
    form = text(as_team_lead.get(page("step", run.pk, "propose")))

    assert "Terug naar de herbeoordeling" in form
    assert "Terug naar de zaak" not in form
