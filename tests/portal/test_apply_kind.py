"""Which exemption, what only that one asks, where and when."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from exemptions.models import KindVersion
from tests import given
from tests.portal.wizard import ANSWERS, filled_in, goes_to, started

pytestmark = pytest.mark.django_db


def vehicle_chosen(client, user, *, plate):
    """Up to the choice of a kind."""
    begun = started(client)
    begun.send("applicant", applicant=str(user.mandates.get().applicant_id))
    begun.send("vehicle", plate=plate, country="NL")
    begun.send("vehicle", verdict="right")
    return begun


# --- Kind ---------------------------------------------------------------------------------------------


def test_kinds_that_do_not_fit_are_shown_with_the_reason(as_applicant, applicant):
    page = filled_in(as_applicant, applicant).look("kind")

    assert "Alleen een particulier kan dit aanvragen" in page
    assert "Alleen voor voertuigen jonger dan 13 jaar" in page


def test_a_kind_that_does_not_fit_cannot_be_chosen(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)

    assert "past niet bij uw voertuig" in begun.send("kind", kind="PAR").content.decode()
    assert begun.draft.kind.code == "LEV"


@pytest.mark.parametrize(
    ("plate", "is_offered", "words"),
    [
        ("VAN01E", True, "Moet u een enkele dag in de zone zijn?"),
        ("VAN02E", False, "Vanaf 1 januari 2027 mag dit voertuig er niet meer in."),
    ],
)
def test_a_day_exemption_is_offered_from_the_day_on_which_the_vehicle_may_not_enter(
    applicant, login, plate, is_offered, words
):
    with time_machine.travel(datetime(2026, 11, 29, 12, tzinfo=UTC)):
        page = (
            vehicle_chosen(login(applicant), applicant, plate=plate).look("kind").split("<main")[1].split("<footer")[0]
        )

    assert (reverse("day_exemption") in page) is is_offered
    assert words in page


def test_the_choice_of_a_kind_brings_its_checklist(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)

    begun.send("kind", kind="NET")

    codes = {item.requirement.code for item in begun.draft.evidence_items.all()}
    assert codes == {requirement.code for requirement in given.kind("NET").evidence.all()}


@pytest.mark.parametrize("screen", ["questions", "period", "evidence"])
def test_without_a_kind_the_later_screens_lead_to_the_choice(as_applicant, screen):
    begun = started(as_applicant)

    assert goes_to(begun.client.get(begun.url(screen)), begun, "kind")


def test_a_kind_that_has_a_new_version_goes_on_under_that_one(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)
    today, old = timezone.localdate(), given.kind("LEV")
    items = set(begun.draft.evidence_items.values_list("pk", flat=True))
    requirements, questions = list(old.evidence.all()), list(old.questions.all())
    KindVersion.objects.filter(pk=old.pk).update(valid_until=today)
    old.pk, old.valid_from = None, today
    old.save()
    for row in [*requirements, *questions]:
        row.pk, row.kind = None, old
        row.save()

    begun.look("check")

    assert begun.draft.kind == old
    assert set(begun.draft.evidence_items.values_list("pk", flat=True)) == items


# --- Questions ----------------------------------------------------------------------------------------


def test_a_dependent_question_comes_when_its_answer_is_there(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)
    assert "lease_months" not in begun.look("questions")

    first = begun.send("questions", **{**ANSWERS, "acquisition": "lease"})
    assert goes_to(first, begun, "questions")
    assert "lease_months" in begun.look("questions")
    shown = [*ANSWERS["shown"], "lease_months"]
    then = begun.send("questions", **{**ANSWERS, "acquisition": "lease", "lease_months": "60", "shown": shown})

    assert goes_to(then, begun, "check")
    assert begun.draft.answers["lease_months"] == "60"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"acquisition": ""}, "Kies een antwoord"),
        ({"acquisition": "stolen"}, "geldige keuze"),
        ({"ordered_on": "morgen"}, "Dit is geen datum"),
        ({"ordered_vehicle": "x" * 301}, "300"),
    ],
)
def test_a_wrong_answer_has_its_sentence_and_the_others_stay(as_applicant, applicant, wrong, words):
    begun = filled_in(as_applicant, applicant)

    page = begun.send("questions", **{**ANSWERS, "expected_on": "2028-08-08", **wrong}).content.decode()

    assert words in page
    assert 'value="2028-08-08"' in page


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1.500", "1500"), ("1500", "1500"), ("750,50", "750.5"), ("1.234.567", "1234567"), ("€ 80", "80")],
)
def test_numbers_as_people_type_them(as_applicant, applicant, typed, kept):
    begun = filled_in(as_applicant, applicant)
    begun.send("kind", kind="BEO")

    begun.send("questions", days_a_year=typed, shown=["days_a_year"])

    assert begun.draft.answers["days_a_year"] == kept


@pytest.mark.parametrize("typed", ["veel", "-3", "1,234", "9" * 20])
def test_no_numbers_are_named(as_applicant, applicant, typed):
    begun = filled_in(as_applicant, applicant)
    begun.send("kind", kind="BEO")

    answer = begun.send("questions", days_a_year=typed, shown=["days_a_year"])

    assert "Vul een getal in" in answer.content.decode()


# --- Where and when -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"wanted_from": ""}, "moet u nog"),
        ({"wanted_from": "2020-01-01"}, "niet in het verleden"),
        ({"wanted_from": "2030-01-07", "wanted_until": "2030-01-06"}, "ligt vóór de eerste"),
        ({"wanted_from": "nooit"}, "Dit is geen datum"),
    ],
)
def test_impossible_days_are_named(as_applicant, applicant, days, words):
    begun = filled_in(as_applicant, applicant)

    assert words in begun.send("period", **days).content.decode()


def test_a_kind_has_a_longest_time(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)
    begun.send("kind", kind="BEO")

    page = begun.send("period", wanted_from="2030-01-07", wanted_until="2031-01-07").content.decode()

    assert "uiterlijk tot en met 6 januari 2031" in page
    assert goes_to(begun.send("period", wanted_from="2030-01-07", wanted_until="2031-01-06"), begun, "check")


def test_a_local_kind_asks_the_municipality(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)
    begun.send("kind", kind="HAR")

    assert "Kies de gemeente" in begun.send("period", wanted_from="2030-01-07").content.decode()
