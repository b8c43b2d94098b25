"""Who may act for an applicant: inviting, accepting once, ending; and what an ended mandate closes."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from casework.models import Message
from exemptions import mandates
from exemptions.models import Applicant, Invitation, Mandate
from tests import given
from tests.cast import Login, acting_for, person
from tests.limits import find_most

COLLEAGUE = {"email": "Nina@Example.org", "role": "colleague"}


def invite(client: Client, organisation: Applicant, **other: str) -> Any:
    return client.post(reverse("representatives_of", args=[organisation.pk]), {**COLLEAGUE, **other})


def invitation(organisation: Applicant, by: User, email: str = "nina@example.org") -> Invitation:
    return mandates.invite_person(organisation, email=email, role=Mandate.Role.COLLEAGUE, by=by)


def acts_for(user: User, organisation: Applicant) -> bool:
    return organisation in Applicant.objects.of(user)


@pytest.fixture
def nina(db: None) -> User:
    return person("Nina Nieuw")


def test_the_page_shows_who_may_act(
    as_applicant: Client, organisation: Applicant, colleague: User, representative: User
) -> None:
    page = as_applicant.get(reverse("representatives"), follow=True).content.decode()

    assert all(name in page for name in ("Anna de Bakker", colleague.email, representative.email))


def test_who_acts_for_several_chooses_one_first(
    as_representative: Client, representative: User, organisation: Applicant, other_organisation: Applicant
) -> None:
    acting_for(other_organisation, representative, Mandate.Role.REPRESENTATIVE)

    page = as_representative.get(reverse("representatives")).content.decode()

    assert all(reverse("representatives_of", args=[one.pk]) in page for one in (organisation, other_organisation))


def test_the_page_asks_as_many_queries_for_five_people_as_for_two(
    as_applicant: Client, organisation: Applicant, applicant: User, colleague: User
) -> None:
    address = reverse("representatives_of", args=[organisation.pk])
    with CaptureQueriesContext(connection) as few:
        as_applicant.get(address)

    for name in ("Dirk", "Esra", "Frits"):
        acting_for(organisation, person(name), Mandate.Role.REPRESENTATIVE)
        invitation(organisation, applicant, f"{name}@elders.example")
    with CaptureQueriesContext(connection) as many:
        as_applicant.get(address)

    assert len(many) == len(few)


# --- Inviting -------------------------------------------------------------------------------------------


def test_an_invitation_is_mailed_through_the_outbox(as_applicant: Client, organisation: Applicant) -> None:
    assert invite(as_applicant, organisation).status_code == 302

    made = Invitation.objects.get()
    mail = Message.objects.get(kind="mail_invitation")
    assert (made.email, mail.to, mail.dossier) == ("nina@example.org", "nina@example.org", None)
    assert reverse("invitation", args=[made.token]) in mail.body
    assert organisation.name in mail.subject


def test_a_new_invitation_replaces_the_older_one(as_applicant: Client, organisation: Applicant) -> None:
    invite(as_applicant, organisation)
    invite(as_applicant, organisation, role="representative")

    assert [one.role for one in Invitation.objects.all()] == ["representative"]


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ({"email": f"lang@{'.'.join(['a' * 60] * 5)}.nl"}, "254"),
        ({"email": ""}, "Vul het mailadres in"),
        ({"email": "geen adres"}, "mailadres"),
        ({"email": "CEM@example.org"}, "Deze persoon mag al namens de aanvrager handelen."),
        ({"role": ""}, "Kies wie u uitnodigt."),
        ({"role": "owner"}, "Er klopt nog iets niet"),
    ],
)
def test_a_bad_invitation_gets_a_sentence_and_keeps_what_was_typed(
    as_applicant: Client, organisation: Applicant, colleague: User, bad: dict[str, str], sentence: str
) -> None:
    response = invite(as_applicant, organisation, **bad)

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert f'value="{bad["email"]}"' in response.content.decode() if bad.get("email") else True
    assert not Message.objects.filter(kind="mail_invitation").exists()


def test_a_representative_invites_nobody(
    as_representative: Client, representative: User, organisation: Applicant, applicant: User
) -> None:
    assert invite(as_representative, organisation).status_code == 403
    assert not Invitation.objects.exists()


def test_a_representative_alone_may_invite_the_applicant_itself(login: Login, nina: User) -> None:
    firm = Applicant.objects.create(form="person", name="Piet", street="s", postcode="1", city="c", email="p@x.nl")
    client = login(acting_for(firm, nina, Mandate.Role.REPRESENTATIVE))

    invite(client, firm, email="piet@example.org", role="owner")

    assert Invitation.objects.get().role == Mandate.Role.OWNER


def test_too_many_invitations_wait(as_applicant: Client, organisation: Applicant) -> None:
    for number in range(find_most("invitations_an_hour")):
        invite(as_applicant, organisation, email=f"n{number}@example.org")

    page = invite(as_applicant, organisation).content.decode()

    assert "U hebt veel uitnodigingen verstuurd." in page
    assert Invitation.objects.count() == find_most("invitations_an_hour")


def test_who_is_logged_in_with_another_address_logs_out_and_comes_back(
    as_representative: Client, organisation: Applicant, applicant: User
) -> None:
    url = reverse("invitation", args=[invitation(organisation, applicant).token])
    assert "voor een ander mailadres" in as_representative.get(url).content.decode()

    as_representative.post(reverse("account_logout"), {"next": url})

    page = as_representative.get(url, follow=True).content.decode()
    assert "Daarna gaat u verder naar de pagina die u koos." in page


def test_an_invitation_can_be_taken_back(
    as_applicant: Client, login: Login, organisation: Applicant, applicant: User, nina: User
) -> None:
    made = invitation(organisation, applicant)

    as_applicant.post(reverse("take_back_invitation", args=[made.pk]))

    assert login(nina).post(reverse("invitation", args=[made.token])).status_code == 410
    assert not acts_for(nina, organisation)


# --- Accepting ------------------------------------------------------------------------------------------


def test_accepting_lets_one_act_and_twice_is_as_once(
    login: Login, organisation: Applicant, applicant: User, nina: User
) -> None:
    address = reverse("invitation", args=[invitation(organisation, applicant).token])
    client = login(nina)
    assert organisation.name in client.get(address).content.decode()

    answers: list[Any] = [client.post(address) for _click in range(2)]

    assert [answer.url for answer in answers] == [reverse("my_applications")] * 2
    assert nina.mandates.get().role == Mandate.Role.COLLEAGUE
    assert client.get(address)["Location"] == reverse("my_applications")


def test_an_invitation_says_until_which_day(login: Login, organisation: Applicant, applicant: User, nina: User) -> None:
    last = timezone.localdate() + timedelta(days=40)
    made = mandates.invite_person(
        organisation, email=nina.email, role=Mandate.Role.REPRESENTATIVE, by=applicant, ends_on=last
    )

    page = login(nina).get(reverse("invitation", args=[made.token])).content.decode()

    assert f"Dit geldt tot en met {date_format(last)}." in page


def test_only_the_invited_address_may_accept(
    as_stranger: Client, stranger: User, organisation: Applicant, applicant: User
) -> None:
    address = reverse("invitation", args=[invitation(organisation, applicant).token])

    for response in (as_stranger.get(address), as_stranger.post(address)):
        assert response.status_code == 403
        assert organisation.name not in response.content.decode()
    assert not acts_for(stranger, organisation)


def test_who_is_not_logged_in_comes_back_after_the_login(
    client: Client, organisation: Applicant, applicant: User
) -> None:
    address = reverse("invitation", args=[invitation(organisation, applicant).token])

    response: Any = client.get(address)

    assert response.status_code == 302
    assert address in response.url
    assert "Log in met het mailadres waarop u die kreeg." in client.get(response.url).content.decode()


def test_a_used_invitation_opens_nothing_after_the_mandate_ended(
    login: Login, organisation: Applicant, applicant: User, nina: User
) -> None:
    made = invitation(organisation, applicant)
    mandates.end_mandate(mandates.accept_invitation(made, by=nina), by=applicant)

    assert login(nina).post(reverse("invitation", args=[made.token])).status_code == 410
    assert not acts_for(nina, organisation)


def test_an_invitation_works_for_thirty_days(
    login: Login, organisation: Applicant, applicant: User, nina: User
) -> None:
    made = invitation(organisation, applicant)

    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1)):
        assert login(nina).post(reverse("invitation", args=[made.token])).status_code == 410
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        assert login(nina).post(reverse("invitation", args=[made.token])).status_code == 302


@pytest.mark.parametrize("token", ["x", "a" * 500, "..%2f"])
def test_an_unknown_token_is_no_error(as_applicant: Client, token: str) -> None:
    assert as_applicant.get(reverse("invitation", args=[token])).status_code == 410


# --- Ending ---------------------------------------------------------------------------------------------


def end(client: Client, mandate: Mandate) -> Any:
    return client.post(reverse("end_mandate", args=[mandate.pk]))


def test_an_ended_mandate_closes_everything_at_once(
    as_applicant: Client, as_colleague: Client, applicant: User, colleague: User, caseworker: User
) -> None:
    application = given.waiting(by=applicant, desk=caseworker)
    document = application.evidence_items.with_all()[0].documents.all()[0]
    letter = application.dossier.letters.all()[0]
    addresses = [
        reverse("application", args=[application.key]),
        reverse("supply", args=[application.key]),
        reverse("withdraw", args=[application.key]),
        reverse("document", args=[application.key, document.pk]),
        reverse("letter", args=[application.key, letter.pk]),
        reverse("letter_pdf", args=[application.key, letter.pk]),
        reverse("api_application", args=[application.key]),
        reverse("representatives_of", args=[application.applicant_id]),
    ]
    assert {as_colleague.get(address).status_code for address in addresses} == {200}

    assert (
        "kan vanaf nu niet meer handelen"
        in as_applicant.get(reverse("end_mandate", args=[colleague.mandates.get().pk])).content.decode()
    )
    end(as_applicant, colleague.mandates.get())

    assert {as_colleague.get(address).status_code for address in addresses} == {404}
    assert str(application.dossier) not in as_colleague.get(reverse("my_applications")).content.decode()


def test_the_last_owner_cannot_stop(as_applicant: Client, applicant: User, colleague: User) -> None:
    end(as_applicant, applicant.mandates.get())

    assert applicant.mandates.in_force().exists()


def test_the_last_person_cannot_stop(login: Login, nina: User) -> None:
    firm = Applicant.objects.create(form="person", name="Piet", street="s", postcode="1", city="c", email="p@x.nl")
    acting_for(firm, nina, Mandate.Role.REPRESENTATIVE)

    end(login(nina), nina.mandates.get())

    assert nina.mandates.in_force().exists()


def test_everybody_may_stop_themselves(as_representative: Client, representative: User, applicant: User) -> None:
    assert end(as_representative, representative.mandates.get()).url == reverse("my_applications")

    assert not representative.mandates.in_force().exists()


@pytest.mark.parametrize("who", ["as_colleague", "as_representative"])
def test_nobody_else_ends_an_owner(request: pytest.FixtureRequest, who: str, applicant: User) -> None:
    client = request.getfixturevalue(who)

    assert end(client, applicant.mandates.get()).status_code == 403


def test_a_stranger_finds_none_of_it(
    as_stranger: Client, organisation: Applicant, applicant: User, colleague: User
) -> None:
    made = invitation(organisation, applicant)

    assert invite(as_stranger, organisation).status_code == 404
    assert as_stranger.get(reverse("representatives_of", args=[organisation.pk])).status_code == 404
    assert end(as_stranger, colleague.mandates.get()).status_code == 404
    assert as_stranger.post(reverse("take_back_invitation", args=[made.pk])).status_code == 404


def test_an_invitation_speaks_the_language_of_who_is_invited(organisation: Applicant, applicant: User) -> None:
    User.objects.filter(pk=person("John Abroad").pk).update(language="en")

    invitation(organisation, applicant, email="john@example.org")

    assert "You are invited" in Message.objects.get(to="john@example.org").subject
