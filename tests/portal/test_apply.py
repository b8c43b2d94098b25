"""The form for an application: beginning it, and going on later."""

import re
import uuid

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from exemptions.intake import drafts
from exemptions.models import Application, FactsRecord
from tests import given
from tests.limits import find_most
from tests.portal.wizard import ANSWERS, SIGNED, filled_in, goes_to, started

pytestmark = pytest.mark.django_db


# --- Beginning ----------------------------------------------------------------------------------------


def test_what_was_checked_before_the_login_is_carried_over(client, applicant):
    client.post(reverse("access_check"), {"plate": "TRU01E"})
    key = uuid.uuid4()
    to_login = client.post(reverse("apply_start"), {"kind": "LEV", "key": str(key), "checked": "1"})
    assert to_login.headers["Location"].startswith(reverse("account_signup"))

    client.force_login(applicant)
    begun = client.get(reverse("apply_start"))

    draft = Application.objects.get(key=key)
    assert begun.headers["Location"] == reverse("apply_resume", args=[key])
    assert (draft.plate, draft.kind.code, draft.vehicle_class, draft.owner) == ("TRU01E", "LEV", "truck", applicant)
    assert draft.current_facts.source == FactsRecord.Source.REGISTER
    assert draft.current_facts.rows["main"][0]["merk"] == "POLDERMAN"


def test_a_stranger_makes_no_row_without_end():
    """Each wish without a login is a session: one address gets a limited number a minute, and then only the login."""
    for _time in range(find_most("wishes_a_minute") + 5):
        response = Client().post("/aanvragen/nieuw/", {"kind": "V2"})

    assert response.url.startswith("/account/signup/")
    assert Session.objects.count() == find_most("wishes_a_minute")


def test_a_second_click_begins_nothing_new(as_applicant):
    key = str(uuid.uuid4())
    for _click in range(2):
        as_applicant.post(reverse("apply_start"), {"key": key}, follow=True)

    assert Application.objects.count() == 1


def test_a_kind_that_does_not_fit_is_not_carried_over(as_applicant):
    as_applicant.post(reverse("access_check"), {"plate": "TRU01E"})

    begun = started(as_applicant, kind="PAR", checked="1")

    assert begun.draft.kind is None


def test_the_key_of_somebody_else_begins_a_draft_of_ones_own(as_applicant, as_stranger, stranger):
    first = started(as_applicant)

    as_stranger.post(reverse("apply_start"), {"key": str(first.key)}, follow=True)

    assert stranger.own_applications.exclude(key=first.key).count() == 1


def test_the_start_page_shows_what_was_begun(as_applicant):
    begun = started(as_applicant)
    way_back = reverse("apply_resume", args=[begun.key])
    assert way_back not in as_applicant.get(reverse("apply_start")).content.decode()  # nothing was filled in

    begun.send("vehicle", plate="VAN01E", country="NL")

    assert way_back in as_applicant.get(reverse("apply_start")).content.decode()


def test_a_stranger_finds_nothing(as_applicant, as_stranger, applicant):
    begun = filled_in(as_applicant, applicant)

    for name, args in [("apply", ["vehicle"]), ("apply_resume", []), ("receipt", []), ("entered_pdf", [])]:
        assert as_stranger.get(reverse(name, args=[begun.key, *args])).status_code == 404
    assert as_stranger.post(begun.url("check"), SIGNED).status_code == 404
    assert begun.draft.is_draft


def test_a_colleague_can_go_on_with_it(as_applicant, as_colleague, applicant):
    begun = filled_in(as_applicant, applicant)

    assert as_colleague.get(begun.url("check")).status_code == 200


def test_a_screen_that_is_not_there(as_applicant):
    assert as_applicant.get(started(as_applicant).url("nothing")).status_code == 404


# --- Going on later -----------------------------------------------------------------------------------


def test_going_on_later_keeps_what_is_half_typed_and_mails_the_way_back(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)

    later = begun.send(
        "questions", acquisition="", ordered_vehicle="Half", ordered_on="ooit", shown=ANSWERS["shown"], later="1"
    )

    assert later.headers["Location"] == reverse("my_applications")
    resumed = begun.client.get(reverse("apply_resume", args=[begun.key]), follow=True).content.decode()
    assert 'value="Half"' in resumed
    mail = begun.draft.dossier.outgoing_mail.get()
    assert mail.to == applicant.email
    assert reverse("apply_resume", args=[begun.key]) in mail.body


def test_one_resumes_at_the_screen_that_comes_next(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)

    assert goes_to(begun.client.get(reverse("apply_resume", args=[begun.key])), begun, "check")


def test_what_is_half_typed_goes_once_the_screen_is_complete(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)
    begun.send("period", wanted_from="", later="1")

    begun.send("period", wanted_from="2030-02-02")

    assert 'value="2030-02-02"' in begun.look("period")


def test_what_is_typed_after_the_login_expired_comes_back(applicant):
    client = Client()
    client.force_login(applicant)
    begun = filled_in(client, applicant)
    client.logout()

    to_login = begun.send("period", wanted_from="2030-03-03")
    assert to_login.headers["Location"].startswith(reverse("account_login"))
    client.force_login(applicant)

    assert 'value="2030-03-03"' in begun.look("period")


def test_two_tabs_do_not_undo_each_others_screens(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)
    stale = begun.draft

    begun.send("period", wanted_from="2030-04-04")

    drafts.save_answers(stale, {"ordered_vehicle": "Uit de andere tab"})

    assert begun.draft.wanted_from.isoformat() == "2030-04-04"
    assert begun.draft.answers["ordered_vehicle"] == "Uit de andere tab"


def test_from_the_check_page_one_changes_a_screen_and_is_back(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)

    assert f"{begun.url('period')}?check=1" in begun.look("check")
    assert goes_to(begun.send("period", "?check=1", wanted_from="2030-05-05"), begun, "check")


def test_a_screen_costs_the_same_queries_however_much_there_is(as_applicant, applicant, django_assert_max_num_queries):
    begun = filled_in(as_applicant, applicant)
    for _number in range(5):
        given.draft(by=applicant, plate="")

    with django_assert_max_num_queries(30):
        begun.look("check")
    with django_assert_max_num_queries(20):
        as_applicant.get(reverse("apply_start"))


def test_the_day_exemption_is_not_asked_here(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)
    begun.send("kind", kind="DAG")

    assert begun.draft.kind.code == "LEV"


@pytest.mark.parametrize("screen", drafts.SCREENS)
def test_no_screen_says_its_title_twice(as_applicant, applicant, screen):
    begun = filled_in(as_applicant, applicant)
    page = begun.look(screen)

    (title,) = re.findall(r"<h1[^>]*>(.*?)</h1>", page)
    labels = re.findall(r"<(?:label|legend|h2)([^>]*)>(.*?)</", page, re.DOTALL)

    assert title not in {words.strip() for about, words in labels if "loket-hidden" not in about}
