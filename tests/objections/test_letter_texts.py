"""Letters about objections, being late and changed rules: every one that a step places is there and says it all."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from casework.models import LetterText
from casework.texts import find_placeholders
from exemptions.placeholders import find_unknown_placeholders, letter_placeholders, letter_titles, preview_text
from objections import reasons
from objections.models import Hearing, ObjectionDecision
from objections.placeholders import KINDS
from objections.steps.term import Consent
from renewals.placeholders import KINDS as KINDS_OF_RENEWALS
from tests import contest, given

pytestmark = pytest.mark.django_db

PLACING = {"place_letter", "send_letter", "announce_decision"}
SOURCES = ("objections/steps", "exemptions/steps", "renewals")
DECISIONS = ["upheld", "upheld_in_part", "reopened", "unfounded", "inadmissible"]


def words_in(call: ast.Call) -> set[str]:
    """The texts among the arguments of a call, also if it chooses between two."""
    given = [node for argument in call.args for node in ast.walk(argument)]
    return {node.value for node in given if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def name_of(call: ast.Call) -> str:
    """What is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def placed_in(path: Path) -> set[str]:
    """The kinds of letters that a module places."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    return set().union(*(words_in(call) for call in calls if name_of(call) in PLACING))


def placed() -> list[str]:
    """The kinds of letters that any step places."""
    paths = [path for source in SOURCES for path in (settings.BASE_DIR / source).rglob("*.py")]
    return sorted(set().union(*(placed_in(path) for path in paths)))


def text(kind: str, language: str) -> LetterText:
    return LetterText.objects.newest(kind=kind, language=language)


@pytest.mark.parametrize("kind", placed())
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_letter_that_a_step_places_is_there_and_names_what_it_knows(kind, language):
    found = text(kind, language)

    assert found.language == language
    assert find_unknown_placeholders(kind, found.subject, found.body) == []
    assert "{" not in preview_text(found).body


def test_no_text_about_objections_waits_in_vain():
    assert set(KINDS) <= set(placed())


def test_every_letter_has_a_name_at_the_desk():
    assert letter_titles().keys() == letter_placeholders().keys()


@pytest.mark.parametrize("kind", [*KINDS, *KINDS_OF_RENEWALS])
def test_a_letter_says_who_writes_and_where_a_person_answers(kind):
    assert {"applicant", "authority", "contact", "number", "portal_url"} <= find_placeholders(text(kind, "nl").body)


@pytest.mark.parametrize("outcome", DECISIONS)
def test_a_decision_on_an_objection_says_why_how_it_was_heard_and_how_to_appeal(outcome):
    asked_by_law = {"reasons", "hearing", "costs", "reference", "decision_reference", "appeal_until", "mandate"}

    assert asked_by_law <= find_placeholders(text(f"objection_{outcome}", "nl").body)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_invitation_names_the_days_that_the_law_gives(language):
    body = text("objection_hearing_invitation", language).body

    assert {"hearing_at", "hearing_place", "papers_until", "file_open_from"} <= find_placeholders(body)
    assert "7:4 Awb" in body


def test_a_sample_that_one_letter_gives_does_not_reach_another():
    assert "why you disagree with our decision" in preview_text(text("objection_repair", "en")).body
    assert "why you disagree with our decision" not in preview_text(text("completion_request", "en")).body


def test_who_reads_english_gets_the_whole_penalty_in_english(
    applicant, caseworker, other_caseworker, objection_officer
):
    case = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    type(case).objects.update(language="en")
    objection = contest.handling(case, by=applicant, desk=objection_officer)
    late = objection.decide_by - timezone.localdate()

    with time_machine.travel(timezone.now() + late + timedelta(days=70), tick=False):
        objection.receive_default_notice(by=objection_officer, received_on=objection.decide_by + timedelta(days=1))
        objection.set_penalty(by=objection_officer, without="unreasonably_late")

    received, penalty = case.dossier.letters.order_by("-pk")[:2][::-1]
    assert "€\N{NO-BREAK SPACE}1,442" in received.body
    assert "You get no penalty: your notice of default came unreasonably late" in penalty.body
    assert "Amount: **€\N{NO-BREAK SPACE}0**" in penalty.body
    assert "First day with a penalty" not in penalty.body
    assert "We will pay you" not in penalty.body


@pytest.mark.parametrize(
    ("consent", "said"),
    [
        ("all", "U en alle andere betrokkenen vinden dat goed (artikel 7:10, vierde lid, onder a, Awb)."),
        ("objector", "U vindt dat goed, en niemand anders heeft er nadeel van"),
        ("procedure", "een procedure moeten volgen die in de wet staat (artikel 7:10, vierde lid, onder c, Awb)."),
    ],
)
def test_7_10_a_further_delay_tells_on_what_it_rests(rejected, applicant, objection_officer, consent, said):
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    later = given.working_day(120)

    objection.delay_further(by=objection_officer, until=later, consent=consent, reason="De RDW zoekt het uit.")

    letter = rejected.dossier.letters.latest("pk").body.replace("\\", "")
    assert said in letter
    assert ("Klopt dat niet?" in letter) == (consent != "procedure")


@pytest.mark.parametrize(
    ("conclusion", "said"),
    [
        ("unfounded", "om uw bezwaar ongegrond te verklaren. Wij volgen dat advies."),
        ("upheld", "om uw bezwaar gegrond te verklaren. Wij volgen dat advies niet. De reden is: Het register"),
    ],
)
def test_7_13_the_advice_is_a_sentence(rejected, applicant, objection_officer, conclusion, said):
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    contest.heard(contest.referred(objection, desk=objection_officer), by=applicant, desk=objection_officer)
    contest.advised(objection, desk=objection_officer, conclusion=conclusion)
    why = "" if conclusion == "unfounded" else "Het register is duidelijk."

    contest.unfounded(objection, by=objection_officer, skip_hearing=False, deviation=why)

    assert said in rejected.dossier.letters.latest("pk").body.replace("\\", "")


def test_every_ground_of_the_law_has_a_sentence_to_the_objector():
    assert {
        "not heard": reasons.NOT_HEARD.keys() == set(Hearing.Skipped),
        "inadmissible": reasons.INADMISSIBLE.keys() == set(ObjectionDecision.Inadmissible),
        "advised": reasons.ADVISED.keys() == set(ObjectionDecision.Outcome),
        "delayed": reasons.DELAYED.keys() == set(Consent.values),
    } == dict.fromkeys(("not heard", "inadmissible", "advised", "delayed"), True)
