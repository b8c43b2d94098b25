"""Letters in the portal or by post (Awb 2:8): asked once, recorded, taken back at any time; and the mails one gets."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from accounts.models import User
from casework import deadlines
from casework.models import Deadline, EquatedDay, Policy, PostalCopy
from exemptions import letter_channel
from exemptions.models import Applicant, Application, ChannelChoice
from tests import given
from tests.given import Refused
from tests.portal.wizard import SIGNED
from zones.models import Municipality

WORDS = "Ik ben via dit portaal goed te bereiken."


@pytest.fixture
def by_post(organisation: Applicant, applicant: User) -> Applicant:
    """Wants letters by post."""
    choose(organisation, electronic=False, by=applicant)
    return organisation


def choose(organisation: Applicant, *, electronic: bool, by: User) -> ChannelChoice:
    text = letter_channel.text_on(timezone.localdate())
    assert text is not None
    return letter_channel.choose_channel(organisation, electronic=electronic, by=by, text=text)


def check(draft: Application) -> str:
    return reverse("apply", args=[draft.key, "check"])


def send(client: Client, draft: Application, **fields: str) -> None:
    client.post(check(draft), {**SIGNED, "channel": "", **fields})


# --- Asked once -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("never_asked")
def test_it_is_asked_when_one_files_and_recorded_with_its_words(
    as_applicant: Client, applicant: User, organisation: Applicant
) -> None:
    draft = given.draft(by=applicant)
    assert WORDS in as_applicant.get(check(draft)).content.decode()

    send(as_applicant, draft, channel="portal")

    choice = ChannelChoice.objects.get(applicant=organisation)
    assert (choice.electronic, choice.chosen_by, choice.text_version) == (True, applicant, date(2026, 1, 1))
    assert choice.text.startswith(WORDS)


@pytest.mark.usefixtures("never_asked")
def test_without_an_answer_nothing_is_sent(as_applicant: Client, applicant: User) -> None:
    draft = given.draft(by=applicant)

    send(as_applicant, draft)

    assert Application.objects.get(pk=draft.pk).is_draft
    assert not ChannelChoice.objects.exists()


@pytest.mark.usefixtures("never_asked")
def test_2_8_until_somebody_chose_the_portal_letters_go_by_post_and_stand_there_too(
    as_applicant: Client, applicant: User
) -> None:
    application = given.filed(by=applicant)

    waiting = PostalCopy.objects.to_post().get().letter
    assert (waiting.kind, waiting.made_known_on) == ("receipt", None)
    page = as_applicant.get(reverse("letter", args=[application.key, waiting.pk]))
    assert page.status_code == 200


@pytest.mark.usefixtures("never_asked")
def test_2_8_a_decision_by_post_is_made_known_when_it_is_posted(applicant: User, caseworker: User) -> None:
    application = given.granted(by=applicant, desk=caseworker)
    assert application.decisions.get().made_known_on is None

    post(application, by=caseworker, day=timezone.localdate())

    assert application.decisions.get().made_known_on == timezone.localdate()


@pytest.mark.usefixtures("never_asked")
def test_2_8_the_day_exemption_asks_it_too_and_the_answer_holds_for_its_own_letter(
    as_applicant: Client, organisation: Applicant
) -> None:
    wish = {"plate": "VAN01E", "country": "NL", "municipality": Municipality.objects.get(name="Utrecht").pk}
    wish |= {"day": timezone.localdate().isoformat()}
    assert WORDS in as_applicant.post(reverse("day_exemption"), wish).content.decode()

    as_applicant.post(reverse("day_exemption"), {**wish, "ask": "1"})
    assert not Application.objects.exists()
    as_applicant.post(reverse("day_exemption"), {**wish, "ask": "1", "channel": "portal"})

    assert ChannelChoice.objects.get(applicant=organisation).electronic
    assert not PostalCopy.objects.exists()


def test_it_is_not_asked_a_second_time(as_colleague: Client, applicant: User, organisation: Applicant) -> None:
    choose(organisation, electronic=True, by=applicant)
    draft = given.draft(by=applicant)
    assert WORDS not in as_colleague.get(check(draft)).content.decode()

    send(as_colleague, draft)

    assert not Application.objects.get(pk=draft.pk).is_draft


@pytest.mark.usefixtures("never_asked")
def test_an_application_that_cannot_be_sent_records_nothing(as_applicant: Client, applicant: User) -> None:
    draft = given.draft(by=applicant)
    draft.evidence_items.all()[0].documents.clear()

    send(as_applicant, draft, channel="portal")

    assert not ChannelChoice.objects.exists()


@pytest.mark.usefixtures("never_asked")
def test_a_new_text_leaves_the_words_of_before_as_they_were(organisation: Applicant, applicant: User) -> None:
    before = choose(organisation, electronic=True, by=applicant)
    Policy.objects.create(name="channel_text", value="Andere woorden.", valid_from=timezone.localdate(), source="x")

    text = letter_channel.text_on(timezone.localdate(), language="nl")

    assert text == letter_channel.Text("Andere woorden.", timezone.localdate())
    assert ChannelChoice.objects.get(pk=before.pk).text.startswith(WORDS)


# --- Taken back -----------------------------------------------------------------------------------------


def page_of(organisation: Applicant) -> str:
    return reverse("applicant_choices", args=[organisation.pk])


@pytest.mark.usefixtures("never_asked")
def test_it_can_be_taken_back_at_any_time_and_both_choices_stay(
    as_applicant: Client, applicant: User, organisation: Applicant
) -> None:
    choose(organisation, electronic=True, by=applicant)

    as_applicant.post(page_of(organisation), {"part": "letters", "channel": "post"})

    latest, earlier = ChannelChoice.objects.filter(applicant=organisation)
    assert (latest.electronic, earlier.electronic) == (False, True)


@pytest.mark.usefixtures("never_asked")
def test_the_same_choice_twice_is_one(as_applicant: Client, organisation: Applicant) -> None:
    for _time in range(2):
        as_applicant.post(page_of(organisation), {"part": "letters", "channel": "post"})

    assert ChannelChoice.objects.filter(applicant=organisation).count() == 1


@pytest.mark.usefixtures("never_asked")
def test_a_stranger_chooses_nothing_for_others(as_stranger: Client, organisation: Applicant) -> None:
    answer = as_stranger.post(page_of(organisation), {"part": "letters", "channel": "post"})

    assert answer.status_code == 404
    assert not ChannelChoice.objects.exists()


def test_letters_from_then_on_are_marked_and_the_portal_copy_stays(
    as_applicant: Client, applicant: User, organisation: Applicant, caseworker: User
) -> None:
    application = given.taken_up(by=applicant, desk=caseworker)
    choose(organisation, electronic=False, by=applicant)

    application.extend(by=caseworker, until=given.working_day(100), reason="Er is meer tijd nodig.")

    marked = [copy.letter.kind for copy in PostalCopy.objects.to_post()]
    assert marked == ["extension_notice"]
    assert "komt ook per post" in as_applicant.get(reverse("my_letters")).content.decode()


def test_back_in_the_portal_nothing_is_marked_any_more(by_post: Applicant, applicant: User) -> None:
    choose(by_post, electronic=True, by=applicant)

    given.filed(by=applicant)

    assert not PostalCopy.objects.exists()


# --- At the desk ----------------------------------------------------------------------------------------


def test_the_desk_has_a_list_of_what_is_to_be_posted(
    as_caseworker: Client, by_post: Applicant, applicant: User
) -> None:
    application = given.filed(by=applicant)

    listed = as_caseworker.get(reverse("admin:exemptions_application_changelist"), {"list": "to-post"})

    assert listed.context["cl"].result_list == [application]


def test_the_desk_notes_the_day_of_posting(as_caseworker: Client, by_post: Applicant, applicant: User) -> None:
    application = given.filed(by=applicant)
    letter = application.dossier.letters.get()

    step = reverse("admin:exemptions_application_step", args=[application.pk, "post_letters"])
    as_caseworker.post(step, {"letters": [letter.pk], "posted_on": timezone.localdate().isoformat()})

    copy = PostalCopy.objects.get(letter=letter)
    assert (copy.posted_on, copy.posted_by.name if copy.posted_by else "") == (timezone.localdate(), "Kees Behandelaar")
    assert not Application.objects.to_post().exists()


def test_the_case_page_says_what_waits_to_be_posted(as_caseworker: Client, by_post: Applicant, applicant: User) -> None:
    application = given.filed(by=applicant)

    words = as_caseworker.get(reverse("admin:exemptions_application_change", args=[application.pk])).content.decode()

    assert "Wil brieven per post: gezegd door Anna de Bakker" in words
    assert "af te drukken en te posten" in words


def post(application: Application, *, by: User, day: date) -> None:
    letters = [copy.letter for copy in PostalCopy.objects.to_post().filter(letter__dossier=application.dossier)]
    application.post_letters(by=by, letters=letters, posted_on=day)


def test_a_decision_that_is_posted_later_can_be_objected_to_longer(
    by_post: Applicant, applicant: User, caseworker: User
) -> None:
    with time_machine.travel(timezone.localtime() - timedelta(days=3)):
        application = given.granted(by=applicant, desk=caseworker)

    post(application, by=caseworker, day=timezone.localdate())

    due = deadlines.objection_due(timezone.localdate(), calendar=EquatedDay.calendar())
    assert application.dossier.deadlines.open().get(kind=Deadline.Kind.OBJECT).due == due
    assert application.decisions.get().announced_on == timezone.localdate()


@pytest.mark.parametrize("days", [-30, 1], ids=["before it was written", "still to come"])
def test_an_impossible_day_is_refused(by_post: Applicant, applicant: User, caseworker: User, days: int) -> None:
    application = given.filed(by=applicant)

    with pytest.raises(Refused):
        post(application, by=caseworker, day=timezone.localdate() + timedelta(days=days))

    assert PostalCopy.objects.to_post().exists()


def test_the_second_of_two_who_post_the_same_letter_is_told(
    by_post: Applicant, applicant: User, caseworker: User, other_caseworker: User
) -> None:
    application = given.filed(by=applicant)
    letters = list(application.dossier.letters.all())
    application.post_letters(by=caseworker, letters=letters, posted_on=timezone.localdate())

    with pytest.raises(TransitionNotAllowed):
        application.post_letters(by=other_caseworker, letters=letters, posted_on=timezone.localdate())

    assert PostalCopy.objects.get(letter=letters[0]).posted_by == caseworker


def test_the_applicant_does_not_note_it(by_post: Applicant, applicant: User) -> None:
    application = given.filed(by=applicant)

    with pytest.raises(PermissionDenied):
        post(application, by=applicant, day=timezone.localdate())


def test_marking_letters_costs_one_query_more(applicant: User, organisation: Applicant) -> None:
    given.filed(by=applicant, plate="VX100Z")  # the first of a year begins the numbers
    with CaptureQueriesContext(connection) as never_asked:
        given.filed(by=applicant, plate="VX101Z")
    choose(organisation, electronic=False, by=applicant)

    with CaptureQueriesContext(connection) as by_post:
        given.filed(by=applicant, plate="VX102Z")

    assert len(by_post) == len(never_asked) + 1


@pytest.mark.django_db(transaction=True)
def test_who_chooses_how_letters_come_holds_up_no_filing(organisation: Applicant, applicant: User) -> None:
    def file_another() -> str:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            return str(given.filed(by=applicant, plate="VX999Z").status)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other, transaction.atomic():
        choose(organisation, electronic=False, by=applicant)
        assert other.submit(file_another).result() == "submitted"
