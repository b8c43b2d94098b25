"""One account keeps a limited number of drafts and unsent files; whoever reaches the limit reads what to do."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.limits import find_most, is_within_uploads
from casework.models import Document, Policy
from casework.uploads.upload_checks import check_upload
from exemptions.intake import draft_files, drafts
from exemptions.models import Application, Status
from tests.portal import files
from tests.portal.files import upload
from tests.portal.wizard import filled_in, started

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


def allow(name, value):
    Policy.objects.filter(name=name).update(value=value)


def begin(client):
    return client.post(reverse("apply_start"), {"key": str(uuid.uuid4())}, follow=True)


def filled(client, number):
    """A number of drafts in which something was filled in."""
    for _one in range(number):
        started(client).send("vehicle", plate="TRU01E", country="NL")


def large(name="groot.pdf", size=MEGABYTE):
    """A PDF of a number of bytes, another one for each name."""
    head, filling = files.PDF[:9] + name.encode() + b"\n", size - len(files.PDF) - len(name) - 2
    return SimpleUploadedFile(name, head + b"%" * filling + b"\n" + files.PDF[9:])


def test_more_drafts_than_the_policy_allows_are_refused_with_what_to_do(as_applicant):
    allow("drafts_max", 3)
    filled(as_applicant, 3)

    page = begin(as_applicant)

    assert page.redirect_chain[-1][0] == reverse("my_applications")
    assert "U hebt 3 aanvragen die u nog niet hebt verstuurd." in page.content.decode()
    assert Application.objects.drafts().count() == 3


def test_hundred_clicks_leave_no_more_than_the_policy_allows(as_applicant):
    allow("drafts_max", 3)

    for _click in range(10):
        assert begin(as_applicant).redirect_chain[-1][0].endswith("/applicant/")

    assert Application.objects.drafts().count() == 3


def test_after_throwing_one_away_there_is_room(as_applicant):
    allow("drafts_max", 2)
    filled(as_applicant, 2)

    as_applicant.post(reverse("discard", args=[Application.objects.drafts()[0].key]))

    begin(as_applicant)
    assert Application.objects.drafts().count() == 2


def test_drafts_of_one_account_do_not_stop_another(as_applicant, as_stranger, stranger):
    allow("drafts_max", 1)
    filled(as_applicant, 1)

    begin(as_stranger)

    assert Application.objects.drafts().filter(owner=stranger).count() == 1


def test_a_file_without_room_is_refused_and_the_others_stay(as_applicant, applicant):
    allow("draft_megabytes_max", 1)
    begun = filled_in(as_applicant, applicant)

    sent = [large("een.pdf"), large("twee.pdf")]
    page = begun.send("evidence", **{"item-contract": sent, "upload": "contract"}).content.decode()

    assert "uw niet-verstuurde aanvragen mogen samen 1 MB aan bestanden hebben" in page
    assert list(Document.objects.values_list("name", flat=True)) == ["een.pdf"]


def test_the_room_is_that_of_all_drafts_together(as_applicant, applicant):
    allow("draft_megabytes_max", 2)
    first = filled_in(as_applicant, applicant)
    first.send("evidence", **{"item-contract": [large("een.pdf", 2 * MEGABYTE - 500)], "upload": "contract"})
    assert Document.objects.count() == 1

    second = started(as_applicant)
    drafts.choose_kind(second.draft, first.draft.kind)
    item = second.draft.evidence_items.get(requirement__code="contract")

    with pytest.raises(draft_files.NoRoom):
        draft_files.add_file(item, check_upload(large("twee.pdf")), by=applicant)


def test_what_was_sent_takes_no_room(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)
    begun.send("evidence", **{"item-contract": [large("een.pdf")], "upload": "contract"})
    assert draft_files.unsent_bytes(applicant) > MEGABYTE // 2

    now = {"status": Status.SUBMITTED, "received_at": begun.draft.created_at, "filed_as": begun.draft.kind}
    Application.objects.filter(key=begun.key).update(**now)

    assert draft_files.unsent_bytes(applicant) == 0


def test_an_account_sends_only_so_much_in_an_hour(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)
    assert is_within_uploads(applicant.pk, find_most("upload_megabytes_an_hour") * MEGABYTE)

    page = begun.send("evidence", **{"item-contract": upload(files.PDF, "later.pdf"), "upload": "contract"})

    assert "u hebt in korte tijd veel bestanden gestuurd" in page.content.decode()
    assert not Document.objects.exists()
