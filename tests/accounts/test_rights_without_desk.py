"""Somebody who no longer works at the desk has no rights, whatever roles are left: every entrance checks."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.models import User
from accounts.roles import ROLES
from reporting.deliveries.access import match_permission
from reporting.returns.jurisdiction import DELIVER
from tests import given
from tests.cast import person

pytestmark = pytest.mark.django_db
DOORS = ("figures", "letter_list", "returns")


@pytest.fixture
def leaver():
    """Every role, and 'works at the desk' not ticked."""
    user = person("Lea Vertrokken")
    user.groups.set(Group.objects.all())
    return user


def test_no_role_gives_a_permission(leaver):
    assert set(ROLES) <= set(leaver.groups.values_list("name", flat=True))
    assert leaver.get_all_permissions() == set()
    assert not leaver.has_perm("exemptions.view_application")
    assert not leaver.has_module_perms("exemptions")


def test_the_doors_are_closed(leaver, client, applicant):
    given.filed(by=applicant)
    client.force_login(leaver)

    assert client.get(reverse("api_applications")).json()["results"] == []
    exports = client.get(reverse("export", args=["application", "csv"]))
    assert exports.status_code in (403, 404)
    for address in ("/cijfers/", "/cijfers/brieven/", "/opgaven/", "/handhaving/", "/loket/"):
        assert client.get(address).status_code in (302, 403, 404), address


def test_nobody_is_reminded_who_works_here_no_more(leaver):
    assert not User.objects.filter(match_permission(DELIVER), pk=leaver.pk).exists()


def test_with_the_tick_they_are_there(leaver):
    User.objects.filter(pk=leaver.pk).update(is_staff=True)

    assert User.objects.get(pk=leaver.pk).has_perm("exemptions.view_application")
