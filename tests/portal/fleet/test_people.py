"""Who may act for an applicant, until when, and who could before."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from exemptions import mandates
from exemptions.models import Applicant, Invitation, Mandate
from tests.cast import Login, person


def invite(client: Client, organisation: Applicant, **more: str) -> str:
    data = {"email": "nina@example.org", "role": "representative", **more}
    return client.post(reverse("representatives_of", args=[organisation.pk]), data, follow=True).content.decode()


def test_a_last_day_goes_along_with_the_invitation(as_applicant: Client, organisation: Applicant, login: Login) -> None:
    last, nina = timezone.localdate() + timedelta(days=30), person("Nina Nieuw")
    invite(as_applicant, organisation, ends_on=last.isoformat())

    login(nina).post(reverse("invitation", args=[Invitation.objects.get().token]))

    assert Mandate.objects.get(user=nina).ends_on == last
    assert organisation in Applicant.objects.of(nina)


def test_after_the_last_day_nothing_is_left(organisation: Applicant, representative: User) -> None:
    Mandate.objects.filter(user=representative).update(ends_on=timezone.localdate())
    assert organisation in Applicant.objects.of(representative)

    Mandate.objects.filter(user=representative).update(ends_on=timezone.localdate() - timedelta(days=1))

    assert organisation not in Applicant.objects.of(representative)


def test_who_is_past_the_last_day_can_be_invited_again(
    as_applicant: Client, organisation: Applicant, representative: User, login: Login
) -> None:
    Mandate.objects.filter(user=representative).update(ends_on=timezone.localdate() - timedelta(days=1))
    invite(as_applicant, organisation, email=representative.email)

    login(representative).post(reverse("invitation", args=[Invitation.objects.get().token]))

    assert organisation in Applicant.objects.of(representative)


def test_a_day_that_is_over_and_a_last_day_for_the_owner_get_a_sentence(
    as_applicant: Client, organisation: Applicant
) -> None:
    page = invite(as_applicant, organisation, ends_on="2020-01-01")

    assert "Deze dag is voorbij" in page
    assert not Invitation.objects.exists()


def test_who_left_stands_on_the_page_with_day_and_who_ended_it(
    as_applicant: Client, applicant: User, organisation: Applicant, colleague: User
) -> None:
    mandates.end_mandate(Mandate.objects.get(user=colleague), by=applicant)

    page = as_applicant.get(reverse("representatives_of", args=[organisation.pk])).content.decode()

    assert "Wie eerder mocht handelen" in page
    assert colleague.name in page
    assert f"door {applicant.name}" in page
