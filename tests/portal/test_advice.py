"""For you: the one best way on, below the answer of the access check."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from exemptions.intake.advice import Plan, Said, Use, find_best_way
from exemptions.intake.eligibility import Fit
from exemptions.models import Application, KindVersion
from tests.looping import each
from zones.access import AccessDecision

pytestmark = pytest.mark.django_db
ON = date(2026, 12, 1)
NO = AccessDecision(False, "V2", None, "")
ENDING = AccessDecision(True, "V2", date(2027, 1, 1), "")
FOR_GOOD = AccessDecision(True, "ZE", None, "")


def kind(code, **about):
    return KindVersion(kind_id=code, name_nl=code, summary_nl=f"Over {code}.", scope="national", **about)


ORDERED, PRIVATE, WORK = (kind(code, advised_for=code.lower()) for code in ("ORDERED", "PRIVATE", "WORK"))
HYBRID = kind("HYBRID", plug_in_hybrid_only=True)
DAY = kind("DAY")
DAY.scope = "day"
ALL = (ORDERED, PRIVATE, WORK, DAY)


@each(
    "use, plan, kinds, way, code",
    [
        ("business", "ordered", ALL, "kind", "ORDERED"),
        ("private", "ordered", ALL, "kind", "ORDERED"),
        ("business", "few_days", ALL, "day", "DAY"),
        ("private", "hired", ALL, "day", "DAY"),
        ("private", "none", ALL, "kind", "PRIVATE"),
        ("business", "none", ALL, "kind", "WORK"),
        ("business", "none", (WORK, HYBRID, DAY), "kind", "HYBRID"),
        ("business", "none", (PRIVATE, DAY), "day", "DAY"),
        ("business", "ordered", (WORK, DAY), "kind", "WORK"),
        ("business", "hired", (WORK,), "kind", "WORK"),
        ("business", "none", (), "other", None),
    ],
)
def test_one_way_is_best(use, plan, kinds, way, code):
    advice = find_best_way(NO, map(Fit, kinds), Said(Use(use), Plan(plan)), on=ON)

    assert (advice.way, advice.kind and advice.kind.code) == (way, code)
    assert advice.title
    assert advice.why.endswith(".")


@each("plan", Plan.values)
def test_who_may_enter_for_good_has_nothing_to_do(plan):
    advice = find_best_way(FOR_GOOD, map(Fit, ALL), Said(Use.BUSINESS, Plan(plan)), on=ON)

    assert advice.way == "nothing"


def test_a_kind_that_does_not_fit_is_never_advised():
    refused = [Fit(one, ("Nee.",)) for one in ALL]

    assert find_best_way(NO, refused, Said(Use.BUSINESS, Plan.ORDERED), on=ON).way == "other"


def test_a_few_days_need_nothing_as_long_as_the_vehicle_may_enter():
    later = Fit(DAY, from_day=date(2027, 1, 1))

    advice = find_best_way(ENDING, [Fit(ORDERED), later], Said(Use.BUSINESS, Plan.FEW_DAYS), on=ON)

    assert advice.way == "nothing"
    assert "1 januari 2027" in advice.why


def test_who_hired_the_vehicle_reads_that_another_one_is_a_way_too():
    hired, few = (
        find_best_way(NO, [Fit(DAY)], Said(Use.BUSINESS, plan), on=ON) for plan in (Plan.HIRED, Plan.FEW_DAYS)
    )

    assert "verhuurder" in hired.why
    assert "verhuurder" not in few.why


# --- On the page ----------------------------------------------------------------------------------------


def ask(client, plate="VAN01E", **more):
    client.post(reverse("access_check"), {"plate": plate, **more})
    return client.get(reverse("access_answer")).content.decode()


def answer(client, **said):
    """The panel 'For you', without its marks."""
    page = client.get(reverse("access_answer"), said).content.decode()
    panel = page.partition('id="for-you"')[2].partition("</section>")[0]
    return " ".join(panel.split())


def test_two_answers_lead_to_one_button_that_keeps_kind_and_plate(client):
    asked = ask(client)
    told = answer(client, use="business", plan="ordered")

    assert "Wat is voor u het beste?" in asked
    assert "Voor u: vraag ‘Lange levertijd’ aan" in told
    assert ('name="kind" value="LEV"' in told, 'name="checked"' in told) == (True, True)


@each(
    "use, plan, words",
    [
        ("private", "none", "Voor u: vraag ‘Particulier gebruik bestelauto’ aan"),
        ("business", "none", "Voor u: vraag ‘Niet uitstootvrij te koop’ aan"),
        ("business", "few_days", "Voor u: een dagontheffing voor elke dag"),
        ("business", "hired", "vraag de verhuurder om een voertuig"),
    ],
)
def test_the_kinds_that_are_shipped_say_to_whom_they_are_advised(client, use, plan, words):
    ask(client)

    assert words in answer(client, use=use, plan=plan)


@each("said", [{"use": "business"}, {"plan": "ordered"}, {"use": "<b>", "plan": "none"}, {"use": "x" * 900}])
def test_half_or_hostile_answers_are_asked_again(client, said):
    ask(client)
    page = answer(client, **said)

    assert "Voor u:" not in page
    assert "Kies wat" in page or "Kies waarvoor" in page
    assert "<b>" not in page


def test_who_needs_nothing_is_asked_nothing_and_nothing_is_stored(client):
    assert "Wat is voor u het beste?" not in ask(client, "VAN00E")
    assert "Voor u:" not in answer(client, use="business", plan="ordered")
    assert not Application.objects.exists()


@each(
    "plate, on, words",
    [
        ("VAN00E", "", "Met de regels van nu verandert er voor dit voertuig niets."),
        ("VAN02E", "2027-02-01", "Vandaag mag dit voertuig erin, tot en met 31 december 2026."),
    ],
)
def test_the_answer_tells_what_holds_today_and_what_changes_next(client, plate, on, words):
    with time_machine.travel(datetime(2026, 11, 29, 12, tzinfo=UTC)):
        page = ask(client, plate, on=on)

    assert words in page.partition("<main")[2].partition('<h2 class="utrecht-heading-2"')[0]


def test_of_access_that_lasts_the_answer_tells_from_when_to_apply(client):
    with time_machine.travel(datetime(2026, 11, 29, 12, tzinfo=UTC)):
        ask(client, "TRU93E")
        page = client.post(reverse("access_answer"), {"subtype": "tractor"}, follow=True).content.decode()

    assert "U mag er na vandaag nog 1128 dagen in. Vanaf 1 januari 2030" in page
    assert "Aanvragen kan vanaf 1 januari 2029." in page


def test_the_advice_costs_a_fixed_number_of_questions(client, django_assert_max_num_queries):
    ask(client)
    answer(client, use="business", plan="ordered")

    with django_assert_max_num_queries(24):
        answer(client, use="private", plan="none")
