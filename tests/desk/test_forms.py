"""The forms of a case that is handled: what each does when filled in well, and the message when not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from casework.letter_pdfs import render_letter_html
from casework.steps import StepRefused
from exemptions.admin import step_forms
from exemptions.models import FactsRecord, Ground
from tests import given
from tests.desk import pages
from tests.desk.pages import refused, status

pytestmark = pytest.mark.django_db


# --- Take up, assign, note, judge ----------------------------------------------------------------------


def test_taking_up_needs_one_click(as_caseworker, applicant, caseworker):
    application = given.filed(by=applicant)

    answer = pages.send(as_caseworker, application, "take_up")

    assert answer.url == pages.case(application)
    assert status(application) == "in_review"
    assert application.assigned_to == caseworker


def test_a_case_is_given_to_a_colleague(as_team_lead, application, other_caseworker):
    pages.send(as_team_lead, application, "assign", to=other_caseworker.pk)

    application.refresh_from_db()
    assert application.assigned_to == other_caseworker


def test_a_case_is_only_offered_to_who_can_handle_it(
    as_team_lead, application, objection_officer, municipal_caseworker
):
    for stranger in (objection_officer, municipal_caseworker):
        refused(pages.send(as_team_lead, application, "assign", to=stranger.pk), "Colleague")


def test_a_local_case_is_also_offered_to_the_people_of_its_municipality(
    as_team_lead, applicant, caseworker, municipal_caseworker, other_municipal_caseworker
):
    application = given.taken_up(by=applicant, desk=caseworker, code="HAR")

    page = pages.text(as_team_lead.get(pages.step(application, "assign")))

    assert str(municipal_caseworker) in page
    assert str(other_municipal_caseworker) not in page


def test_a_note_stands_on_the_case_page(as_caseworker, application):
    pages.send(as_caseworker, application, "note", text="Gebeld met de aanvrager.")

    assert "Gebeld met de aanvrager." in pages.text(as_caseworker.get(pages.case(application)))


def test_an_empty_note_is_refused(as_caseworker, application):
    refused(pages.send(as_caseworker, application, "note", text="  "), "This field is required.")


def test_an_item_is_judged_on_the_case_page(as_caseworker, application):
    item = application.evidence_items.with_all()[0]

    pages.send(as_caseworker, application, "judge", item=item.pk, verdict="insufficient", because="Niet getekend.")

    item.refresh_from_db()
    assert (item.verdict, item.because) == ("insufficient", "Niet getekend.")


def test_insufficient_without_a_reason_is_refused(as_caseworker, application):
    item = application.evidence_items.with_all()[0]

    answer = pages.send(as_caseworker, application, "judge", item=item.pk, verdict="insufficient", because="")

    refused(answer, "Say why this is not sufficient: the applicant will read it.")


def test_the_item_of_another_case_cannot_be_judged(as_caseworker, application, stranger):
    other = given.filed(by=stranger, plate="V999AA").evidence_items.first()

    refused(pages.send(as_caseworker, application, "judge", item=other.pk, verdict="accepted"), "Item")


# --- Completion ------------------------------------------------------------------------------------------


def asking(application, *, why="De handtekening ontbreekt.", ends_on=None):
    item = application.evidence_items.with_all()[0]
    return {f"item_{item.pk}": "on", f"why_{item.pk}": why, "ends_on": ends_on or given.working_day()}


def test_completion_is_asked_with_the_chosen_items_and_their_why(as_caseworker, application):
    pages.send(as_caseworker, application, "ask_completion", explanation="Graag snel.", **asking(application))

    asked = application.completion_requests.get()
    assert status(application) == "waiting"
    assert [item.why for item in asked.items.all()] == ["De handtekening ontbreekt."]
    assert asked.explanation == "Graag snel."


def test_what_was_found_insufficient_is_ticked_beforehand(as_caseworker, application, caseworker):
    item = application.evidence_items.with_all()[0]
    application.judge(by=caseworker, item=item, verdict="insufficient", because="Pagina 2 ontbreekt.")

    form = as_caseworker.get(pages.step(application, "ask_completion")).context["form"]

    assert form[f"item_{item.pk}"].initial is True
    assert form[f"why_{item.pk}"].initial == "Pagina 2 ontbreekt."


def sunday():
    """A Sunday, more than a month from now."""
    later = timezone.localdate() + timedelta(days=40)
    return later + timedelta(days=6 - later.weekday())


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"why": ""}, "Say why you ask this: the applicant will read it."),
        ({"ends_on": timezone.localdate() + timedelta(days=2)}, "minstens 15 dagen"),
        ({"ends_on": sunday()}, "The last day is a weekend day or a holiday: choose a working day."),
        ({"ends_on": "morgen"}, "Enter a valid date."),
    ],
)
def test_a_bad_request_for_completion_is_refused_and_nothing_typed_is_lost(
    as_caseworker, application, change, sentence
):
    fields = {"explanation": "Een lange toelichting.", **asking(application, **change)}

    page = refused(pages.send(as_caseworker, application, "ask_completion", **fields), sentence)

    assert "Een lange toelichting." in page
    assert status(application) == "in_review"


def test_nothing_chosen_is_refused(as_caseworker, application):
    answer = pages.send(as_caseworker, application, "ask_completion", ends_on=given.working_day())

    refused(answer, "Choose at least one item, or write in the explanation what you ask for.")


def test_an_answer_by_phone_is_written_down(as_caseworker, applicant, caseworker):
    application = given.waiting(by=applicant, desk=caseworker)

    pages.send(as_caseworker, application, "supply", answer="Contract volgt per post.")

    assert status(application) == "supplied"


def test_a_reminder_is_sent_once(as_caseworker, applicant, caseworker):
    application = given.waiting(by=applicant, desk=caseworker)
    pages.send(as_caseworker, application, "remind")

    assert application.dossier.letters.filter(kind="reminder").count() == 1
    assert as_caseworker.get(pages.step(application, "remind")).status_code == 409


@pytest.mark.parametrize(
    ("name", "requests", "then"), [("ask_again", 2, "waiting"), ("go_on_unanswered", 1, "in_review")]
)
def test_after_silence_one_asks_again_or_goes_on(login, applicant, caseworker, time_machine, name, requests, then):
    application = given.waiting(by=applicant, desk=caseworker)
    time_machine.move_to(application.open_request().ends_on + timedelta(days=1))

    pages.send(login(caseworker), application, name)

    assert status(application) == then
    assert application.completion_requests.count() == requests


# --- Hearing ---------------------------------------------------------------------------------------------


def test_a_view_is_asked_and_written_down(as_caseworker, application):
    pages.send(as_caseworker, application, "offer_hearing", ends_on=given.working_day(), **pages.DIFFERS)
    assert status(application) == "hearing"

    pages.send(as_caseworker, application, "give_view", view="Dat klopt niet.")

    assert status(application) == "supplied"
    assert application.view_requests.get().view == "Dat klopt niet."


def test_a_hearing_without_data_is_refused(as_caseworker, application):
    refused(
        pages.send(as_caseworker, application, "offer_hearing", ends_on=given.working_day(), differing_data="Iets."),
        "Name at least one piece of data: what the applicant gave, and what you found where.",
    )


def test_half_a_row_of_data_is_refused(as_caseworker, application):
    sent = pages.send(as_caseworker, application, "offer_hearing", ends_on=given.working_day(), what_1="Tarief")
    refused(sent, "Fill this in too: the applicant reads the whole row.")


def test_the_form_knows_what_was_typed_and_what_the_register_says(as_caseworker, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker, source=FactsRecord.Source.APPLICANT, plate="VX124Z")
    application.correct_facts(by=caseworker, facts=replace(given.VAN, emission_class="5"), reason="Kentekencard.")

    page = pages.text(as_caseworker.get(pages.step(application, "offer_hearing")))
    pages.send(as_caseworker, application, "offer_hearing", ends_on=given.working_day(), known_0="on")

    assert "Emissieklasse: ingevuld als Euro 4; gevonden: Euro 5" in page
    (row,) = application.view_requests.get().table
    assert (row.what, row.given) == ("Emissieklasse", "Euro 4")
    letter = application.dossier.letters.get(kind="hearing_offer")
    assert f"<td>Euro 4</td><td>{row.found}</td>" in render_letter_html(letter.body)


def test_a_hearing_that_ended_in_silence_is_closed(login, application, caseworker, time_machine):
    application.offer_hearing(by=caseworker, differences=given.DIFFERING, ends_on=given.working_day())
    time_machine.move_to(given.working_day() + timedelta(days=1))

    pages.send(login(caseworker), application, "close_hearing")

    assert status(application) == "in_review"


# --- Facts -----------------------------------------------------------------------------------------------


def test_the_facts_are_corrected_and_the_older_version_stays(as_caseworker, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker, source=FactsRecord.Source.APPLICANT)
    form = as_caseworker.get(pages.step(application, "correct_facts")).context["form"]
    assert form["emission_class"].initial == "4"

    facts = {"category": "van", "emission_class": "6", "first_admission": "2016-05-01", "body_codes": "27, 31"}
    pages.send(as_caseworker, application, "correct_facts", reason="Kentekenbewijs gezien.", **facts)

    application.refresh_from_db()
    now, before = application.facts_records.order_by("-pk")
    assert (now.vehicle.emission_class, now.vehicle.body_codes) == ("6", frozenset({"27", "31"}))
    assert before.vehicle.emission_class == "4"
    assert application.facts_verified


def test_a_correction_without_a_reason_is_refused(as_caseworker, application):
    refused(pages.send(as_caseworker, application, "correct_facts", category="van"), "This field is required.")


def test_a_double_click_writes_one_note_and_another_day_one_more(applicant, caseworker, time_machine):
    application = given.taken_up(by=applicant, desk=caseworker)
    application.note(by=caseworker, text="Gebeld.")
    application.note(by=caseworker, text="Gebeld.")
    assert application.notes.count() == 1

    time_machine.move_to(timezone.localtime() + timedelta(days=1))
    application.note(by=caseworker, text="Gebeld.")

    assert application.notes.count() == 2


@pytest.mark.parametrize("filled", [{}, {"what_2": "Tarief", "given_2": "Bijzonder"}])
def test_differences_stand_by_themselves_and_open_where_something_is_in_them(as_caseworker, application, filled):
    page = pages.send(as_caseworker, application, "offer_hearing", ends_on=given.working_day(), **filled)

    text = refused(page)
    rows = page.context["form"].rows
    assert [row.is_folded for row in rows] == [False, not filled, True]
    assert text.count('<details class="desk-difference"') == sum(row.is_folded for row in rows)
    assert 'value="Bijzonder"' in text or not filled
    assert [text.count(f'name="{part}_{number}"') for part in ("what", "given", "found") for number in (1, 2, 3)] == [
        1
    ] * 9


# --- Refusals at their field --------------------------------------------------------------------------------


def at_field(page, name, words):
    """The refusal is shown at this field, not only above the form."""
    assert page.status_code == 422
    form = page.context["form"]
    assert any(words in error for error in form.errors[name]), form.errors
    assert not form.non_field_errors()
    assert f'id="id_{name}_error"' in pages.text(page)


def test_a_last_day_before_the_first_is_told_at_the_last_day(as_caseworker, applicant, caseworker):
    application = given.judged(by=applicant, desk=caseworker)
    first = timezone.localdate() + timedelta(days=30)
    ground = given.ground(Ground.Outcome.GRANT, application)

    page = pages.send(
        as_caseworker, application, "grant", ground=ground.pk, starts_on=first, ends_on=first - timedelta(days=1)
    )

    at_field(page, "ends_on", "De laatste dag ligt vóór de eerste.")
    assert page.context["form"]["starts_on"].value() == first.isoformat()


def test_too_short_a_term_is_told_at_its_day(as_caseworker, application):
    tomorrow = timezone.localdate() + timedelta(days=1)

    page = pages.send(as_caseworker, application, "offer_hearing", ends_on=tomorrow, **pages.DIFFERS)

    at_field(page, "ends_on", "Geef de aanvrager minstens")


def test_a_refusal_about_the_case_stands_above_the_form(as_caseworker, applicant, caseworker):
    application = given.judged(by=applicant, desk=caseworker)
    application.facts_verified = False
    application.save()
    ground, today = given.ground(Ground.Outcome.GRANT, application), timezone.localdate()

    page = pages.send(as_caseworker, application, "grant", ground=ground.pk, starts_on=today, ends_on=today)

    assert page.context["form"].non_field_errors()


def test_a_refusal_of_a_field_that_this_form_has_not_stands_above_it(application):
    form = step_forms.NoteForm({}, case=application)

    StepRefused("Te laat.", field="ends_on").add_to(form)

    assert form.non_field_errors() == ["Te laat."]
