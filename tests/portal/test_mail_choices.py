"""Which mails somebody gets, and at which addresses: as they chose, and always what the law wants sent."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from exemptions.models import Applicant, Application
from tests import given
from watches.mailing import announce_ends


def page_of(organisation: Applicant) -> str:
    return reverse("applicant_choices", args=[organisation.pk])


def addresses(application: Application, kind: str) -> set[str]:
    return set(application.dossier.outgoing_mail.filter(kind=kind).values_list("to", flat=True))


def ending(applicant: User, caseworker: User) -> Application:
    application = given.granted(by=applicant, desk=caseworker, days=20)
    announce_ends(today=timezone.localdate())
    return application


def test_everybody_hears_that_an_exemption_ends_unless_they_said_no(
    as_applicant: Client, applicant: User, caseworker: User
) -> None:
    as_applicant.post(reverse("my_choices"), {})

    application = ending(applicant, caseworker)

    assert addresses(application, "mail_access_ends") == {"post@bakkerij.example"}


def test_an_address_follows_the_choice_of_whose_login_it_is(
    as_colleague: Client, applicant: User, colleague: User, organisation: Applicant, caseworker: User
) -> None:
    Applicant.objects.filter(pk=organisation.pk).update(email=colleague.email)
    as_colleague.post(reverse("my_choices"), {})

    assert addresses(ending(applicant, caseworker), "mail_access_ends") == {applicant.email}


def test_a_second_address_gets_every_mail(
    as_applicant: Client, applicant: User, organisation: Applicant, caseworker: User
) -> None:
    as_applicant.post(
        page_of(organisation),
        {"part": "mail", "email": organisation.email, "second_email": "boek@korst.example", "mail_expiry": "on"},
    )

    application = ending(applicant, caseworker)

    for kind in ("mail_letter_placed", "mail_access_ends"):
        assert "boek@korst.example" in addresses(application, kind)


def test_mail_about_progress_goes_to_who_asked_for_it(as_applicant: Client, applicant: User, caseworker: User) -> None:
    assert not addresses(given.taken_up(by=applicant, desk=caseworker), "mail_progress")
    as_applicant.post(reverse("my_choices"), {"mail_progress": "on"})

    application = given.taken_up(by=applicant, desk=caseworker, plate="VX124Z")

    assert addresses(application, "mail_progress") == {applicant.email}


def test_what_the_law_wants_sent_cannot_be_turned_off(as_applicant: Client, applicant: User, caseworker: User) -> None:
    as_applicant.post(reverse("my_choices"), {})

    application = given.waiting(by=applicant, desk=caseworker)

    assert addresses(application, "mail_letter_placed") == {applicant.email, "post@bakkerij.example"}
    assert "artikel 2:10" in as_applicant.get(reverse("my_choices")).content.decode()


@pytest.mark.parametrize("typed", ["geen adres", "post@bakkerij.example"])
def test_a_bad_second_address_is_refused_and_stays_to_be_mended(
    as_applicant: Client, organisation: Applicant, typed: str
) -> None:
    answer = as_applicant.post(page_of(organisation), {"part": "mail", "second_email": typed})

    assert f'value="{typed}"' in answer.content.decode()
    assert Applicant.objects.get(pk=organisation.pk).second_email == ""
