"""Who pries: an applicant, a colleague from elsewhere, an administrator. Nobody learns more than is theirs to know."""

import pytest
from django.urls import reverse

from casework.models import Message
from exemptions.models import Application
from tests import given
from tests.portal import files
from tests.portal.files import upload

pytestmark = pytest.mark.django_db


# --- What one may not know --------------------------------------------------------------------------------


def test_a_proposal_stays_inside_the_desk_for_programs_too(as_applicant, as_caseworker, applicant, caseworker):
    application = given.proposed(by=applicant, desk=caseworker)
    application.note(by=caseworker, text="Belt vaak.")
    url = reverse("api_application", args=[application.key])

    theirs, ours = as_applicant.get(url), as_caseworker.get(url)

    assert theirs.json()["status"] == "in_review"
    assert [event["step"] for event in theirs.json()["events"]] == ["file", "take_up"]
    assert ours.json()["status"] == "proposed"
    assert [event["step"] for event in ours.json()["events"]][-2:] == ["propose_rejection", "note"]


def test_a_proposal_cannot_be_asked_for_by_a_filter(as_applicant, as_caseworker, applicant, caseworker):
    given.proposed(by=applicant, desk=caseworker)
    asked = reverse("api_applications") + "?status=proposed"

    assert as_applicant.get(asked).json()["results"] == []
    assert len(as_caseworker.get(asked).json()["results"]) == 1


def test_after_a_rejection_nothing_tells_that_it_was_proposed(as_applicant, applicant, caseworker, other_caseworker):
    application = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)

    assert "propos" not in as_applicant.get(reverse("api_application", args=[application.key])).content.decode()


@pytest.mark.parametrize("lookup", ["body__contains", "body__startswith", "body"])
def test_the_words_of_a_mail_cannot_be_guessed_by_filtering(as_administrator, as_team_lead, applicant, lookup):
    given.filed(by=applicant)
    guess = {lookup: Message.objects.first().body}
    url = reverse("admin:casework_message_changelist")

    assert as_administrator.get(url, guess).status_code == 400
    assert as_team_lead.get(url, guess).status_code == 200


@pytest.mark.parametrize(
    "lookup",
    ["dossier__application__applicant__name__startswith", "dossier__application__plate", "dossier__events__by"],
)
def test_the_outbox_is_no_door_to_the_cases(as_administrator, applicant, lookup):
    given.filed(by=applicant)

    assert as_administrator.get(reverse("admin:casework_message_changelist"), {lookup: "B"}).status_code == 400


@pytest.mark.parametrize("lookup", ["password__startswith", "mandates__applicant__name", "own_applications__plate"])
def test_the_list_of_users_tells_no_secrets(as_administrator, lookup):
    assert as_administrator.get(reverse("admin:accounts_user_changelist"), {lookup: "B"}).status_code == 400


# --- What is somebody else's ----------------------------------------------------------------------------


def test_a_file_of_somebody_else_is_neither_seen_nor_removed(as_applicant, applicant, stranger):
    mine, theirs = given.draft(by=applicant), given.draft(by=stranger, plate="V001AA")
    file = theirs.dossier.documents.first()

    as_applicant.post(reverse("apply", args=[mine.key, "evidence"]), {"remove": file.pk})

    assert as_applicant.get(reverse("document", args=[mine.key, file.pk])).status_code == 404
    assert theirs.dossier.documents.contains(file)


def test_an_applicant_of_somebody_else_cannot_be_chosen(as_applicant, applicant, other_organisation):
    draft = given.draft(by=applicant)

    page = as_applicant.post(reverse("apply", args=[draft.key, "applicant"]), {"applicant": other_organisation.pk})

    assert "applicant" in page.context["form"].errors


def test_a_key_of_somebody_else_begins_a_draft_of_ones_own(as_applicant, stranger):
    theirs = given.draft(by=stranger)

    as_applicant.post(reverse("apply_start"), {"key": str(theirs.key)}, follow=True)

    assert Application.objects.exclude(pk=theirs.pk).get().owner != stranger


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\a.pdf", "a\r\nSet-Cookie: x=1.pdf", "\u202efdp.exe", '"><script>.pdf']
)
def test_the_name_of_a_file_is_only_a_name(as_applicant, applicant, name):
    draft = given.draft(by=applicant)
    item = f"item-{draft.evidence_items.first().requirement.code}"
    as_applicant.post(reverse("apply", args=[draft.key, "evidence"]), {item: upload(files.PDF, name), "upload": "1"})

    kept = draft.dossier.documents.latest("pk")

    assert not {"/", "\\", "\r", "\n", "\u202e"} & set(kept.name)
    assert kept.name.endswith(".pdf")
    assert not {"..", "script", "passwd"} & set(kept.file.name.split("/"))
