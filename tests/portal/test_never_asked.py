"""Who filed before anybody asked how letters are to reach them (Awb 2:8) is asked on 'My applications'."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework.models import Policy
from exemptions import letter_channel
from exemptions.models import Applicant
from tests import given
from tests.portal.test_my_pages import CHOICE, cards, day_exemption, page

pytestmark = pytest.mark.usefixtures("never_asked")


def test_who_filed_and_was_never_asked_for_a_channel_is_asked_on_top(
    as_applicant: Client, as_colleague: Client, applicant: User, caseworker: User, organisation: Applicant
) -> None:
    given.waiting(by=applicant, desk=caseworker)

    for client in (as_applicant, as_colleague):
        assert cards(client)[0] == CHOICE
        assert f'href="{reverse("applicant_choices", args=[organisation.pk])}"' in page(client, "my_applications")


def test_who_only_had_day_exemptions_is_asked_too(as_applicant: Client, applicant: User) -> None:
    day_exemption(applicant)

    assert cards(as_applicant) == [CHOICE]


def test_who_acts_for_several_is_led_to_the_list(
    as_applicant: Client, applicant: User, stranger: User, other_organisation: Applicant
) -> None:
    given.filed(by=applicant)
    given.filed(by=stranger, plate="V003AA")
    applicant.mandates.create(applicant=other_organisation, role="representative")

    first = as_applicant.get(reverse("my_applications")).context["groups"][0].besides[0]
    assert (first.title, first.url) == (CHOICE, reverse("my_choices"))


@pytest.mark.parametrize("electronic", [True, False])
def test_who_has_chosen_is_asked_no_more(
    as_applicant: Client, applicant: User, organisation: Applicant, electronic: bool
) -> None:
    given.filed(by=applicant)
    text = letter_channel.text_on(timezone.localdate())
    assert text is not None

    letter_channel.choose_channel(organisation, electronic=electronic, by=applicant, text=text)

    assert CHOICE not in cards(as_applicant)


def test_nobody_is_asked_before_there_is_anything_to_send_or_to_agree_to(
    as_applicant: Client, as_stranger: Client, applicant: User, stranger: User
) -> None:
    given.draft(by=stranger)
    assert CHOICE not in cards(as_stranger)

    given.filed(by=applicant)
    Policy.objects.filter(name__startswith="channel_text").delete()
    assert CHOICE not in cards(as_applicant)
