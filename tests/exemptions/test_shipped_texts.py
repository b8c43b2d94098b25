"""The letters and mails that come with the product: in both languages, and never in the way of what the desk wrote."""

from itertools import product

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from casework import reference as casework_reference
from casework.models import LetterText
from casework.texts import find_placeholders, stray_braces
from exemptions.placeholders import find_unknown_placeholders, letter_placeholders, preview_text
from tests.looping import each

pytestmark = pytest.mark.django_db


def text_in_use(name="receipt"):
    return LetterText.objects.newest(kind=name, language="nl")


def test_a_text_that_the_desk_wrote_stays_in_use(administrator):
    ours = text_in_use()
    LetterText.objects.create(
        kind="receipt",
        channel=ours.channel,
        language="nl",
        version=ours.version + 1,
        subject="Van het loket",
        body="Dag.",
        created_by=administrator,
    )

    casework_reference.load()

    assert text_in_use().subject == "Van het loket"


def test_new_shipped_words_are_a_new_version(tmp_path):
    before = text_in_use()
    (tmp_path / "receipt.nl.md").write_text("Nieuw onderwerp\n\nNieuwe woorden.\n", encoding="utf-8")

    casework_reference.load_texts(tmp_path)

    assert (text_in_use().subject, text_in_use().body) == ("Nieuw onderwerp", "Nieuwe woorden.\n")
    assert text_in_use().version == before.version + 1
    assert LetterText.objects.filter(pk=before.pk, body=before.body).exists()


def shipped_texts():
    return {(text.kind, text.language): text for text in LetterText.objects.all()}


def test_every_text_is_there_in_both_languages():
    assert shipped_texts().keys() == {(name, language) for name in letter_placeholders() for language in ("nl", "en")}


@each("name", letter_placeholders())
def test_a_text_says_the_same_in_both_languages(name):
    dutch, english = (shipped_texts()[name, language] for language in ("nl", "en"))

    assert find_placeholders(dutch.subject + dutch.body) == find_placeholders(english.subject + english.body)
    assert dutch.channel == english.channel
    assert [line[:2] for line in dutch.body.splitlines()].count("##") == english.body.count("## ")


@each("name, language", product(letter_placeholders(), ("nl", "en")))
def test_every_text_can_be_previewed(name, language):
    text = shipped_texts()[name, language]

    assert find_unknown_placeholders(name, text.subject, text.body) == stray_braces(text.subject + text.body) == []
    assert "{" not in preview_text(text).body


def test_a_placeholder_that_a_letter_does_not_know_is_named():
    assert find_unknown_placeholders("receipt", "{number} {object_until}", "{nonsense} {applicant}") == [
        "nonsense",
        "object_until",
    ]


def test_every_placeholder_is_explained():
    explained = find_placeholders((settings.BASE_DIR / "docs" / "letters.md").read_text(encoding="utf-8"))

    assert explained == set().union(*letter_placeholders().values()) | {"name"}


@pytest.mark.parametrize("name", ["granted", "rejected", "set_aside", "day_granted"])
def test_a_decision_says_why_for_whom_and_how_to_object(name):
    asked_by_law = {"ground_text", "article", "authority", "mandate", "object_until", "object_how", "reference"}

    assert asked_by_law <= find_placeholders(shipped_texts()[name, "nl"].body)


def test_a_mail_tells_nothing_of_the_vehicle():
    mails = [text for text in shipped_texts().values() if text.channel == LetterText.Channel.MAIL]

    assert mails
    assert not {"plate", "vehicle"} & set().union(*(find_placeholders(text.subject + text.body) for text in mails))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_mail_that_names_the_button_to_log_in_calls_it_as_the_page_does(language):
    with override(language):
        assert f"'{gettext('Email me a code')}'" in shipped_texts()["mail_role_given", language].body


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_mail_counts_days_which_could_be_one(language):
    text = shipped_texts()["mail_resume_draft", language]
    assert "days_left" not in find_placeholders(text.subject + text.body)
