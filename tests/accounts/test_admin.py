"""Administrators manage users; nobody raises themselves."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User

pytestmark = [pytest.mark.urls("tests.front.site"), pytest.mark.django_db]


def form_of(user: User, **changed: object) -> dict[str, object]:
    return {"email": user.email, "name": user.name, "language": "nl", "is_active": "on", **changed}


def page_of(user: User) -> str:
    return f"/loket/accounts/user/{user.pk}/change/"


def test_an_administrator_gives_a_role(as_administrator, applicant):
    role = Group.objects.get(name="reporter")

    as_administrator.post(page_of(applicant), form_of(applicant, is_staff="on", groups=[role.pk]))

    applicant.refresh_from_db()
    assert applicant.is_staff
    assert list(applicant.groups.all()) == [role]


def test_an_administrator_makes_a_user_who_logs_in_by_code(as_administrator):
    new = {"email": "Nieuw@example.org", "name": "Nieuw", "language": "nl", "usable_password": "false"}

    as_administrator.post("/loket/accounts/user/add/", new)

    assert not User.objects.get(email__iexact="nieuw@example.org").has_usable_password()


def test_nobody_gives_themselves_a_role(as_administrator, administrator):
    role = Group.objects.get(name="team lead")

    as_administrator.post(page_of(administrator), form_of(administrator, groups=[role.pk]))

    assert not administrator.groups.filter(pk=role.pk).exists()


def test_nobody_makes_a_superuser(as_administrator, applicant):
    as_administrator.post(page_of(applicant), form_of(applicant, is_superuser="on"))

    applicant.refresh_from_db()
    assert not applicant.is_superuser


def test_a_superuser_is_out_of_an_administrators_reach(as_administrator):
    root = User.objects.create_superuser("root@example.org", "geheim")

    as_administrator.post(page_of(root), form_of(root, name="Overgenomen"))
    password = as_administrator.get(f"/loket/accounts/user/{root.pk}/password/")

    root.refresh_from_db()
    assert root.name == ""
    assert password.status_code == 403


def test_nobody_is_deleted(as_administrator, applicant):
    response = as_administrator.post(f"/loket/accounts/user/{applicant.pk}/delete/", {"post": "yes"})

    assert response.status_code == 403
    assert User.objects.filter(pk=applicant.pk).exists()


def test_a_caseworker_does_not_see_the_users(as_caseworker):
    assert as_caseworker.get("/loket/accounts/user/").status_code == 403


def test_the_list_of_users_costs_the_same_for_many(as_administrator, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        as_administrator.get("/loket/accounts/user/")
    for number in range(30):
        User.objects.create_user(f"u{number}@example.org")

    with django_assert_num_queries(len(few)):
        as_administrator.get("/loket/accounts/user/")
