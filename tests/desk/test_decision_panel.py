"""Deciding beside the case: the facts, the conditions, text blocks, and a letter that follows what is filled in."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from exemptions.models import Ground, TextBlock
from tests import given
from tests.desk import pages
from tests.looping import each

pytestmark = pytest.mark.django_db
DECIDING = ("grant", "propose_rejection", "ask_completion", "offer_hearing")


@pytest.fixture
def application(applicant, caseworker):
    """A case in which all proof was accepted."""
    return given.judged(by=applicant, desk=caseworker)


def granting(application, **change):
    today = timezone.localdate()
    ground = given.ground(Ground.Outcome.GRANT, application).pk
    return {"ground": ground, "starts_on": today, "ends_on": today + timedelta(days=90), "explanation": "", **change}


def rejecting(application, **change):
    return {"ground": given.ground(Ground.Outcome.REJECT, application).pk, "explanation": "", **change}


def drafted(client, application, name, **fields) -> str:
    """What stands beside the form, as it is filled in."""
    response = pages.send(client, application, name, action="draft", **fields)
    assert response.status_code == 200
    return pages.text(response)


# --- The case beside the form ---------------------------------------------------------------------------


@each("step", DECIDING)
def test_the_facts_the_conditions_and_the_proof_stand_beside_the_form(step, as_caseworker, application):
    page = pages.text(as_caseworker.get(pages.step(application, step)))

    for words in ("Voorwaarden van deze soort", "Besteld voordat de aanvraag binnenkwam", "akkoord", "Bron: "):
        assert words in page
    assert pages.document(application, application.relevant_evidence[0].documents.get().pk) in page


def test_who_approves_a_grant_has_the_case_beside_the_letter(as_team_lead, application, caseworker):
    ground = given.ground(Ground.Outcome.GRANT, application)
    application.propose_grant(by=caseworker, **granting(application, ground=ground, explanation="Korter dan gevraagd."))

    page = pages.text(as_team_lead.get(pages.step(application, "approve_grant")))

    for words in ('class="desk-letter"', "Voorwaarden van deze soort", "Besteld voordat de aanvraag binnenkwam"):
        assert words in page
    assert pages.document(application, application.relevant_evidence[0].documents.get().pk) in page


def test_who_approves_in_spite_of_doubts_has_the_case_beside_the_reason(as_team_lead, applicant, caseworker):
    application = given.proposed(by=applicant, desk=caseworker)

    page = pages.text(as_team_lead.get(pages.step(application, "approve_rejection")))

    assert 'name="doubts_reason"' in page
    assert "Voorwaarden van deze soort" in page


def test_what_only_a_person_can_judge_is_listed_as_the_grounds_of_the_kind(as_caseworker, application):
    page = pages.text(as_caseworker.get(pages.step(application, "propose_rejection")))

    assert "Geen bestelling aangetoond" in page.partition("<form method")[0]


def test_the_page_takes_as_many_queries_however_much_there_is(as_caseworker, application):
    address = pages.step(application, "grant")
    as_caseworker.get(address)
    with CaptureQueriesContext(connection) as few:
        as_caseworker.get(address)

    for number in range(5):
        given.attach(application.relevant_evidence[0], name=f"{number}.pdf")
        block(f"more_{number}", use="grant")

    with CaptureQueriesContext(connection) as many:
        as_caseworker.get(address)
    assert len(many) == len(few)


def test_the_only_ground_and_the_last_day_are_filled_in(as_caseworker, application):
    form = as_caseworker.get(pages.step(application, "grant")).context["form"]

    assert form["ground"].value() == given.ground(Ground.Outcome.GRANT, application).pk
    assert form["ends_on"].value() == date.fromisoformat(application.answers["expected_on"]) + timedelta(days=14)


# --- The letter beside it ------------------------------------------------------------------------------


def test_the_letter_follows_what_is_filled_in_and_nothing_happens(as_caseworker, application):
    before = application.dossier.events.count()

    draft = drafted(as_caseworker, application, "grant", **granting(application, explanation="Korter is genoeg."))

    assert "Korter is genoeg." in draft
    assert "geven" in draft
    assert pages.status(application) == "in_review"
    assert (application.dossier.events.count(), application.dossier.letters.count()) == (before, 1)


def test_a_text_that_is_still_empty_is_named_and_the_letter_is_there(as_caseworker, application):
    draft = drafted(as_caseworker, application, "propose_rejection", **rejecting(application))

    assert "Nog in te vullen: Toelichting in de brief." in draft
    assert 'class="desk-letter"' in draft


def test_a_shorter_grant_asks_for_its_reasons_beside_the_letter(as_caseworker, application):
    draft = drafted(as_caseworker, application, "grant", **granting(application))

    assert "Nog in te vullen: Toelichting in de brief." in draft


@each(
    "change, words",
    [({"ground": ""}, "Grond"), ({"ends_on": "31-02-2027"}, "Laatste dag"), ({"ends_on": ""}, "Laatste dag")],
)
def test_what_makes_a_letter_impossible_is_said_in_its_place(change, words, as_caseworker, application):
    draft = drafted(as_caseworker, application, "grant", **granting(application, **change))

    assert "Er is nog geen brief:" in draft
    assert words in draft


def test_what_speaks_against_it_follows_too_and_still_asks_a_reason(as_caseworker, application):
    long = granting(application, ends_on=date.fromisoformat(application.answers["expected_on"]) + timedelta(days=200))

    draft = drafted(as_caseworker, application, "grant", **long)

    assert "Dit pleit ertegen" in draft
    assert 'name="doubts_reason"' in draft
    assert "Zeg waarom u toch zo beslist" not in draft
    assert pages.send(as_caseworker, application, "grant", **long).status_code == 422


def test_the_sum_of_the_last_day_follows_the_first(as_caseworker, applicant, caseworker):
    application = given.judged(by=applicant, desk=caseworker, code="NEV")
    form = granting(application, starts_on=timezone.localdate() + timedelta(days=40))

    assert "id_ends_on_helptext" in drafted(as_caseworker, application, "grant", **form)


def test_what_is_typed_into_it_stays_text(as_caseworker, application):
    hostile = '<script>alert("x")</script> {plate} **vet**'

    draft = drafted(as_caseworker, application, "grant", **granting(application, explanation=hostile))

    assert "<script>" not in draft
    assert escape("<script>") in draft


def test_a_colleague_who_was_first_is_told_in_place_of_a_letter(as_caseworker, application, other_caseworker):
    seen = pages.seen_now(application)
    item = application.relevant_evidence[0]
    application.judge(by=other_caseworker, item=item, verdict="insufficient", because="Onleesbaar.")

    response = pages.send(as_caseworker, application, "grant", action="draft", seen=seen, **granting(application))

    assert response.status_code == 409


def test_who_may_not_decide_gets_no_letter(as_objection_officer, application):
    response = pages.send(as_objection_officer, application, "grant", action="draft", **granting(application))

    assert response.status_code in (403, 404)


def test_sending_from_the_form_is_one_click_that_can_be_taken_back(as_caseworker, application):
    page = pages.text(as_caseworker.get(pages.step(application, "grant")))
    assert "Toekennen en versturen" in page

    pages.send(as_caseworker, application, "grant", **granting(application, explanation="Korter is genoeg."))

    assert pages.status(application) == "granted"


# --- Text blocks ----------------------------------------------------------------------------------------


def block(code="own", **about) -> TextBlock:
    usual = {"use": "reject", "title_nl": f"Titel {code}", "title_en": f"Title {code}", "valid_from": date(2024, 7, 1)}
    texts = {"text_nl": f"Tekst {code} over {{plate}}.", "text_en": f"Text {code} about {{plate}}."}
    return TextBlock.objects.create(code=code, **{**usual, **texts, **about})


def offered(client, application, step="propose_rejection") -> list[str]:
    return [one.text for one in client.get(pages.step(application, step)).context["text_blocks"]]


def test_a_block_is_filled_in_with_the_case_in_the_language_of_the_letter(as_caseworker, application):
    block()
    (dutch,) = (text for text in offered(as_caseworker, application) if text.startswith("Tekst own"))
    assert "{plate}" not in dutch

    application.language = "en"
    application.save()

    assert any(text.startswith("Text own about") for text in offered(as_caseworker, application))


def test_only_blocks_of_the_step_the_kind_and_today_are_offered(as_caseworker, application):
    today = timezone.localdate()
    block("other_kind", kind_id="BEO")
    block("other_step", use="view")
    block("ended", valid_until=today)
    block("later", valid_from=today + timedelta(days=1))
    block("own_kind", kind_id="LEV")

    found = " ".join(offered(as_caseworker, application))

    assert "Tekst own_kind" in found
    assert not any(f"Tekst {code}" in found for code in ("other_kind", "other_step", "ended", "later"))


def test_a_block_of_a_ground_names_it_and_one_of_a_ground_that_is_not_offered_is_left_out(as_caseworker, application):
    block("of_ground", ground="no_order")
    block("of_no_ground", ground="gone")

    blocks = as_caseworker.get(pages.step(application, "propose_rejection")).context["text_blocks"]

    ground = Ground.objects.get(kind="LEV", code="no_order")
    assert next(one for one in blocks if "of_ground" in one.title).grounds == (ground.pk,)
    assert not any("of_no_ground" in one.title for one in blocks)


@each("step", ["grant", "propose_rejection", "ask_completion", "offer_hearing"])
def test_there_are_blocks_to_begin_with(step, as_caseworker, application):
    assert offered(as_caseworker, application, step)
