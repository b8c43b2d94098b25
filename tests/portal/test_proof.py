"""The proof on the case page: each item with the state that it has, and nothing that does not matter."""

import pytest

from casework.letter_pdfs import render_letter_html
from exemptions.models import EvidenceItem, Ground
from exemptions.portal import proof
from tests import given

pytestmark = pytest.mark.django_db
Verdict = EvidenceItem.Verdict


def labels(application):
    return [one.label for one in proof.list_proof(application)]


def judged(application, verdict, *, by, because=""):
    item = application.evidence_items.with_all()[0]
    application.judge(by=by, item=item, verdict=verdict, because=because)
    return item


def test_what_nobody_looked_at_yet_says_so(applicant, caseworker):
    assert set(labels(given.taken_up(by=applicant, desk=caseworker))) == {"nog niet bekeken"}


def test_a_new_file_behind_a_judgement_was_not_looked_at(applicant, caseworker):
    application = given.waiting(by=applicant, desk=caseworker)
    item = application.evidence_items.with_all()[0]
    item.verdict, item.because, item.judged_at = Verdict.INSUFFICIENT, "Onleesbaar.", application.changed_at
    item.save()
    given.attach(item, name="opnieuw.pdf")
    assert labels(application)[0] == "nieuw bestand, nog niet verstuurd"

    application.supply(by=applicant, answer="Nu leesbaar.")

    assert labels(application)[0] == "nieuw bestand, nog niet bekeken"


def test_a_judgement_stands_until_a_new_file_comes(applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker)
    judged(application, Verdict.INSUFFICIENT, by=caseworker, because="Onleesbaar.")

    first = proof.list_proof(application)[0]

    assert (first.label, first.because) == ("niet voldoende", "Onleesbaar.")


def test_after_a_decision_nothing_waits_to_be_looked_at(applicant, caseworker, other_caseworker):
    application = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)

    assert set(labels(application)) <= {"ontvangen", "akkoord", "niet voldoende", "niet ingestuurd"}


def test_optional_proof_that_was_never_sent_is_left_out(applicant):
    application = given.filed(by=applicant)
    optional = [one for one in application.evidence_items.with_all() if not one.is_needed()]
    assert optional
    for item in optional:
        item.documents.clear()

    assert len(proof.list_proof(application)) == application.evidence_items.count() - len(optional)


def test_the_proof_of_a_foreign_plate_is_not_asked_of_a_dutch_one(as_applicant, applicant):
    draft = given.draft(by=applicant)
    item = draft.evidence_items.get(requirement__code="registration_document")
    item.documents.clear()
    page = f"/aanvragen/{draft.key}/invullen/bewijs/"

    assert not item.is_relevant(of=draft)
    assert str(item.requirement) not in as_applicant.get(page, follow=True).content.decode()
    draft.country = "DE"
    assert item.is_relevant(of=draft)


def test_a_rejection_tells_what_was_wrong_with_which_file(applicant, caseworker, other_caseworker):
    application = given.taken_up(by=applicant, desk=caseworker)
    item = judged(application, Verdict.INSUFFICIENT, by=caseworker, because="De leverdatum ontbreekt.")
    ground = given.ground(Ground.Outcome.REJECT, application)
    application.propose_rejection(
        by=caseworker, ground=ground, explanation="Daarom niet.", doubts_reason=given.EXPLAINED
    )
    application.approve_rejection(by=other_caseworker, doubts_reason=given.EXPLAINED)

    letter = render_letter_html(application.dossier.letters.get(kind="rejected").body)

    assert f"<strong>{item.requirement.name_nl}</strong>: De leverdatum ontbreekt." in letter
    assert "Dit bewijs ontbreekt of is niet goed genoeg:" in letter


def test_a_rejection_on_another_ground_has_no_empty_list(applicant, caseworker, other_caseworker):
    application = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)

    assert "niet goed genoeg" not in application.dossier.letters.get(kind="rejected").body
