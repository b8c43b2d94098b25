"""What waits for somebody, and the pages across all cases: exemptions, letters, files, messages."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework.deadline_words import format_day as day_in_words
from exemptions import day_exemptions
from exemptions.models import Applicant, Application, FactsRecord
from exemptions.portal.overview import Card
from tests import contest, given
from tests.cast import Login
from zesportal.templatetags.loket import mark_unbroken, mark_unbroken_in
from zones.models import Municipality

PAGES = (
    "my_applications",
    "my_exemptions",
    "my_letters",
    "my_documents",
    "my_messages",
    "my_choices",
    "my_text_messages",
)


def page(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


CHOICE = "Brieven in dit portaal, of per post?"


def cards(client: Client) -> list[str]:
    """The titles of the cards that are about no application."""
    first = client.get(reverse("my_applications")).context["groups"][0]
    return [one.title for one in first.besides if one.about is None] if first.number == 0 else []


def todo(client: Client) -> list[str]:
    """Without the question that everybody gets who was never asked."""
    return [title for title in cards(client) if title != CHOICE]


def day_exemption(user: User, *, plate: str = "VX123Z", days: int = 0) -> Application:
    return day_exemptions.ask_day_exemption(
        by=user,
        applicant=user.mandates.get().applicant,
        facts=given.VAN,
        source=FactsRecord.Source.REGISTER,
        plate=plate,
        country="NL",
        municipality=Municipality.objects.get(name="Utrecht"),
        day=timezone.localdate() + timedelta(days=days),
        language="nl",
    )


def test_an_unread_letter_waits_until_somebody_of_the_company_opens_it(
    as_applicant: Client, as_colleague: Client, applicant: User, caseworker: User
) -> None:
    application = given.waiting(by=applicant, desk=caseworker)
    letter = application.dossier.letters.get(kind="completion_request")
    assert todo(as_applicant) == [letter.subject]

    page(as_colleague, "letter", application.key, letter.pk)

    assert todo(as_applicant) == []
    assert "voor het eerst gelezen op" in page(as_applicant, "my_letters")


def test_opening_the_pdf_counts_as_reading(as_applicant: Client, applicant: User, caseworker: User) -> None:
    application = given.waiting(by=applicant, desk=caseworker)
    letter = application.dossier.letters.get(kind="completion_request")

    as_applicant.get(reverse("letter_pdf", args=[application.key, letter.pk]))

    assert todo(as_applicant) == []


def test_the_desk_that_looks_at_a_letter_does_not_read_it_for_the_applicant(
    as_caseworker: Client, as_applicant: Client, applicant: User, caseworker: User
) -> None:
    application = given.waiting(by=applicant, desk=caseworker)
    letter = application.dossier.letters.get(kind="completion_request")

    as_caseworker.get(reverse("admin:exemptions_application_letter", args=[application.pk, letter.pk]))

    assert todo(as_applicant) == [letter.subject]


def test_several_unread_letters_are_one_card(as_applicant: Client, applicant: User, caseworker: User) -> None:
    for plate in ("VX101Z", "VX102Z"):
        given.waiting(by=applicant, desk=caseworker, plate=plate)

    assert todo(as_applicant) == ["2 nieuwe brieven"]


def test_a_letter_of_just_after_midnight_is_of_the_new_day(
    as_applicant: Client, applicant: User, caseworker: User
) -> None:
    night = timezone.localtime().replace(hour=0, minute=30) - timedelta(days=1)  # still the day before in UTC
    with time_machine.travel(night):
        given.waiting(by=applicant, desk=caseworker)

    groups = as_applicant.get(reverse("my_applications")).context["groups"]
    [words] = [text for one in groups[0].besides if not one.about and one.title != CHOICE for text in one.next]

    assert day_in_words(night.date()) in words


def test_what_confirms_ones_own_deed_and_what_is_old_does_not_nag(as_applicant: Client, applicant: User) -> None:
    given.filed(by=applicant, plate="VX101Z")
    with time_machine.travel(timezone.localtime() - timedelta(days=60)):
        given.filed(by=applicant, plate="VX102Z").withdraw(by=applicant)

    assert todo(as_applicant) == []


def test_the_days_that_are_left_to_complete_stand_there(
    as_applicant: Client, applicant: User, caseworker: User
) -> None:
    application = given.waiting(by=applicant, desk=caseworker)

    left = (application.open_request().ends_on - timezone.localdate()).days
    assert f"U hebt nog {left} dagen." in page(as_applicant, "my_applications")


def test_an_exemption_that_ends_soon_waits_with_a_button(
    as_applicant: Client, applicant: User, caseworker: User
) -> None:
    exemption = given.granted(by=applicant, desk=caseworker, days=20).exemptions.get()

    words = page(as_applicant, "my_applications")

    assert "Deze ontheffing loopt af over 20 dagen" in words
    assert f'action="{reverse("extend", args=[exemption.pk])}"' in words


def test_on_its_last_day_an_exemption_ends_today(login: Login, applicant: User, caseworker: User) -> None:
    given.granted(by=applicant, desk=caseworker, days=20)

    with time_machine.travel(timezone.localtime() + timedelta(days=20)):
        assert "Deze ontheffing loopt vandaag af" in page(login(applicant), "my_applications")


def test_an_exemption_that_ends_late_does_not_wait(as_applicant: Client, applicant: User, caseworker: User) -> None:
    given.granted(by=applicant, desk=caseworker, days=200)

    assert "Deze ontheffing loopt af" not in page(as_applicant, "my_applications")


# --- Exemptions -----------------------------------------------------------------------------------------


def test_the_exemption_that_ends_first_stands_on_top(as_applicant: Client, applicant: User, caseworker: User) -> None:
    for plate, days in (("VX101Z", 200), ("VX102Z", 20), ("VX103Z", 90)):
        given.granted(by=applicant, desk=caseworker, plate=plate, days=days)

    context = as_applicant.get(reverse("my_exemptions")).context

    assert [one.days_left for one in context["running"]] == [20, 90, 200]


def test_what_has_ended_stands_apart(as_applicant: Client, applicant: User, caseworker: User) -> None:
    with time_machine.travel(timezone.localtime() - timedelta(days=90)):
        given.granted(by=applicant, desk=caseworker, days=40)

    context = as_applicant.get(reverse("my_exemptions")).context

    assert (context["running"], len(context["over"])) == ([], 1)


def test_day_exemptions_are_counted_by_vehicle_municipality_and_year(as_applicant: Client, applicant: User) -> None:
    for days in (1, 2, 3):
        day_exemption(applicant, days=days)

    counts = as_applicant.get(reverse("my_exemptions")).context["days"]

    used = Counter((timezone.localdate() + timedelta(days=days)).year for days in (1, 2, 3))
    assert {one.year: (one.used, one.most) for one in counts} == {year: (count, 12) for year, count in used.items()}


def test_what_somebody_else_had_for_the_plate_is_not_counted(
    as_applicant: Client, applicant: User, stranger: User
) -> None:
    day_exemption(applicant, days=1)
    before = as_applicant.get(reverse("my_exemptions")).context["days"]

    day_exemption(stranger, days=2)

    assert as_applicant.get(reverse("my_exemptions")).context["days"] == before


def test_the_proof_has_the_code_and_nobody_elses(
    as_applicant: Client, as_stranger: Client, applicant: User, caseworker: User
) -> None:
    exemption = given.granted(by=applicant, desk=caseworker).exemptions.get()
    address = reverse("exemption_proof", args=[exemption.pk])

    words = as_applicant.get(address).content.decode()

    assert exemption.decision.reference in words
    assert "data:image/svg+xml" in words
    assert as_stranger.get(address).status_code == 404


# --- Letters, files, messages ---------------------------------------------------------------------------


def test_every_file_can_be_downloaded_from_one_page(as_colleague: Client, applicant: User, caseworker: User) -> None:
    first, second = (given.taken_up(by=applicant, desk=caseworker, plate=plate) for plate in ("VX101Z", "VX102Z"))

    words = page(as_colleague, "my_documents")

    for application in (first, second):
        for document in application.dossier.documents.filter(kind="evidence"):
            address = reverse("document", args=[application.key, document.pk])
            assert address in words
            assert as_colleague.get(address).status_code == 200


def test_a_file_that_was_removed_is_not_offered(as_applicant: Client, applicant: User) -> None:
    application = given.filed(by=applicant)
    application.dossier.documents.update(removed_at=timezone.now())

    assert "bewijs.pdf" not in page(as_applicant, "my_documents")


def test_the_messages_are_the_mails_and_what_was_asked(as_applicant: Client, applicant: User, caseworker: User) -> None:
    application = given.waiting(by=applicant, desk=caseworker)

    words = page(as_applicant, "my_messages")

    assert f"Aanvraag {mark_unbroken(application.dossier)} aanvullen" in words
    assert application.dossier.outgoing_mail.all()[0].subject in words


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_sees_nothing_of_it(as_stranger: Client, applicant: User, caseworker: User, name: str) -> None:
    application = given.granted(by=applicant, desk=caseworker)

    words = page(as_stranger, name)

    assert str(application.dossier) not in words
    assert "bewijs.pdf" not in words


def test_a_list_asks_as_many_queries_for_many_as_for_few(
    as_applicant: Client, applicant: User, caseworker: User
) -> None:
    for number in range(2):
        fill(applicant, caseworker, number)
    few = count_queries(as_applicant)

    for number in range(2, 7):
        fill(applicant, caseworker, number)

    assert count_queries(as_applicant) == few


def count_queries(client: Client) -> dict[str, int]:
    """By page: how many it asks."""
    counts = {}
    for name in PAGES:
        with CaptureQueriesContext(connection) as asked:
            page(client, name)
        counts[name] = len(asked)
    return counts


def fill(applicant: User, caseworker: User, number: int) -> None:
    """One exemption that ends soon, one case that waits, one day."""
    given.granted(by=applicant, desk=caseworker, plate=f"VX1{number}0Z", days=20)
    given.waiting(by=applicant, desk=caseworker, plate=f"VX1{number}1Z")
    day_exemption(applicant, plate=f"VX1{number}2Z")


# --- What must be done first -----------------------------------------------------------------------------


def tasks(client: Client, **query: str | int) -> list[Card]:
    group = client.get(reverse("my_applications"), query).context["groups"][0]
    return [one for one in group.besides if one.title != CHOICE] if group.number == 0 else []


def test_what_must_be_done_is_sorted_by_its_last_day(
    as_applicant: Client, applicant: User, caseworker: User, other_caseworker: User
) -> None:
    given.waiting(by=applicant, desk=caseworker, plate="VX101Z")  # in three weeks
    given.rejected(by=applicant, desk=caseworker, second=other_caseworker, plate="VX102Z")  # in six weeks
    given.granted(by=applicant, desk=caseworker, days=7, plate="VX103Z")
    given.draft(by=applicant, plate="VX104Z")

    dated = [one.last_day for one in tasks(as_applicant) if one.last_day]

    assert [one.plate for one in tasks(as_applicant) if one.last_day] == ["VX-103-Z", "VX-101-Z", "VX-102-Z"]
    assert dated == sorted(dated)
    assert tasks(as_applicant)[-1].plate == "VX-104-Z"


def test_a_rejection_waits_as_long_as_one_can_object(
    login: Login, applicant: User, caseworker: User, other_caseworker: User
) -> None:
    application = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    (task,) = [one for one in tasks(login(applicant)) if one.about == application.pk]
    assert task.label == "afgewezen"
    assert "bezwaar maken" in task.next[0]

    with time_machine.travel(timezone.localtime() + timedelta(days=50)):
        assert not [one for one in tasks(login(applicant)) if one.about == application.pk]


def test_nothing_stands_on_the_page_twice(
    as_applicant: Client, applicant: User, caseworker: User, other_caseworker: User
) -> None:
    given.granted(by=applicant, desk=caseworker, days=7, plate="VX103Z")
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    contest.draft(rejected, by=applicant)

    groups = as_applicant.get(reverse("my_applications")).context["groups"]

    plates = [one.plate for group in groups for one in (*group.besides, *group.cases) if one.plate]
    assert sorted(plates) == ["VX-103-Z", "VX-123-Z"]


def test_day_exemptions_that_are_over_do_not_fill_the_page(login: Login, applicant: User) -> None:
    for days in range(3):
        day_exemption(applicant, days=days)

    with time_machine.travel(timezone.localtime() + timedelta(days=10)):
        client = login(applicant)
        assert "3 dagontheffingen die voorbij zijn" in page(client, "my_applications")
        assert len(client.get(reverse("my_applications")).context["page"].object_list) == 0


def test_a_representative_looks_at_one_client(
    as_representative: Client, representative: User, applicant: User, stranger: User, other_organisation: Applicant
) -> None:
    representative.mandates.create(applicant=other_organisation, role="representative")
    given.draft(by=applicant, plate="VX101Z")
    given.draft(by=stranger, plate="VX102Z")

    assert {one.plate for one in tasks(as_representative)} == {"VX-101-Z", "VX-102-Z"}
    assert [one.plate for one in tasks(as_representative, voor=other_organisation.pk)] == ["VX-102-Z"]
    assert len(tasks(as_representative, voor="9999999")) == 2


def test_the_start_page_and_the_letters_tell_one_number_and_all_can_be_marked(
    as_applicant: Client, applicant: User, caseworker: User
) -> None:
    for plate in ("VX101Z", "VX102Z"):
        given.waiting(by=applicant, desk=caseworker, plate=plate)
    assert "2 nieuwe brieven" in page(as_applicant, "my_applications")
    assert page(as_applicant, "my_letters").count("nog niet gelezen") == 2

    as_applicant.post(reverse("my_letters"))

    assert "nog niet gelezen" not in page(as_applicant, "my_letters")
    assert "nieuwe brieven" not in page(as_applicant, "my_applications")
    assert "als gelezen gemarkeerd" in page(as_applicant, "my_letters")


def test_who_opens_a_marked_letter_has_read_it(as_applicant: Client, applicant: User, caseworker: User) -> None:
    letter = given.waiting(by=applicant, desk=caseworker).dossier.letters.get(kind="completion_request")
    as_applicant.post(reverse("my_letters"))
    assert letter.reading.only_marked

    page(as_applicant, "letter", letter.dossier.application.key, letter.pk)

    letter.reading.refresh_from_db()
    assert not letter.reading.only_marked


def test_a_mail_that_did_not_arrive_is_told_until_the_address_works(as_applicant: Client, applicant: User) -> None:
    application = given.filed(by=applicant)
    mail = application.dossier.outgoing_mail.filter(to=applicant.email).get()
    mail.given_up_at = timezone.now()
    mail.save()
    for name in ("my_applications", "my_messages"):
        assert "Uw mailadres werkt niet" in page(as_applicant, name)

    application.dossier.outgoing_mail.create(
        kind=mail.kind, to=applicant.email, subject="x", body="x", sent_at=timezone.now()
    )

    assert "Uw mailadres werkt niet" not in page(as_applicant, "my_applications")


def test_the_address_of_the_applicant_is_mended_by_its_own_people(
    as_applicant: Client, as_representative: Client, organisation: Applicant
) -> None:
    address = reverse("applicant_choices", args=[organisation.pk])
    sent = {"part": "mail", "email": "nieuw@korst.example", "second_email": "", "mail_expiry": "on"}

    as_representative.post(address, sent)
    organisation.refresh_from_db()
    assert organisation.email != "nieuw@korst.example"

    as_applicant.post(address, sent)
    organisation.refresh_from_db()
    assert organisation.email == "nieuw@korst.example"


def test_a_question_about_an_application_knows_its_number(as_applicant: Client, applicant: User) -> None:
    application = given.filed(by=applicant)
    link = f"{reverse('contact')}?zaak={application.dossier}"

    assert reverse("case_messages", args=[application.key]) in page(as_applicant, "application", application.key)
    assert as_applicant.get(link).context["form"].initial["dossier"] == str(application.dossier)


def test_the_list_asks_no_more_when_more_is_to_be_done(
    as_applicant: Client, applicant: User, caseworker: User, other_caseworker: User
) -> None:
    def counted(plates: list[str]) -> int:
        for plate in plates:
            given.rejected(by=applicant, desk=caseworker, second=other_caseworker, plate=plate)
        with CaptureQueriesContext(connection) as queries:
            page(as_applicant, "my_applications")
        return len(queries)

    assert counted(["VX101Z"]) == counted(["VX102Z", "VX103Z"])


def test_the_number_in_a_subject_stays_whole_with_its_brackets() -> None:
    assert (
        mark_unbroken_in("Besluit (ZES-2026-000001)", "ZES-2026-000001")
        == f"Besluit {mark_unbroken('(ZES-2026-000001)')}"
    )
    assert mark_unbroken_in("Over ZES-2026-000001.", "ZES-2026-000001") == f"Over {mark_unbroken('ZES-2026-000001')}."
    assert mark_unbroken_in("Uw <brief>", "ZES-2026-000001") == "Uw &lt;brief&gt;"
