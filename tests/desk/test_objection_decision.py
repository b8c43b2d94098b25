"""Deciding on an objection: the usual days, the letter first, costs and hearing only where they are open."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from casework.steps import DOTS
from exemptions.models import Ground
from tests import contest, given
from tests.desk import pages
from tests.desk.pages import refused, status

pytestmark = pytest.mark.django_db


@pytest.fixture
def rejected(applicant, caseworker, other_caseworker):
    return given.rejected(by=applicant, desk=caseworker, second=other_caseworker)


@pytest.fixture
def handling(rejected, applicant, objection_officer):
    return contest.handling(rejected, by=applicant, desk=objection_officer)


@pytest.fixture
def with_costs(rejected, applicant, objection_officer):
    return contest.handling(rejected, by=applicant, desk=objection_officer, costs_asked=True)


def upholding(objection, **fields):
    return {
        "ground": given.ground(Ground.Outcome.GRANT, objection.application).pk,
        **given.as_asked(objection.application),
        "explanation": "U hebt gelijk.",
        "skip_hearing": "on",
        **fields,
    }


def fields_of(client, objection, name):
    return set(client.get(pages.step(objection, name)).context["form"].fields)


def test_the_days_are_those_that_were_asked(as_objection_officer, handling):
    application, today = handling.application, timezone.localdate()
    application.wanted_from, application.wanted_until = today - timedelta(days=9), today + timedelta(days=40)
    application.save()

    initial = as_objection_officer.get(pages.step(handling, "uphold")).context["form"].initial

    assert initial["starts_on"] == application.received_on  # not before it was asked
    assert initial["ends_on"] == application.wanted_until


def test_upholding_grants_the_exemption_after_all(as_objection_officer, handling, objection_officer):
    pages.send(as_objection_officer, handling, "uphold", **upholding(handling))

    new = handling.application.decisions.standing().get()
    assert status(handling) == "upheld"
    assert (new.outcome, new.taken_by) == ("granted", objection_officer)


def unreferenced(letter, *references):
    """The words of a letter, with dots in place of newly issued numbers."""
    words = letter.body
    for reference in references:
        words = words.replace(reference, DOTS).replace(reference.replace("-", r"\-"), DOTS)
    return words


def test_what_is_sent_is_what_was_shown(as_objection_officer, handling):
    fields = upholding(handling)
    shown = pages.send(as_objection_officer, handling, "uphold", action="preview", **fields).context["letters"][0][0]
    assert handling.decision.reference in shown.body.replace("\\", "")
    assert not handling.decisions.exists()

    pages.send(as_objection_officer, handling, "uphold", **fields)

    sent, decided = handling.dossier.letters.get(kind="objection_upheld"), handling.decisions.get()
    assert shown.body == unreferenced(sent, decided.reference, decided.new_decision.reference)


@pytest.mark.parametrize("name", ["declare_unfounded", "declare_inadmissible"])
def test_what_is_sent_of_a_refusal_is_what_was_shown(as_objection_officer, handling, name):
    fields = {"explanation": "Het register is duidelijk.", "because": "no_interest", "skip_hearing": "on"}
    shown = pages.send(as_objection_officer, handling, name, action="preview", **fields).context["letters"][0][0]

    pages.send(as_objection_officer, handling, name, **fields)

    decided = handling.decisions.get()
    assert shown.body == unreferenced(handling.dossier.letters.get(kind=shown.kind), decided.reference)


def test_no_hearing_is_offered_as_a_choice_only_where_none_was_held(as_objection_officer, handling, objection_officer):
    assert "skip_hearing" in fields_of(as_objection_officer, handling, "uphold")

    contest.waived(handling, desk=objection_officer)

    assert "skip_hearing" not in fields_of(as_objection_officer, handling, "uphold")


def test_without_a_hearing_or_a_ground_nobody_decides(as_objection_officer, handling):
    fields = upholding(handling)
    del fields["skip_hearing"]

    answer = pages.send(as_objection_officer, handling, "uphold", action="preview", **fields)

    refused(answer, "Offer a hearing first, or give the ground on which there is none (Awb 7:2, 7:3).")


def test_costs_are_asked_of_the_decider_only_where_the_objector_asked(as_objection_officer, handling):
    assert "costs_because" not in fields_of(as_objection_officer, handling, "uphold")


def test_costs_that_were_asked_are_decided_about(as_objection_officer, with_costs):
    assert pages.send(as_objection_officer, with_costs, "uphold", **upholding(with_costs)).status_code == 422
    fields = upholding(with_costs, costs_eur="647.50", costs_because="Eén punt, gewicht gemiddeld.")

    pages.send(as_objection_officer, with_costs, "uphold", **fields)

    assert with_costs.decisions.get().costs_eur == Decimal("647.50")
    assert "647,50" in with_costs.dossier.letters.get(kind="objection_upheld").body


def test_nothing_is_paid_where_the_decision_stays(as_objection_officer, with_costs):
    assert "costs_eur" not in fields_of(as_objection_officer, with_costs, "declare_unfounded")


@pytest.mark.parametrize(
    "fields",
    [{"ground": "0"}, {"explanation": " "}, {"starts_on": "2020-01-01"}, {"ends_on": "9999-12-31"}, {"ends_on": "x"}],
)
def test_a_bad_decision_is_refused(as_objection_officer, handling, fields):
    answer = pages.send(as_objection_officer, handling, "uphold", **upholding(handling, **fields))

    assert answer.status_code == 422
    assert status(handling) == "handling"


def reasons(client, objection):
    form = client.get(pages.step(objection, "declare_inadmissible")).context["form"]
    return [value for value, _label in form.fields["because"].choices]


def test_only_reasons_that_can_hold_are_offered_for_inadmissible(as_objection_officer, handling):
    assert reasons(as_objection_officer, handling) == ["no_interest", "no_decision"]


def test_late_and_not_excused_is_a_reason(login, rejected, applicant, objection_officer, time_machine):
    time_machine.move_to(timezone.localtime() + timedelta(weeks=7))
    objection = contest.filed(rejected, by=applicant, late_reason="Vergeten.")
    client = login(objection_officer)
    assert "late" in reasons(client, objection)

    fields = {"because": "late", "explanation": "Vergeten is geen goede reden.", "skip_hearing": "on"}
    pages.send(client, objection, "declare_inadmissible", **fields)

    assert status(objection) == "inadmissible"
    assert objection.excused is False


def test_what_was_set_aside_is_rejected_on_the_merits(as_objection_officer, applicant, caseworker, objection_officer):
    application = given.waiting(by=applicant, desk=caseworker)
    application.supply(by=applicant, answer="Meer heb ik niet.")
    application.set_aside(by=caseworker, ground=Ground.objects.get(code="wrong_data"), explanation=given.EXPLAINED)
    objection = contest.handling(application, by=applicant, desk=objection_officer)
    contest.heard(objection, by=applicant, desk=objection_officer)

    fields = {"explanation": "Het voertuig is er al.", "ground": given.ground(Ground.Outcome.REJECT, application).pk}
    pages.send(as_objection_officer, objection, "uphold_and_reject", **fields)

    assert status(objection) == "upheld"
    assert status(application) == "rejected"


def test_7_11_the_penalty_is_set_anew_at_the_desk(
    as_objection_officer, rejected, applicant, caseworker, objection_officer
):
    penalty = given.penalty(rejected, by=caseworker)
    objection = contest.handling(rejected, by=applicant, desk=objection_officer, decision=penalty)

    fields = {"penalty_eur": "910", "explanation": "Tien dagen minder.", "skip_hearing": "on"}
    pages.send(as_objection_officer, objection, "uphold_penalty", **fields)

    assert status(objection) == "upheld"
    assert objection.decisions.get().new_decision.penalty_eur == 910


def test_4_19_who_decides_on_both_is_asked_about_the_penalty(
    as_objection_officer, rejected, applicant, caseworker, objection_officer
):
    penalty = given.penalty(rejected, by=caseworker)
    objection = contest.handling(rejected, by=applicant, desk=objection_officer, penalty=penalty)
    fields = {"explanation": "Het register is duidelijk.", "skip_hearing": "on"}
    assert pages.send(as_objection_officer, objection, "declare_unfounded", **fields).status_code == 422

    pages.send(as_objection_officer, objection, "declare_unfounded", **fields, penalty_because="De dagen kloppen.")

    assert objection.decisions.get().penalty_because == "De dagen kloppen."
