"""Letter texts at the desk: a change is a new version."""

import pytest
from django.urls import reverse

from casework.models import LetterText
from tests import given
from tests.desk.pages import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt():
    return LetterText.objects.newest(kind="receipt", language="nl")


def write(client, letter_text, *, action="keep", **change):
    fields = {"subject": letter_text.subject, "body": letter_text.body, "version": letter_text.version, **change}
    return client.post(reverse("admin:casework_lettertext_write", args=[letter_text.pk]), {"action": action, **fields})


def test_an_edit_is_a_new_version_under_the_writers_name(as_editor, editor, receipt, applicant):
    write(as_editor, receipt, body="Beste {applicant}, wij hebben {number} ontvangen.")

    newest = LetterText.objects.newest(kind="receipt", language="nl")
    assert (newest.version, newest.created_by) == (receipt.version + 1, editor)
    assert "Beste Bakkerij De Korst" in given.filed(by=applicant).dossier.letters.get().body


def test_the_old_version_stays_as_it_was(as_editor, receipt):
    before = receipt.body
    write(as_editor, receipt, body="Nieuw.")

    receipt.refresh_from_db()
    assert receipt.body == before


def test_an_unknown_placeholder_is_refused_and_nothing_typed_is_lost(as_editor, receipt):
    answer = write(as_editor, receipt, body="Een lange tekst met {naam}.")

    assert answer.status_code == 422
    assert "{naam}" in text(answer)
    assert "Een lange tekst met" in text(answer)
    assert LetterText.objects.newest(kind="receipt", language="nl") == receipt


@pytest.mark.parametrize("typed", ["{{ applicant }}", "{{applicant}}", "{applicant", "applicant}", "{ applicant }"])
def test_braces_that_would_be_sent_as_they_are_are_refused(as_editor, receipt, typed):
    answer = write(as_editor, receipt, body=f"Beste {typed},")

    assert answer.status_code == 422
    assert "Accolades mogen alleen om een naam" in text(answer)
    assert typed in text(answer)
    assert LetterText.objects.newest(kind="receipt", language="nl") == receipt


def test_the_preview_shows_an_invented_case_and_keeps_nothing(as_editor, receipt):
    answer = write(as_editor, receipt, action="preview", body="## Kop\n\nBeste {applicant}.")

    assert "Beste Bakkerij De Korst." in text(answer)
    assert LetterText.objects.newest(kind="receipt", language="nl") == receipt


def test_after_the_preview_one_can_change_again(as_editor, receipt):
    assert "Mijn woorden" in text(write(as_editor, receipt, action="change", body="Mijn woorden."))


def test_of_two_writers_the_second_is_told(as_editor, as_administrator, receipt):
    write(as_editor, receipt, body="Van de redacteur.")

    answer = write(as_administrator, receipt, body="Van de beheerder.")

    assert answer.status_code == 422
    assert "Van de beheerder." in text(answer)
    assert LetterText.objects.newest(kind="receipt", language="nl").body == "Van de redacteur.\n"


def test_the_list_shows_only_the_versions_in_use(as_editor, receipt):
    write(as_editor, receipt, body="Nieuw.")

    listed = as_editor.get(reverse("admin:casework_lettertext_changelist")).context["cl"].queryset

    assert receipt not in listed
    assert len(listed) == LetterText.objects.values("kind", "language").distinct().count()


def test_every_text_shows_with_an_invented_case(as_editor):
    for one in LetterText.objects.all():
        assert as_editor.get(reverse("admin:casework_lettertext_change", args=[one.pk])).status_code == 200


@pytest.mark.parametrize("who", ["as_caseworker", "as_reporter", "as_team_lead"])
def test_others_do_not_write_texts(who, request, receipt):
    assert write(request.getfixturevalue(who), receipt, body="Nieuw.").status_code == 403


@pytest.mark.parametrize("action", ["delete", "change"])
def test_no_version_is_deleted_or_edited(action, as_administrator, receipt):
    before = receipt.body
    as_administrator.post(
        reverse(f"admin:casework_lettertext_{action}", args=[receipt.pk]), {"post": "yes", "body": "x"}
    )

    receipt.refresh_from_db()
    assert receipt.body == before
