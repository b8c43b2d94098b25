"""Every letter about a complaint is there in both languages, and names only what it knows."""

import pytest

from casework.models import LetterText
from complaints import reasons
from complaints.placeholders import KINDS
from complaints.steps.ending import Declined, Outcome
from complaints.steps.hearing import Waived
from exemptions.placeholders import find_unknown_placeholders, preview_text
from tests.complaints import lodged
from tests.looping import each

pytestmark = pytest.mark.django_db


@each("kind, language", [(kind, language) for kind in KINDS for language in ("nl", "en")])
def test_a_letter_is_there_and_names_what_it_knows(kind, language):
    found = LetterText.objects.newest(kind=kind, language=language)

    assert found.language == language
    assert find_unknown_placeholders(kind, found.subject, found.body) == []
    assert "{" not in preview_text(found).body


def test_9_10_who_was_not_heard_reads_why_and_not_what_the_desk_calls_it(objection_officer):
    complaint = lodged.handled(by=objection_officer)
    complaint.waive_hearing(by=objection_officer, ground="not_wanted")

    lodged.conclude(complaint, by=objection_officer, outcome="open")

    letter = complaint.dossier.letters.latest("pk").body.replace("\\", "")
    assert "Er was geen gesprek: u hebt gezegd dat u dat niet wilde (artikel 9:10, tweede lid, onder b, Awb)." in letter
    assert "Wij kunnen niet beoordelen of uw klacht gegrond is." in letter
    assert letter.rstrip().endswith("Bram Bezwaar, bezwaarbehandelaar")


def test_every_ground_of_the_law_has_a_sentence_to_the_complainant():
    assert reasons.NOT_HEARD.keys() == set(Waived.values)
    assert reasons.DECLINED.keys() == set(Declined.values)
    assert reasons.OUTCOME.keys() == set(Outcome.values)


@pytest.mark.parametrize(("weeks", "said"), [(1, "1 week extra"), (3, "3 weken extra")])
def test_9_11_an_adjournment_counts_its_weeks(objection_officer, weeks, said):
    complaint = lodged.handled(by=objection_officer)

    complaint.adjourn(by=objection_officer, weeks=weeks, reason="Ziekte.")

    letter = complaint.dossier.letters.latest("pk").body.replace("\\", "")
    assert f"Daarom nemen wij {said} (artikel 9:11, tweede lid, Awb)." in letter
    assert f"6 weken + {said.split(' extra')[0]} verdaging" in letter
