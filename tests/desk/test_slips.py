"""Nothing wrong goes out by a slip: doubts ask a reason, Enter never accepts, and the page says what must be known."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape

from casework.current_policy import CurrentPolicy
from casework.desk.conflict import seen_now
from casework.models import Event
from casework.steps import StepRefused
from exemptions.models import EvidenceItem, Ground
from objections.admin.desk_steps import OBJECTIONS
from tests import contest, given
from tests.desk import pages
from tests.desk.pages import refused, status

pytestmark = pytest.mark.django_db
WHY = "De leverancier heeft de nieuwe datum gemaild."
NOT_ENOUGH = "De aangiften zijn onleesbaar"


@pytest.fixture
def rejected(applicant, caseworker, other_caseworker):
    """A case to which one can object."""
    return given.rejected(by=applicant, desk=caseworker, second=other_caseworker)


def granting(application, **change):
    today = timezone.localdate()
    ground = given.ground(Ground.Outcome.GRANT, application)
    return {
        "ground": ground.pk,
        "starts_on": today,
        "ends_on": today + timedelta(days=60),
        "explanation": "Zo lang.",
        **change,
    }


def rejecting(application, **about):
    ground = given.ground(Ground.Outcome.REJECT, application, **about)
    return {"ground": ground.pk, "explanation": "Uw auto voldoet niet."}


def delivered(application, *, days_ago=30):
    """The stated day of delivery has passed."""
    application.answers["expected_on"] = (timezone.localdate() - timedelta(days=days_ago)).isoformat()
    application.save()


# --- Proof and answers that speak against a decision ----------------------------------------------------------


def test_a_grant_on_proof_that_nobody_judged_stops_with_the_fact_and_asks_why(as_caseworker, application):
    item = application.evidence_items.with_all()[0]

    page = refused(pages.send(as_caseworker, application, "grant", **granting(application)))

    assert escape(f"Niemand heeft ‘{item}’ beoordeeld.") in page
    assert 'name="doubts_reason"' in page
    assert status(application) == "in_review"


@pytest.mark.parametrize("action", ["preview", "send"])
def test_no_button_passes_by_the_doubts(as_caseworker, application, action):
    answer = pages.send(as_caseworker, application, "grant", action=action, **granting(application))

    assert answer.status_code == 422
    assert not application.decisions.exists()


def test_the_reason_stays_with_the_decision_and_the_event_and_not_in_the_letter(as_caseworker, application):
    pages.send(as_caseworker, application, "grant", **granting(application, doubts_reason=WHY))

    decision, event = application.decisions.get(), Event.objects.get(step="grant")
    assert decision.doubts_reason == event.detail["doubts_reason"] == WHY
    assert len(decision.doubts) == application.evidence_items.count()
    assert all(WHY not in letter.body for letter in application.dossier.letters.all())
    assert pages.text(as_caseworker.get(pages.case(application))).count(WHY) == 2  # with the decision, in the timeline


def test_the_preview_shows_the_doubts_and_the_reason(as_caseworker, application):
    fields = granting(application, doubts_reason=WHY)

    page = pages.send(as_caseworker, application, "grant", action="preview", **fields)

    assert page.status_code == 200
    assert "Dit pleit ertegen" in pages.text(page)
    assert WHY in pages.text(page)
    assert all(WHY not in letter.body for letter, _words in page.context["letters"])


def test_a_delivery_that_has_passed_stops_a_grant(as_caseworker, applicant, caseworker):
    application = given.judged(by=applicant, desk=caseworker)
    delivered(application)

    form = as_caseworker.get(pages.step(application, "grant")).context["form"]

    assert len(form.doubts) == 1
    assert form["ends_on"].value() is None
    refused(pages.send(as_caseworker, application, "grant", **granting(application)))
    assert status(application) == "in_review"


def test_without_doubts_nothing_more_is_asked(as_caseworker, applicant, caseworker):
    application = given.judged(by=applicant, desk=caseworker)

    page = as_caseworker.get(pages.step(application, "grant"))

    assert "doubts_reason" not in pages.text(page)
    assert "Dit pleit ertegen" not in pages.text(page)
    pages.send(as_caseworker, application, "grant", **granting(application))
    assert "doubts_reason" not in Event.objects.get(step="grant").detail


def test_the_steps_themselves_refuse_without_a_reason(application, caseworker):
    today = timezone.localdate()
    ground = given.ground(Ground.Outcome.GRANT, application)

    for name in ("grant", "propose_grant"):
        with pytest.raises(StepRefused):
            getattr(application, name)(by=caseworker, ground=ground, starts_on=today, ends_on=today, doubts_reason=" ")


def test_a_rejection_of_proof_that_nobody_read_asks_a_reason_of_both(as_caseworker, as_team_lead, application):
    fields = rejecting(application)
    refused(pages.send(as_caseworker, application, "propose_rejection", **fields))
    pages.send(as_caseworker, application, "propose_rejection", **fields, doubts_reason=WHY)
    assert status(application) == "proposed"

    refused(pages.send(as_team_lead, application, "approve_rejection"))
    pages.send(as_team_lead, application, "approve_rejection", doubts_reason="Ik ken deze leverancier.")

    assert status(application) == "rejected"
    assert application.proposals.get().doubts_reason == WHY
    assert application.decisions.get().doubts_reason == "Ik ken deze leverancier."


def test_a_rejection_on_insufficient_proof_goes_without_a_word(as_caseworker, as_team_lead, application):
    application.evidence_items.update(verdict="insufficient", because="Niet getekend.")

    fields = rejecting(application, code="evidence_insufficient")
    pages.send(as_caseworker, application, "propose_rejection", **fields)
    pages.send(as_team_lead, application, "approve_rejection")

    assert status(application) == "rejected"


def test_proof_judged_insufficient_after_the_proposal_stops_the_approval(as_team_lead, applicant, caseworker):
    application = given.judged(by=applicant, desk=caseworker)
    pages_fields = granting(application, ground=given.ground(Ground.Outcome.GRANT, application))
    application.propose_grant(by=caseworker, **pages_fields)
    application.evidence_items.update(verdict="insufficient", because="Niet getekend.")

    page = as_team_lead.get(pages.step(application, "approve_grant"))
    assert "Niet getekend." in pages.text(page)
    refused(pages.send(as_team_lead, application, "approve_grant"))

    assert status(application) == "proposed"


def test_an_approval_without_doubts_shows_the_letter_at_once(as_team_lead, applicant, caseworker):
    application = given.judged(by=applicant, desk=caseworker)
    application.propose_grant(
        by=caseworker, **granting(application, ground=given.ground(Ground.Outcome.GRANT, application))
    )

    page = as_team_lead.get(pages.step(application, "approve_grant"))

    assert [letter.kind for letter, _words in page.context["letters"]] == ["granted"]


# --- The last day, and the ground ---------------------------------------------------------------------------


def test_the_last_day_is_computed_from_the_answer_bounded_and_explained(as_caseworker, application):
    margin = CurrentPolicy.on(timezone.localdate()).number("delivery_margin_days")

    page = as_caseworker.get(pages.step(application, "grant"))

    form = page.context["form"]
    assert form["ends_on"].value() == timezone.localdate() + timedelta(days=120 + margin)
    assert f"+ {margin} dagen" in pages.text(page)


def test_the_browser_offers_no_day_beyond_the_kind(as_caseworker, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker, code="NET")

    page = pages.text(as_caseworker.get(pages.step(application, "grant")))

    assert re.search(r'name="ends_on"[^>]* max="\d{4}-\d\d-\d\d"', page)


def test_a_last_day_beyond_the_kind_is_refused_whatever_the_reason(as_caseworker, applicant, caseworker):
    application = given.judged(by=applicant, desk=caseworker, code="NET")
    late = timezone.localdate() + timedelta(days=366 * 3)

    answer = pages.send(as_caseworker, application, "grant", **granting(application, ends_on=late, doubts_reason=WHY))

    assert answer.status_code == 422


def test_a_last_day_beyond_the_delivery_asks_a_reason(as_caseworker, applicant, caseworker):
    application = given.judged(by=applicant, desk=caseworker)
    fields = granting(application, ends_on=timezone.localdate() + timedelta(days=900))

    refused(pages.send(as_caseworker, application, "grant", **fields))
    pages.send(as_caseworker, application, "grant", **fields, doubts_reason=WHY)

    assert status(application) == "granted"


def test_the_only_ground_is_chosen_already(as_caseworker, application):
    form = as_caseworker.get(pages.step(application, "grant")).context["form"]

    assert form["ground"].value() == given.ground(Ground.Outcome.GRANT, application).pk
    assert len(form.fields["ground"].choices) == 1


# --- Judging ------------------------------------------------------------------------------------------------


@pytest.fixture
def hardship(applicant, caseworker):
    """A case with several items of proof."""
    return given.taken_up(by=applicant, desk=caseworker, code="BEO")


def judging(client, application, judgement, **reasons):
    because = {f"because-{pk}": text for pk, text in reasons.items()}
    return client.post(
        pages.step(application, "judge"),
        {"action": "send", "seen": seen_now(application), "judgement": judgement, **because},
    )


def test_enter_in_a_reason_never_accepts(as_caseworker, hardship):
    first, second, *_more = hardship.evidence_items.with_all()

    judging(as_caseworker, hardship, "", **{str(first.pk): "", str(second.pk): NOT_ENOUGH})

    second.refresh_from_db()
    assert (second.verdict, second.because) == ("insufficient", NOT_ENOUGH)
    assert not hardship.evidence_items.filter(verdict="accepted").exists()


def test_enter_without_a_reason_or_with_two_does_nothing(as_caseworker, hardship):
    first, second, *_more = hardship.evidence_items.with_all()

    assert judging(as_caseworker, hardship, "").status_code == 422
    two = {str(first.pk): "Een.", str(second.pk): "Twee."}
    assert judging(as_caseworker, hardship, "", **two).status_code == 422

    assert not hardship.evidence_items.exclude(verdict="").exists()
    assert "Twee." in pages.text(as_caseworker.get(pages.case(hardship)))


def test_accepting_with_a_reason_is_refused_in_words(as_caseworker, hardship, caseworker):
    item = hardship.evidence_items.with_all()[0]

    page = pages.text(judging(as_caseworker, hardship, f"{item.pk} accepted", **{str(item.pk): NOT_ENOUGH}))

    assert NOT_ENOUGH in page
    assert "kies ‘niet voldoende’" in page
    with pytest.raises(StepRefused):
        hardship.judge(by=caseworker, item=item, verdict="accepted", because=NOT_ENOUGH)
    item.refresh_from_db()
    assert item.verdict == ""


def test_a_reason_typed_at_another_item_is_there_after_judging(as_caseworker, hardship):
    first, second, *_more = hardship.evidence_items.with_all()

    judging(as_caseworker, hardship, f"{first.pk} accepted", **{str(second.pk): NOT_ENOUGH})

    page = pages.text(as_caseworker.get(pages.case(hardship)))
    assert f'name="because-{second.pk}" value="{NOT_ENOUGH}"' in page
    judging(as_caseworker, hardship, f"{second.pk} insufficient", **{str(second.pk): NOT_ENOUGH})
    second.refresh_from_db()
    assert second.because == NOT_ENOUGH


def test_what_was_insufficient_can_be_accepted_with_the_old_reason_still_there(as_caseworker, hardship, caseworker):
    item = hardship.evidence_items.with_all()[0]
    hardship.judge(by=caseworker, item=item, verdict="insufficient", because=NOT_ENOUGH)

    judging(as_caseworker, hardship, f"{item.pk} accepted", **{str(item.pk): NOT_ENOUGH})

    item.refresh_from_db()
    assert (item.verdict, item.because) == (EvidenceItem.Verdict.ACCEPTED, "")


@pytest.mark.parametrize(
    "judgement", ["x", "1", "accepted", "99999999999999999999 accepted", "-1 accepted", "² insufficient"]
)
def test_a_judgement_that_names_no_item_is_refused(as_caseworker, hardship, judgement):
    assert judging(as_caseworker, hardship, judgement).status_code == 422


# --- Language of the letter ---------------------------------------------------------------------------------


@pytest.fixture
def english(application):
    application.language = "en"
    application.save()
    return application


@pytest.mark.parametrize("name", ["grant", "propose_rejection", "ask_completion", "offer_hearing", "convert"])
def test_the_form_says_in_which_language_the_letter_goes(as_caseworker, english, name):
    page = pages.text(as_caseworker.get(pages.step(english, name)))

    assert "Deze brief gaat in het Engels." in page
    assert page.count("Schrijf in het Engels.") >= 2  # above, and at the text itself
    assert re.search(r'<textarea[^>]* lang="en"', page)


def test_the_preview_and_the_checklist_say_it_too(as_caseworker, english):
    fields = granting(english, doubts_reason=WHY)

    preview = pages.text(pages.send(as_caseworker, english, "grant", action="preview", **fields))

    assert "Deze brief gaat in het Engels." in preview
    assert "Schrijf in het Engels." in pages.text(as_caseworker.get(pages.case(english)))


def test_a_dutch_letter_is_said_to_be_dutch_and_a_note_says_nothing(as_caseworker, application):
    assert "Deze brief gaat in het Nederlands." in pages.text(as_caseworker.get(pages.step(application, "grant")))
    assert "Deze brief" not in pages.text(as_caseworker.get(pages.step(application, "note")))


def test_an_objection_says_it_too(as_objection_officer, applicant, rejected):
    objection = contest.filed(rejected, by=applicant)
    objection.application.language = "en"
    objection.application.save()

    assert "Schrijf in het Engels." in pages.text(as_objection_officer.get(pages.step(objection, "ask_repair")))


# --- What cannot be done yet, and why -----------------------------------------------------------------------


def test_setting_aside_waits_for_the_running_request_and_says_until_when(as_caseworker, applicant, caseworker):
    application = given.waiting(by=applicant, desk=caseworker)

    page = pages.text(as_caseworker.get(pages.case(application)))

    assert f'"{pages.step(application, "set_aside")}"' not in page
    assert re.search(r"<button[^>]* disabled[^>]*>Buiten behandeling stellen</button>", page)
    assert "De aanvrager kan nog antwoorden tot en met" in page


def test_setting_aside_too_early_is_refused_with_the_right_reason(as_caseworker, applicant, caseworker):
    application = given.waiting(by=applicant, desk=caseworker)
    ground = given.ground(Ground.Outcome.SET_ASIDE, application)

    page = pages.text(pages.send(as_caseworker, application, "set_aside", ground=ground.pk, explanation="Onvoldoende."))

    assert "De aanvrager kan nog antwoorden tot en met" in page
    assert "Vraag eerst om aanvulling" not in page


def test_granting_unverified_data_leads_to_the_step_that_mends_it(as_caseworker, application):
    application.facts_verified = False
    application.save()

    for page in (pages.case(application), pages.step(application, "grant")):
        text = pages.text(as_caseworker.get(page))
        assert "De voertuiggegevens zijn nog niet gecontroleerd" in text
        assert pages.step(application, "correct_facts") in text


def test_an_objection_shows_why_a_step_must_wait(applicant, rejected, objection_officer):
    objection = contest.filed(rejected, by=applicant, grounds="")

    _offered, hindered = OBJECTIONS.sort_steps(objection, objection_officer)

    admit = next(one for one in hindered if one.step.name == "admit")
    assert [step.name for step in admit.repairs] == ["ask_repair"]


# --- Whose case it is, and the second pair of eyes ----------------------------------------------------------


@pytest.mark.parametrize("page", [pages.case, lambda case: pages.step(case, "grant")])
def test_a_colleagues_case_says_so(as_other_caseworker, as_caseworker, application, caseworker, page):
    said = escape(f"Deze zaak is van {caseworker}.")

    assert said in pages.text(as_other_caseworker.get(page(application)))
    assert said not in pages.text(as_caseworker.get(page(application)))


def test_an_objection_of_a_colleague_says_so(as_objection_officer, applicant, rejected, other_caseworker):
    objection = contest.filed(rejected, by=applicant)
    objection.assigned_to = other_caseworker
    objection.save()

    page = pages.text(as_objection_officer.get(pages.step(objection, "note")))

    assert escape(f"Deze zaak is van {other_caseworker}.") in page


def test_the_proposal_stands_on_top_with_the_state_of_the_proof(as_team_lead, applicant, caseworker):
    application = given.proposed(by=applicant, desk=caseworker)

    page = pages.text(as_team_lead.get(pages.case(application)))
    head = page[page.index('class="desk-head"') : page.index("</header>", page.index('class="desk-head"'))]

    assert str(caseworker) in head
    assert "Uw auto voldoet niet." in head
    assert given.EXPLAINED in head
    assert "nog niet beoordeeld" in head


def test_the_list_says_which_proposal_waits_and_of_whom(as_team_lead, applicant, caseworker):
    application = given.proposed(by=applicant, desk=caseworker)

    page = pages.text(as_team_lead.get(pages.worklist("to-approve")))

    assert escape(f"voorstel van {caseworker}") in page
    assert escape(str(application.proposals.get().ground)) in page


# --- Two at once --------------------------------------------------------------------------------------------


def test_one_goes_on_with_ones_text_where_the_step_is_still_possible(as_caseworker, application, other_caseworker):
    seen, item = seen_now(application), application.evidence_items.first()
    application.judge(by=other_caseworker, item=item, verdict="accepted")
    row = {"what_1": "Emissieklasse", "given_1": "Euro 6", "found_1": "Euro 4"}
    fields = {"ends_on": given.working_day(), "differing_data": "Een lange uitleg.", **row}

    told = pages.send(as_caseworker, application, "offer_hearing", seen=seen, **fields)
    assert told.status_code == 409
    assert "Ga verder met deze tekst" in pages.text(told)
    form = pages.send(
        as_caseworker,
        application,
        "offer_hearing",
        action="change",
        seen=told.context["seen"],
        **dict(told.context["sent"]),
    )

    assert form.status_code == 200
    assert "Een lange uitleg." in pages.text(form)
    assert status(application) == "in_review"


def test_there_is_no_going_on_where_the_step_is_not_possible_any_more(as_caseworker, application, other_caseworker):
    seen = seen_now(application)
    application.withdraw(by=other_caseworker)

    told = pages.send(as_caseworker, application, "extend", seen=seen, reason="Een lange uitleg.")

    assert "Een lange uitleg." in pages.text(told)
    assert "Ga verder met deze tekst" not in pages.text(told)


# --- Help and rule say the same -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "setting", "more"), [("ask_completion", "remind_after_days", 1), ("offer_hearing", "least_answer_days", 0)]
)
def test_the_first_day_that_a_form_offers_is_the_first_that_the_step_takes(
    as_caseworker, application, name, setting, more
):
    first = given.working_day(CurrentPolicy.on(timezone.localdate()).number(setting) + more)

    page = pages.text(as_caseworker.get(pages.step(application, name)))

    assert re.search(rf'name="ends_on"[^>]* min="{first.isoformat()}"', page)
