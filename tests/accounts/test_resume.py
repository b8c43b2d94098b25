"""A form that meets an expired login comes back filled in."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.form_recovery import KEPT_FORMS, SESSION_KEY
from accounts.models import User
from accounts.tasks import drop_old_sessions, drop_unconfirmed_accounts
from tests.cast import PASSWORD

pytestmark = [pytest.mark.urls("tests.front.site"), pytest.mark.django_db]


def typed_at(client, path="/form/"):
    return client.get(path).context["form"]["plate"].value()


def test_what_was_typed_comes_back_after_the_login(client, applicant):
    sent_away = client.post("/form/", {"plate": "VX123Z"})
    client.force_login(applicant)

    assert sent_away.url == "/account/login/?next=/form/"
    assert typed_at(client) == "VX123Z"


def test_it_comes_back_once(client, applicant):
    client.post("/form/", {"plate": "VX123Z"})
    client.force_login(applicant)

    assert typed_at(client) == "VX123Z"
    assert typed_at(client) is None


def test_the_login_page_says_that_it_is_kept(client):
    page = client.post("/form/", {"plate": "VX123Z"}, follow=True).content.decode()

    assert "wat u hebt getypt, is bewaard" in page


def test_files_are_asked_again(client):
    page = client.post("/form/", {"proof": SimpleUploadedFile("a.pdf", b"x")}, follow=True).content.decode()

    assert "Voeg uw bestanden wel opnieuw toe" in page


def test_after_an_hour_it_is_gone(client, applicant):
    client.post("/form/", {"plate": "VX123Z"})

    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        client.force_login(applicant)
        assert typed_at(client) is None


def test_too_much_to_keep_is_told(client):
    page = client.post("/form/", {"why": "x" * 100_001}, follow=True).content.decode()

    assert "was te lang om te bewaren" in page


def test_signs_are_counted_and_not_how_a_browser_writes_them(client):
    page = client.post("/form/", {"why": "é" * 45_000}, follow=True).content.decode()

    assert "wat u hebt getypt, is bewaard" in page


def test_a_few_tabs_are_kept_and_no_more(client):
    client.post("/form/", {"plate": "VX123Z"})
    client.post("/form/", {"plate": "VX999Z"})

    kept = client.session[SESSION_KEY]
    assert len(kept) <= KEPT_FORMS
    assert "VX999Z" in kept["/form/"][1]


def test_htmx_goes_to_the_login_page_whole(client):
    response = client.post("/form/", {"plate": "VX123Z"}, headers={"HX-Request": "true"})

    assert response.headers["HX-Redirect"] == "/account/login/?next=/form/"


def test_a_secret_of_the_form_is_not_kept(client):
    client.post("/form/", {"plate": "VX123Z", "csrfmiddlewaretoken": "secret"})

    assert "secret" not in client.session["typed"]["/form/"][1]


def logged_in_by(client, user):
    """By the login page, as the browser remembers it."""
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})


def test_nobody_else_sees_what_was_typed_when_a_login_ended(client, applicant, stranger):
    logged_in_by(client, applicant)
    client.cookies.pop("sessionid")  # eight hours later
    client.post("/form/", {"plate": "VX123Z"})

    logged_in_by(client, stranger)

    assert typed_at(client) is None
    assert "VX123Z" not in str(dict(client.session))


def test_who_typed_it_does(client, applicant):
    logged_in_by(client, applicant)
    client.cookies.pop("sessionid")
    client.post("/form/", {"plate": "VX123Z"})

    logged_in_by(client, applicant)

    assert typed_at(client) == "VX123Z"


def test_who_begins_to_type_before_their_first_login_keeps_it(client, applicant):
    client.post("/form/", {"plate": "VX123Z"})

    logged_in_by(client, applicant)

    assert typed_at(client) == "VX123Z"


def test_what_an_earlier_version_kept_is_still_shown(client, applicant):
    client.post("/form/", {"plate": "VX123Z"})
    session = client.session
    session[SESSION_KEY] = {path: one[:2] for path, one in session[SESSION_KEY].items()}
    session.save()
    client.force_login(applicant)

    assert typed_at(client) == "VX123Z"


def test_a_stranger_who_sends_many_forms_does_not_fill_the_database(client):
    for number in range(30):
        client.post(f"/form/?{number}", {"plate": "x" * 45_000}, REMOTE_ADDR="192.0.2.77")
        client.cookies.clear()

    assert Session.objects.count() <= 31
    assert sum(len(session.session_data) for session in Session.objects.all()) < 15 * 45_000


def test_sessions_that_ended_are_removed_with_the_forms_in_them(client):
    client.post("/form/", {"plate": "VX123Z"})
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    drop_old_sessions()

    assert not Session.objects.exists()


# --- Accounts that nobody confirmed -------------------------------------------------------------------


@pytest.fixture
def of_last_week(client):
    """Registered at the site eight days ago, and never confirmed."""
    client.post("/account/signup/", {"email": "u@example.org", "password1": PASSWORD})
    User.objects.update(date_joined=timezone.now() - timedelta(days=8))
    return User.objects.get(email="u@example.org")


def test_an_account_that_nobody_confirmed_goes_after_a_week(of_last_week, applicant):
    drop_unconfirmed_accounts()

    assert list(User.objects.all()) == [applicant]


@pytest.mark.parametrize(
    "used",
    [
        lambda user: user.emailaddress_set.update(verified=True),
        lambda user: user.emailaddress_set.create(email="z@example.org", verified=True),
        lambda user: User.objects.update(last_login=timezone.now()),
        lambda user: User.objects.update(date_joined=timezone.now()),
        lambda user: User.objects.update(is_staff=True),
        lambda user: user.groups.create(name="some role"),
        lambda user: User.objects.update(password="!"),
        lambda user: user.role_changes.create(outcome="operator", settled_at=timezone.now(), reason="x"),
    ],
)
def test_one_that_is_somebodys_stays(of_last_week, used):
    used(of_last_week)

    drop_unconfirmed_accounts()

    assert User.objects.filter(pk=of_last_week.pk).exists()
