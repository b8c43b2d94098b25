"""Administrators manage people; a role is given by two of them, and nobody raises themselves."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import roles
from accounts.models import RoleChange, User
from casework import outbox
from casework.models import Message
from tests.cast import PASSWORD
from zesportal.people.rights import Rights, rights_of

pytestmark = pytest.mark.django_db

NEW = {"email": "Nieuw@example.org", "name": "Nina Nieuw", "language": "nl", "roles": ["team lead"], "reason": "Nieuw"}


def form_of(user: User, **changed: object) -> dict[str, object]:
    """The form as the page has it, with what one changes."""
    now = rights_of(user)
    as_it_is = {
        "name": user.name,
        "language": "nl",
        "roles": sorted(now.roles),
        "places": sorted(now.municipalities),
        "may_log_in": "on",
        "seen": now.stamp,
        "reason": "Nieuwe functie",
    }
    return {name: value for name, value in {**as_it_is, **changed}.items() if value is not None}


def page_of(user: User) -> str:
    return f"/loket/accounts/user/{user.pk}/change/"


def settle(browser, change, verb):
    return browser.post(f"/loket/accounts/rolechange/{change.pk}/{verb}/settle/")


def proposed(browser, user, *names, **more):
    """A change that waits."""
    browser.post(page_of(user), form_of(user, roles=[*rights_of(user).roles, *names], **more))
    return RoleChange.objects.waiting().get(user=user)


def page_about(change):
    return f"/loket/accounts/rolechange/{change.pk}/change/"


def text(response):
    return response.content.decode()


# --- Giving ---------------------------------------------------------------------------------------------


def test_a_role_is_given_once_a_second_administrator_approves(as_administrator, as_other_administrator, caseworker):
    change = proposed(as_administrator, caseworker, "team lead")
    assert not caseworker.groups.filter(name="team lead").exists()

    settle(as_other_administrator, change, "approve")

    assert caseworker.groups.filter(name="team lead").exists()
    change.refresh_from_db()
    assert (change.proposed_by.name, change.settled_by.name) == ("Ben Beheerder", "Alma Beheerder")


def test_of_what_waits_the_page_says_nothing_but_that_it_waits(as_administrator, other_administrator, caseworker):
    page = as_administrator.post(
        page_of(caseworker), form_of(caseworker, roles=[*rights_of(caseworker).roles, "team lead"]), follow=True
    )

    (said,) = page.context["messages"]
    assert "Tot dan verandert er niets" in str(said)


def test_an_applicant_with_a_role_works_at_the_desk(as_administrator, as_other_administrator, applicant):
    settle(as_other_administrator, proposed(as_administrator, applicant, "reporter"), "approve")

    applicant.refresh_from_db()
    assert applicant.is_staff


@pytest.mark.parametrize("verb", ["approve", "decline"])
def test_who_proposes_cannot_settle(as_administrator, caseworker, verb):
    change = proposed(as_administrator, caseworker, "team lead")

    assert settle(as_administrator, change, verb).status_code == 403
    assert RoleChange.objects.waiting().filter(pk=change.pk).exists()


def test_who_it_is_about_cannot_settle(as_administrator, as_other_administrator, other_administrator):
    change = proposed(as_administrator, other_administrator, "team lead")

    assert settle(as_other_administrator, change, "approve").status_code == 403


def test_a_colleague_cannot_withdraw_what_somebody_else_proposed(as_administrator, as_other_administrator, caseworker):
    change = proposed(as_administrator, caseworker, "team lead")

    assert settle(as_other_administrator, change, "withdraw").status_code == 403
    assert settle(as_administrator, change, "withdraw").status_code == 302
    assert not caseworker.groups.filter(name="team lead").exists()


def test_what_was_declined_gives_nothing(as_administrator, as_other_administrator, caseworker):
    change = proposed(as_administrator, caseworker, "team lead")

    settle(as_other_administrator, change, "decline")

    assert not caseworker.groups.filter(name="team lead").exists()
    assert "Afgewezen door Alma Beheerder" in text(as_administrator.get(page_about(change)))


def test_who_is_second_reads_what_the_first_did(as_administrator, as_other_administrator, caseworker):
    change = proposed(as_administrator, caseworker, "team lead")
    settle(as_administrator, change, "withdraw")

    late = settle(as_other_administrator, change, "approve")

    assert late.status_code == 409
    assert "ingetrokken" in text(late)
    assert not caseworker.groups.filter(name="team lead").exists()


def test_a_second_click_is_no_error(as_administrator, as_other_administrator, caseworker):
    change = proposed(as_administrator, caseworker, "team lead")
    settle(as_other_administrator, change, "approve")

    assert settle(as_other_administrator, change, "approve").status_code == 302
    assert Message.objects.filter(kind="mail_role_given").count() == 1


def test_a_second_proposal_waits_for_the_first(as_administrator, as_other_administrator, caseworker):
    proposed(as_administrator, caseworker, "team lead")

    more = form_of(caseworker, roles=["national caseworker", "editor"])
    page = as_other_administrator.post(page_of(caseworker), more)

    assert "wacht al" in text(page)
    assert RoleChange.objects.count() == 1


def test_a_role_asks_a_reason(as_administrator, caseworker):
    page = as_administrator.post(page_of(caseworker), form_of(caseworker, roles=["team lead"], reason=" "))

    assert "Schrijf waarom" in text(page)
    assert not RoleChange.objects.exists()


def test_a_municipal_role_asks_a_municipality(as_administrator, applicant):
    page = as_administrator.post(page_of(applicant), form_of(applicant, roles=["municipal caseworker"]))

    assert "Kies voor welke gemeente" in text(page)
    assert not RoleChange.objects.exists()


def test_the_last_municipality_goes_only_together_with_the_role(as_administrator, municipal_caseworker):
    page = as_administrator.post(page_of(municipal_caseworker), form_of(municipal_caseworker, places=[]))

    assert "Kies voor welke gemeente" in text(page)
    assert municipal_caseworker.municipalities.exists()


def test_a_municipality_comes_with_its_role(as_administrator, as_other_administrator, applicant):
    change = proposed(as_administrator, applicant, "municipal caseworker", places=["Utrecht"])
    assert list(applicant.municipalities.all()) == []

    settle(as_other_administrator, change, "approve")

    assert [one.name for one in applicant.municipalities.all()] == ["Utrecht"]


def test_a_municipality_is_not_given_on_its_own_page(as_administrator, caseworker, municipal_caseworker):
    utrecht = municipal_caseworker.municipalities.get()

    as_administrator.post(f"/loket/zones/municipality/{utrecht.pk}/change/", {"staff": [caseworker.pk]})

    assert list(utrecht.staff.all()) == [municipal_caseworker]


def test_with_one_administrator_the_page_says_what_to_do(as_administrator, caseworker):
    change = proposed(as_administrator, caseworker, "team lead")

    assert "manage.py give_role" in text(as_administrator.get(page_about(change)))


# --- Taking away ----------------------------------------------------------------------------------------


def test_a_role_is_taken_away_at_once_and_logged(as_administrator, team_lead):
    as_administrator.post(page_of(team_lead), form_of(team_lead, roles=[]))

    team_lead.refresh_from_db()
    assert (team_lead.is_staff, list(team_lead.groups.all())) == (False, [])
    assert RoleChange.objects.get(user=team_lead).outcome == "at_once"


def test_an_account_is_switched_off_at_once_and_on_by_two(as_administrator, as_other_administrator, caseworker):
    as_administrator.post(page_of(caseworker), form_of(caseworker, may_log_in=None))
    caseworker.refresh_from_db()
    assert not caseworker.is_active

    as_administrator.post(page_of(caseworker), form_of(caseworker))
    caseworker.refresh_from_db()
    assert not caseworker.is_active

    settle(as_other_administrator, RoleChange.objects.waiting().get(), "approve")
    caseworker.refresh_from_db()
    assert caseworker.is_active


def test_one_form_takes_away_at_once_and_proposes_the_rest(as_administrator, caseworker):
    as_administrator.post(page_of(caseworker), form_of(caseworker, roles=["editor"]))

    assert list(caseworker.groups.all()) == []
    assert [(one.direction, one.roles) for one in RoleChange.objects.order_by("pk")] == [
        ("take", ["national caseworker"]),
        ("give", ["editor"]),
    ]


def test_a_page_that_has_become_old_takes_nothing_away(as_administrator, caseworker):
    old = form_of(caseworker)
    caseworker.groups.add(Group.objects.get(name="editor"))

    page = as_administrator.post(page_of(caseworker), old)

    assert "heeft intussen" in text(page)
    assert caseworker.groups.count() == 2
    assert len(re.findall(r"checked", text(page))) >= 3


# --- Nobody for themselves; superusers -------------------------------------------------------------------


def test_nobody_gives_themselves_a_role(as_administrator, administrator):
    as_administrator.post(page_of(administrator), form_of(administrator, roles=["team lead", "administrator"]))

    assert [group.name for group in administrator.groups.all()] == ["administrator"]
    assert not RoleChange.objects.exists()


def test_one_changes_ones_own_name(as_administrator, administrator):
    as_administrator.post(page_of(administrator), {"name": "Ben de Beheerder", "language": "nl"})

    administrator.refresh_from_db()
    assert administrator.name == "Ben de Beheerder"


def test_nobody_makes_a_superuser(as_administrator, applicant):
    as_administrator.post(page_of(applicant), form_of(applicant, is_superuser="on", is_staff="on"))

    applicant.refresh_from_db()
    assert (applicant.is_superuser, applicant.is_staff) == (False, False)


def test_a_superuser_is_out_of_an_administrators_reach(as_administrator):
    root = User.objects.create_superuser("root@example.org", "geheim")

    as_administrator.post(page_of(root), form_of(root, name="Overgenomen", may_log_in=None))

    root.refresh_from_db()
    assert (root.name, root.is_active) == ("", True)


# --- No passwords, no addresses by hand -------------------------------------------------------------------


def test_nobody_sets_a_password_for_somebody_else(as_administrator, login, caseworker):
    root = login(User.objects.create_superuser("root@example.org", "geheim"))

    for browser in (as_administrator, root):
        assert browser.get(f"/loket/accounts/user/{caseworker.pk}/password/").status_code in (302, 404)
        browser.post(page_of(caseworker), form_of(caseworker, password1="x" * 20, password2="x" * 20, password="x"))

    caseworker.refresh_from_db()
    assert caseworker.check_password(PASSWORD)


def test_an_address_that_is_somebodys_login_is_not_changed_by_hand(as_administrator, caseworker):
    as_administrator.post(page_of(caseworker), form_of(caseworker, email="ben@elders.example"))

    caseworker.refresh_from_db()
    assert caseworker.email == "kees@example.org"


@pytest.mark.parametrize("table", ["auth/group", "account/emailaddress"])
def test_not_even_a_superuser_changes_rights_or_addresses_in_a_table(login, table):
    root = login(User.objects.create_superuser("root@example.org", "geheim"))

    assert root.get(f"/loket/{table}/").status_code == 404


# --- A new colleague --------------------------------------------------------------------------------------


def test_a_new_colleague_waits_for_approval_without_a_password(as_administrator):
    as_administrator.post("/loket/accounts/user/add/", NEW)

    nina = User.objects.get(email="nieuw@example.org")
    assert (nina.has_usable_password(), nina.is_staff) == (False, False)
    assert RoleChange.objects.get(user=nina).is_waiting
    assert not Message.objects.exists()


def test_a_new_colleague_is_given_kinds_and_languages_in_the_same_form(as_administrator):
    as_administrator.post("/loket/accounts/user/add/", {**NEW, "kinds": ["LEV"], "letter_languages": ["en"]})

    nina = User.objects.get(email="nieuw@example.org")
    assert (nina.kinds, nina.letter_languages) == (["LEV"], ["en"])


def test_a_new_colleague_gets_a_mail_and_logs_in_with_a_code(as_administrator, as_other_administrator, client):
    as_administrator.post("/loket/accounts/user/add/", NEW)
    settle(as_other_administrator, RoleChange.objects.get(), "approve")
    outbox.send_waiting()
    assert [(one.to, "teamleider" in one.body) for one in mail.outbox] == [(["nieuw@example.org"], True)]

    client.post("/account/login/code/", {"email": "nieuw@example.org"})
    code = re.search(r"^[A-Z0-9]{3,}-?[A-Z0-9]{3,}$", mail.outbox[-1].body, re.MULTILINE)
    assert client.post("/account/login/code/confirm/", {"code": code[0]}).headers["Location"] == "/loket/"

    assert client.get("/loket/").status_code == 200


def test_a_new_colleague_has_a_role(as_administrator):
    page = as_administrator.post("/loket/accounts/user/add/", {**NEW, "roles": []})

    assert page.status_code == 200
    assert not User.objects.filter(email="nieuw@example.org").exists()


def test_who_has_an_account_already_is_not_made_again(as_administrator, applicant):
    page = as_administrator.post("/loket/accounts/user/add/", {**NEW, "email": applicant.email.upper()})

    assert "al een account" in text(page)


# --- The log ------------------------------------------------------------------------------------------------


def test_the_log_says_it_in_words(as_administrator, as_other_administrator, applicant):
    change = proposed(as_administrator, applicant, "municipal caseworker", places=["Utrecht"])
    settle(as_other_administrator, change, "approve")

    page = text(as_administrator.get("/loket/accounts/rolechange/"))

    assert "Voorstel van Ben Beheerder voor Anna de Bakker: behandelaar van een gemeente; voor Utrecht." in page
    assert "goedgekeurd door Alma Beheerder" in page
    assert "Nieuwe functie" in page


def test_the_log_is_a_file_too(as_administrator, caseworker):
    proposed(as_administrator, caseworker, "team lead")

    file = as_administrator.get("/lijsten/accounts-rolechange/csv/")

    assert "teamleider" in b"".join(file).decode()


@pytest.mark.parametrize("who", ["as_caseworker", "as_team_lead", "as_editor", "as_reporter"])
def test_the_log_is_for_administrators(who, request, as_administrator, applicant):
    change = proposed(as_administrator, applicant, "reporter")
    browser = request.getfixturevalue(who)

    assert browser.get("/loket/accounts/rolechange/").status_code == 403
    assert browser.get(page_about(change)).status_code == 403
    assert settle(browser, change, "approve").status_code == 403


def test_the_database_keeps_what_was_settled(as_administrator, team_lead):
    as_administrator.post(page_of(team_lead), form_of(team_lead, roles=[]))
    settled = RoleChange.objects.filter(user=team_lead)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        settled.update(reason="Iets anders")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        settled.delete()


@pytest.mark.parametrize("settler", ["administrator", "caseworker"])
def test_the_database_refuses_one_pair_of_eyes(settler, request, as_administrator, administrator, caseworker):
    change = proposed(as_administrator, caseworker, "team lead")
    change.settled_by = request.getfixturevalue(settler)
    change.settled_at, change.outcome = timezone.now(), "approved"

    with pytest.raises(IntegrityError, match="rolechange_"), transaction.atomic():
        change.save()


def test_the_database_keeps_what_was_proposed(as_administrator, caseworker):
    change = proposed(as_administrator, caseworker, "team lead")

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        RoleChange.objects.filter(pk=change.pk).update(roles=["administrator"])


# --- The operator ---------------------------------------------------------------------------------------------


def test_the_operator_gives_a_role_where_there_is_one_administrator(capsys):
    call_command("give_role", "Nieuw@example.org", "administrator", "--name", "Nina", "--reason", "Eerste beheerder")

    nina = User.objects.get(email="nieuw@example.org")
    assert rights_of(nina) == Rights(frozenset({"administrator"}), frozenset(), login=True)
    assert RoleChange.objects.get(user=nina).outcome == "operator"


# --- The list ---------------------------------------------------------------------------------------------------


def test_the_list_begins_with_colleagues(as_administrator, applicant, caseworker):
    page = text(as_administrator.get("/loket/accounts/user/"))

    assert "Kees Behandelaar" in page
    assert "Anna de Bakker" not in page
    assert "Anna de Bakker" in text(as_administrator.get("/loket/accounts/user/?q=anna"))


def test_the_list_names_who_sees_nothing(as_administrator, municipal_caseworker):
    municipal_caseworker.municipalities.clear()

    assert "nog geen: ziet niets" in text(as_administrator.get("/loket/accounts/user/"))


@pytest.mark.parametrize("address", ["/loket/accounts/user/?who=all", "/loket/accounts/rolechange/"])
def test_the_lists_cost_the_same_for_many(as_administrator, administrator, django_assert_num_queries, address):
    first = User.objects.create_user("u@example.org")
    RoleChange.objects.create(user=first, direction="give", proposed_by=administrator)
    with CaptureQueriesContext(connection) as few:
        as_administrator.get(address)
    for number in range(30):
        user = User.objects.create_user(f"u{number}@example.org")
        user.groups.set(Group.objects.filter(name="editor"))
        RoleChange.objects.create(user=user, direction="give", roles=["editor"], proposed_by=administrator)

    with django_assert_num_queries(len(few)):
        as_administrator.get(address)


def test_nobody_is_deleted(as_administrator, applicant):
    response = as_administrator.post(f"/loket/accounts/user/{applicant.pk}/delete/", {"post": "yes"})

    assert response.status_code == 403
    assert User.objects.filter(pk=applicant.pk).exists()


def test_a_caseworker_does_not_see_the_people(as_caseworker):
    assert as_caseworker.get("/loket/accounts/user/").status_code == 403


def test_every_role_has_words():
    assert list(roles.WORDS) == list(roles.ROLES)


def test_the_start_page_counts_what_waits_for_me(as_administrator, as_other_administrator, caseworker):
    proposed(as_administrator, caseworker, "team lead")

    assert "wachten op een tweede beheerder: 1" in text(as_other_administrator.get("/loket/"))
    assert "wachten op een tweede beheerder" not in text(as_administrator.get("/loket/"))
