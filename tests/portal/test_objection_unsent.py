"""What the objector's side has not sent stays its own; and two clicks on what is thrown away do no harm."""

import pytest

from casework.models import Document
from exemptions import files as case_files
from exemptions.models import EvidenceItem
from objections.models import Objection
from objections.portal import drafts
from tests import contest
from tests.desk import pages
from tests.portal import files
from tests.portal.files import upload
from tests.portal.objecting import page, url

pytestmark = pytest.mark.django_db


def test_a_file_that_waits_to_be_sent_is_not_at_the_desk(as_applicant, as_caseworker, rejected, parties):
    objection = contest.in_repair(rejected, **parties)
    as_applicant.post(url(objection, "objection_repair"), {"add": "1", "added": [upload(files.PDF, "concept.pdf")]})
    document = Document.objects.get(name="concept.pdf")

    assert "concept.pdf" in page(as_applicant, objection, "objection_repair")
    assert "concept.pdf" not in pages.text(as_caseworker.get(pages.case(rejected)))
    assert as_caseworker.get(pages.document(rejected, document.pk)).status_code == 404


def test_once_it_was_sent_the_desk_has_it(as_applicant, as_objection_officer, rejected, parties):
    objection = contest.in_repair(rejected, **parties)
    sent = {"send": "1", "answer": "Zie de bijlage.", "added": [upload(files.PDF, "gronden.pdf")]}
    as_applicant.post(url(objection, "objection_repair"), sent)
    document = Document.objects.get(name="gronden.pdf")

    assert as_objection_officer.get(pages.document(objection, document.pk)).status_code == 200


def test_evidence_of_the_application_stays_at_the_desk(rejected, parties):
    contest.in_repair(rejected, **parties)
    evidence = Document.objects.filter(evidenceitem__in=EvidenceItem.objects.filter(application=rejected))

    assert evidence.exists()
    assert set(evidence) <= set(case_files.find_desk_files(rejected))


@pytest.mark.parametrize("throw_away", [drafts.discard_draft, Objection.drop])
def test_a_second_click_on_throwing_away_finds_nothing(rejected, applicant, throw_away):
    draft = contest.draft(rejected, by=applicant)
    same = Objection.objects.get(pk=draft.pk)
    throw_away(draft)

    assert not throw_away(same)
    assert not Objection.objects.exists()


def test_a_draft_that_was_thrown_away_meanwhile_is_not_sent(rejected, applicant):
    seen = drafts.mark_draft(contest.draft(rejected, by=applicant))
    Objection.objects.all().delete()

    with pytest.raises(drafts.HasChanged):
        drafts.send_draft(rejected, seen=seen, by=applicant)
    assert not Objection.objects.exists()
