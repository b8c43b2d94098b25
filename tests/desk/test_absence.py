"""When colleagues are away: their own days for everybody, and everybody's for who leads the team or keeps accounts."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Absence
from tests.desk import pages
from tests.looping import each

pytestmark = pytest.mark.django_db
LIST = reverse("admin:accounts_absence_changelist")
ADD = reverse("admin:accounts_absence_add")


def days(first=0, last=7):
    today = timezone.localdate()
    return {"first_day": today + timedelta(days=first), "last_day": today + timedelta(days=last)}


def test_somebody_notes_when_they_are_away(as_caseworker, caseworker):
    as_caseworker.post(ADD, {"user": caseworker.pk, **days()})

    assert Absence.objects.get().user == caseworker
    assert str(caseworker) in pages.text(as_caseworker.get(LIST))


def test_nobody_notes_it_for_a_colleague(as_caseworker, other_caseworker):
    as_caseworker.post(ADD, {"user": other_caseworker.pk, **days()})

    assert not Absence.objects.exists()


@each("who", ["team_lead", "administrator"])
def test_a_team_lead_and_an_administrator_do(who, login, caseworker, team_lead, administrator):
    client = login({"team_lead": team_lead, "administrator": administrator}[who])

    client.post(ADD, {"user": caseworker.pk, **days()})

    assert Absence.objects.get().user == caseworker


def test_what_a_colleague_noted_is_theirs(as_caseworker, other_caseworker):
    theirs = Absence.objects.create(user=other_caseworker, **days())
    page = reverse("admin:accounts_absence_change", args=[theirs.pk])

    assert str(other_caseworker) not in pages.text(as_caseworker.get(LIST))
    as_caseworker.post(page, {"user": other_caseworker.pk, **days(last=1)})
    as_caseworker.post(reverse("admin:accounts_absence_delete", args=[theirs.pk]), {"post": "yes"})
    assert Absence.objects.get().last_day == days()["last_day"]


@each("sent", [{"first_day": "x", "last_day": "x"}, {"first_day": "", "last_day": ""}, days(first=7, last=0)])
def test_days_that_cannot_be_are_refused(sent, as_caseworker, caseworker):
    page = as_caseworker.post(ADD, {"user": caseworker.pk, **sent})

    assert page.context["adminform"].errors
    assert not Absence.objects.exists()


def test_the_database_refuses_an_end_before_the_beginning(caseworker):
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(user=caseworker, **days(first=7, last=0))


def test_what_is_over_is_a_filter_away(as_caseworker, caseworker):
    Absence.objects.create(user=caseworker, **days(first=-9, last=-2))

    assert len(as_caseworker.get(LIST).context["cl"].result_list) == 0
    assert len(as_caseworker.get(LIST, {"when": "all"}).context["cl"].result_list) == 1


def test_skills_are_kept_where_the_colleague_is(as_administrator, caseworker):
    page = reverse("admin:accounts_user_change", args=[caseworker.pk])
    form = as_administrator.get(page).context["adminform"].form
    kept = {name: value for name, value in form.initial.items() if value not in (None, "")}

    as_administrator.post(page, {**kept, "kinds": ["LEV", "NEV"], "letter_languages": ["nl"]})

    caseworker.refresh_from_db()
    assert (sorted(caseworker.kinds), caseworker.letter_languages) == (["LEV", "NEV"], ["nl"])


@each("kinds", [["XXX"], ["LEV", "' OR 1=1"]])
def test_a_kind_that_there_is_not_is_no_skill(kinds, as_administrator, caseworker):
    page = reverse("admin:accounts_user_change", args=[caseworker.pk])
    form = as_administrator.get(page).context["adminform"].form
    kept = {name: value for name, value in form.initial.items() if value not in (None, "")}

    as_administrator.post(page, {**kept, "kinds": kinds})

    caseworker.refresh_from_db()
    assert caseworker.kinds == []
