"""What doing nothing costs: the sums, what is not known, and the page that works without a script."""

from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from casework.models import Policy
from exemptions.models import KindVersion
from helpdesk.information.trip_costs import TripCosts, compute_trip_costs

DAYS = st.integers(1, 31)
FEES = st.none() | st.decimals(0, 500, places=2)


def cost(days_a_month: int, *, fine=100, day_fee=Decimal(30), most_days=12, longer_fees=()) -> TripCosts:
    return compute_trip_costs(days_a_month, fine=fine, day_fee=day_fee, most_days=most_days, longer_fees=longer_fees)


# --- The sums -------------------------------------------------------------------------------------------


def test_a_day_a_month_is_twelve_fines_or_twelve_day_exemptions():
    costs = cost(1)

    assert (costs.fines, costs.day_exemptions, costs.left) == (1200, Decimal(360), 0)


def test_beyond_the_most_of_a_year_a_day_exemption_does_not_help():
    costs = cost(4)

    assert (costs.fines, costs.day_exemptions, costs.left) == (4800, Decimal(360), 36)


@given(DAYS, st.integers(0, 400), st.integers(0, 1000), st.decimals(0, 500, places=2))
def test_each_day_is_exempted_or_left_and_no_more_than_the_most_is_exempted(days, most, fine, fee):
    costs = cost(days, most_days=most, fine=fine, day_fee=fee)

    assert costs.exempted + costs.left == costs.days == days * 12
    assert costs.exempted <= most
    assert (costs.fines, costs.day_exemptions) == (costs.days * fine, costs.exempted * fee)


@given(DAYS, st.integers(0, 400))
def test_more_days_never_cost_less(days, most):
    fewer, more = cost(days, most_days=most), cost(days + 1, most_days=most)

    assert fewer.fines < more.fines
    assert fewer.day_exemptions <= more.day_exemptions


@given(DAYS)
def test_what_is_not_known_is_not_counted_as_nothing(days):
    costs = cost(days, fine=None, day_fee=None)

    assert (costs.fines, costs.day_exemptions) == (None, None)


@given(st.lists(FEES))
def test_of_longer_exemptions_the_highest_fee_counts(fees):
    longer = cost(1, longer_fees=fees).longer
    charged = [fee for fee in fees if fee]

    assert longer.highest == (max(charged) if charged else None)
    assert longer.some_have_none is (len(charged) < len(fees))


# --- The page -------------------------------------------------------------------------------------------


def ask(client, **asked):
    return client.get(reverse("trip_costs"), asked)


def read_amounts(page):
    return {line.way: line.amount.replace("\N{NO-BREAK SPACE}", " ") for line in page.context["lines"]}


@pytest.fixture
def amounts(db):
    """A fine of 100 euros for a van, so that the sums can be read."""
    Policy.objects.filter(name="fine_van_eur").update(value=100)


@pytest.mark.usefixtures("amounts")
def test_fines_stand_against_day_exemptions_and_the_days_that_are_left(client):
    page = ask(client, vehicle="van", days=4)

    assert read_amounts(page)["Niets doen"] == "hoogstens € 4.800"
    assert read_amounts(page)["Dagontheffingen"] == "€ 360,00"
    assert "Voor de andere 36 dagen" in page.content.decode()


@pytest.mark.django_db
def test_a_fine_that_is_not_known_is_said_to_be_unknown(client):
    Policy.objects.filter(name="fine_truck_eur").update(value=None)

    assert read_amounts(ask(client, vehicle="truck", days=1))["Niets doen"] == "bij ons niet bekend"


@pytest.mark.django_db
def test_a_longer_exemption_with_a_fee_says_the_most_that_it_costs(client):
    assert read_amounts(ask(client, vehicle="van", days=1))["Een langere ontheffing"] == "nu niets"
    KindVersion.objects.filter(kind="LEV").update(fee_eur=75)

    assert (
        read_amounts(ask(client, vehicle="van", days=1))["Een langere ontheffing"] == "nu niets, of hoogstens € 75,00"
    )


@pytest.mark.django_db
def test_before_the_question_there_is_no_answer_and_no_error(client):
    page = client.get(reverse("trip_costs"), {"taal": "nl"})

    assert "lines" not in page.context
    assert "error-summary" not in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("days", ["", "0", "32", "-1", "1.5", "veel", "9" * 5000, "<b>"])
def test_a_number_that_cannot_be_is_refused_with_a_reason(client, days):
    page = ask(client, vehicle="van", days=days)

    assert page.status_code == 200
    assert "lines" not in page.context
    assert page.context["form"].errors["days"]


@pytest.mark.django_db
@pytest.mark.parametrize("vehicle", ["", "other", "bus"])
def test_another_vehicle_is_not_counted(client, vehicle):
    assert ask(client, vehicle=vehicle, days=1).context["form"].errors["vehicle"]


@pytest.mark.django_db
def test_it_says_when_the_subsidies_were_last_checked_and_names_none_it_does_not_know(client):
    assert "AanZET" in ask(client, vehicle="van", days=1).content.decode()
    Policy.objects.filter(name__startswith="subsidies_known").update(value=None)

    assert "Subsidies" not in ask(client, vehicle="van", days=1).content.decode().split("<main")[1]


@pytest.mark.django_db
def test_it_quotes_no_newspaper(client):
    page = ask(client, vehicle="van", days=1).content.decode()

    assert "autovisie" not in page
    assert "autoblog" not in page


@pytest.mark.django_db
def test_the_costs_lead_to_it(client):
    assert f'href="{reverse("trip_costs")}"' in client.get(reverse("prices")).content.decode()


@pytest.mark.django_db
def test_the_queries_do_not_grow_with_the_kinds(client, django_assert_max_num_queries):
    ask(client, vehicle="van", days=1)
    with django_assert_max_num_queries(6):
        ask(client, vehicle="van", days=1)


# --- The drawing of the sign ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_question_about_the_sign_shows_it_with_words_for_who_cannot_see_it(client):
    page = client.get(reverse("topic", args=["verkeersbord"])).content.decode()

    assert page.count('role="img"') == 1
    assert "een rode cirkel" in page
    assert 'class="info-sign"' not in client.get(reverse("topic", args=["kosten"])).content.decode()
