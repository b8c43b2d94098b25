"""Every letter about a complaint is there in both languages, and names only what it knows."""

import pytest

from casework.models import LetterText
from complaints.placeholders import KINDS
from exemptions.placeholders import find_unknown_placeholders, preview_text
from tests.looping import each

pytestmark = pytest.mark.django_db


@each("kind, language", [(kind, language) for kind in KINDS for language in ("nl", "en")])
def test_a_letter_is_there_and_names_what_it_knows(kind, language):
    found = LetterText.objects.newest(kind=kind, language=language)

    assert found.language == language
    assert find_unknown_placeholders(kind, found.subject, found.body) == []
    assert "{" not in preview_text(found).body
