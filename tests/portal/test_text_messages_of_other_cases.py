"""Letters about objections and complaints go through the same place, so they are announced in the same way."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import MobileNumber, User
from casework.models import TextMessage
from tests import contest, given
from tests.complaints import lodged


def wants_texts(user: User) -> None:
    MobileNumber.objects.create(user=user, number="+31612345678", confirmed_at=timezone.now() - timedelta(days=1))


def texts() -> list[str]:
    return list(TextMessage.objects.values_list("text", flat=True))


def test_a_letter_about_an_objection(
    applicant: User, caseworker: User, other_caseworker: User, objection_officer: User
) -> None:
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    wants_texts(applicant)

    contest.in_repair(rejected, by=applicant, desk=objection_officer)

    assert texts() == [
        f"Er staat een brief voor u klaar over zaak {rejected.dossier}. Log in op http://127.0.0.1:8000."
    ]


def test_a_letter_about_a_complaint_of_an_account(applicant: User, objection_officer: User) -> None:
    wants_texts(applicant)

    complaint = lodged.registered(by=objection_officer, email=applicant.email, complainant=applicant)

    assert [str(complaint.dossier) in text for text in texts()] == [True]


def test_who_cannot_read_a_complaint_in_the_portal_gets_none(applicant: User, objection_officer: User) -> None:
    wants_texts(applicant)

    lodged.registered(by=objection_officer, email=applicant.email)

    assert texts() == []
