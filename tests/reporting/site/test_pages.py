"""The pages of the site's months: the list, the form with its rows of mails, what was handed in before."""

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page

from reporting.deliveries.overview import State
from reporting.models import SiteMonthVersion
from tests import axe
from tests.reporting.site.handing_in import JUNE, MAY, NUMBERS, hand_in

pytestmark = pytest.mark.django_db

LIST, OF_JUNE = "/cijfers/site/", "/cijfers/site/2025/6/"


def filled_in(*rows, seen=0, **given):
    """What a browser sends: the numbers, and rows of topic, tone and number."""
    sent = {"seen": seen, "source": "Statistiek", "topics-TOTAL_FORMS": len(rows), "topics-INITIAL_FORMS": 0, **given}
    for number, row in enumerate(rows):
        sent |= {f"topics-{number}-{name}": value for name, value in zip(("topic", "tone", "count"), row, strict=True)}
    return sent


def errors(page):
    """By field of each row."""
    return [form.errors for form in page.context["topics"]]


# --- Which months ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["2025/8/", "2025/13/", "2023/12/", "0/0/", "9999/12/", "10000/1/", "2025/0/"])
def test_a_month_that_cannot_be_does_not_exist(as_editor, path):
    assert as_editor.get(f"/cijfers/site/{path}").status_code == 404


def test_what_was_typed_survives_an_expired_login(client, editor):
    client.post(OF_JUNE, filled_in(("Kentekens", "other", "17"), visitors="17"))
    client.force_login(editor)

    context = client.get(OF_JUNE).context

    assert (context["form"]["visitors"].value(), context["topics"][0]["topic"].value()) == ("17", "Kentekens")


# --- The list -------------------------------------------------------------------------------------------------


def test_the_months_newest_first_and_what_is_missing_says_so(as_editor, editor):
    hand_in(JUNE, by=editor)
    hand_in(MAY)
    hand_in(MAY, numbers={"visitors": 1})

    rows = [row for row, _numbers in as_editor.get(LIST).context["rows"]]

    assert [row.month.month for row in rows] == [7, 6, 5, 4, 3, 2, 1]
    assert [row.state for row in rows[:4]] == [State.EXPECTED, State.HANDED_IN, State.CORRECTED, State.MISSING]


def test_a_number_that_lacks_says_so_and_a_zero_is_zero(as_editor):
    hand_in(numbers={"visitors": 0})

    numbers = [number for _label, number in as_editor.get(LIST).context["rows"][1][1]]

    assert numbers == ["0", "not handed in", "not handed in", "not handed in"]


def test_a_month_from_before_the_zones_makes_the_list_longer(as_editor):
    hand_in(localdate().replace(year=2024, month=10, day=1))

    assert str(as_editor.get(LIST).context["rows"][-1][0].month) == "2024-10-01"


def test_the_number_of_queries_does_not_grow(as_editor, django_assert_max_num_queries):
    for number in range(1, 8):
        topics = {(f"Onderwerp {row}", "other"): row for row in range(number)}
        hand_in(localdate().replace(month=number, day=1), topics=topics)
        hand_in(JUNE, numbers={"visitors": number})

    for address, most in ((LIST, 11), (OF_JUNE, 16)):
        with django_assert_max_num_queries(most):
            as_editor.get(address)


# --- One month ------------------------------------------------------------------------------------------------


def test_a_month_is_handed_in_with_its_mails(as_editor, editor):
    sent = filled_in(("Kentekens", "complaint", "5"), ("", "", ""), visitors="27000", mails="8")

    assert as_editor.post(OF_JUNE, sent).url == LIST

    version = SiteMonthVersion.objects.get()
    assert (version.visitors, version.pages, version.mails, version.delivered_by) == (27000, None, 8, editor)
    assert [str(topic) for topic in version.topics.all()] == ["Kentekens (complaint)"]


@pytest.mark.parametrize(
    ("row", "field", "sentence"),
    [
        (("", "complaint", "5"), "topic", "Say what these emails were about"),
        (("Kentekens", "", "5"), "tone", "Choose in which tone"),
        (("Kentekens", "complaint", ""), "count", "Fill in how many"),
        (("Kentekens", "complaint", "-5"), "count", "below zero"),
        (("Kentekens", "complaint", "1.500"), "count", "If you mean 1500, type 1500"),
        (("Kentekens", "angry", "5"), "tone", "not one of the available choices"),
        (("x" * 101, "complaint", "5"), "topic", "too long"),
    ],
)
def test_a_wrong_row_gets_a_sentence_and_keeps_what_was_typed(as_editor, row, field, sentence):
    page = as_editor.post(OF_JUNE, filled_in(row, ("Zones", "other", "1"), visitors="12", mails="10"))

    assert sentence in errors(page)[0][field][0]
    assert page.context["topics"][1]["topic"].value() == "Zones"
    assert page.context["form"]["visitors"].value() == "12"
    assert not SiteMonthVersion.objects.exists()


def test_a_topic_twice_is_refused_at_the_second(as_editor):
    rows = ("Kentekens", "other", "1"), ("Kentekens", "complaint", "1"), ("kentekens", "other", "2")

    page = as_editor.post(OF_JUNE, filled_in(*rows, mails="10"))

    assert [list(found) for found in errors(page)] == [[], [], ["topic"]]
    assert "is there twice" in page.content.decode()


def test_the_topics_are_at_most_all_mails(as_editor):
    rows = ("Kentekens", "other", "6"), ("Zones", "other", "5")

    page = as_editor.post(OF_JUNE, filled_in(*rows, mails="10"))

    assert "together have 11 emails, but 10 came in" in page.context["form"].errors["mails"][0]
    assert as_editor.post(OF_JUNE, filled_in(*rows, mails="11")).status_code == 302


def test_an_explanation_alone_is_handed_in_without_numbers_and_says_so(as_editor):
    assert as_editor.post(OF_JUNE, filled_in(context="De telling lag stil.\r\nHersteld in juli.")).url == LIST

    row, numbers = as_editor.get(LIST).context["rows"][1]
    numbers = [number for _label, number in numbers]
    assert (row.state, row.newest.context) == (State.WITHOUT_NUMBERS, "De telling lag stil.\nHersteld in juli.")
    assert numbers == ["not handed in"] * 4


def test_nothing_at_all_is_not_handed_in(as_editor):
    page = as_editor.post(OF_JUNE, filled_in())

    assert "Nothing is filled in" in page.context["form"].non_field_errors()[0]


def test_without_a_source_nothing_is_handed_in(as_editor):
    page = as_editor.post(OF_JUNE, filled_in(visitors="1", source=" "))

    assert "where the numbers come from" in page.context["form"].errors["source"][0]


def test_the_topics_of_the_month_before_are_offered_and_left_out_without_a_number(as_editor):
    hand_in(MAY, topics={("Kentekens", "other"): 5, ("Zones", "other"): 3})

    offered = [form.initial for form in as_editor.get(OF_JUNE).context["topics"].initial_forms]
    as_editor.post(OF_JUNE, filled_in(("Kentekens", "other", ""), ("Zones", "other", "4"), mails="10"))

    assert [(row["topic"], row["count"]) for row in offered] == [("Kentekens", None), ("Zones", None)]
    assert [topic.topic for topic in SiteMonthVersion.objects.latest("pk").topics.all()] == ["Zones"]


def test_more_rows_keep_everything_that_was_typed(as_editor):
    page = as_editor.post(OF_JUNE, filled_in(("Kentekens", "other", "veel"), visitors="1.2", more="1"))

    form, topics = page.context["form"], page.context["topics"]
    assert (form["visitors"].value(), topics[0]["count"].value(), len(topics)) == ("1.2", "veel", 6)
    assert not SiteMonthVersion.objects.exists()


def test_a_correction_shows_who_changed_what(as_editor, as_reporter):
    as_reporter.post(OF_JUNE, filled_in(("Kentekens", "other", "5"), mails="10"))
    as_editor.post(OF_JUNE, filled_in(("Kentekens", "other", "6"), ("Zones", "other", "1"), mails="12", seen=1))

    newest, first = as_editor.get(OF_JUNE).context["history"]

    assert [(change.old, change.new) for change in newest["changes"]] == [
        ("10", "12"),
        ("5", "6"),
        ("not handed in", "1"),
    ]
    assert [str(one["version"].delivered_by) for one in (newest, first)] == ["Eva Redacteur", "Rik Rapporteur"]


def test_two_clicks_are_one_delivery(as_editor):
    answers = [as_editor.post(OF_JUNE, filled_in(visitors="1")).status_code for _click in range(2)]

    assert answers == [302, 302]
    assert SiteMonthVersion.objects.count() == 1


def test_an_old_page_overwrites_nothing_and_gives_back_what_was_typed(as_editor, as_reporter):
    as_reporter.post(OF_JUNE, filled_in(visitors="10"))

    page = as_editor.post(OF_JUNE, filled_in(("Kentekens", "other", "77"), visitors="99", mails="80"))

    assert page.status_code == 409
    text = page.content.decode()
    assert all(words in text for words in ("Rik Rapporteur handed in this month", "99", "Kentekens", "77"))
    assert SiteMonthVersion.objects.get().visitors == 10


@pytest.mark.parametrize("value", ["a\0b", "9" * 5000, "-1", "²", "<script>alert(1)</script>", "x" * 150_000])
def test_what_no_honest_browser_sends_is_met_with_a_page(as_editor, value):
    fields = dict.fromkeys([*NUMBERS, "seen", "source", "context", "topics-TOTAL_FORMS", "topics-INITIAL_FORMS"], value)
    row = {f"topics-0-{name}": value for name in ("topic", "tone", "count")}

    for sent in (
        fields,
        {**fields, "more": "1"},
        filled_in(visitors="1") | row,
        filled_in() | {"topics-TOTAL_FORMS": 1} | row,
    ):
        assert as_editor.post(OF_JUNE, sent).status_code in (200, 302, 409)


def test_a_form_without_its_rows_is_not_taken_for_a_month_without_mails(as_editor):
    page = as_editor.post(OF_JUNE, {"seen": 0, "source": "x", "visitors": "1"})

    assert "did not arrive complete" in page.content.decode()
    assert not SiteMonthVersion.objects.exists()


# --- In a browser ---------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_is_accessible_and_fits(page: Page, sign_in, editor, as_editor, width):
    as_editor.post(OF_JUNE, filled_in(("Kentekens", "other", "5"), visitors="12", mails="10"))
    as_editor.post(
        "/cijfers/signalen/nieuw/",
        {"organisation": "Bond", "topic": "Laden", "text": "Te weinig.", "first": "2025-06-01", "last": "2025-07-31"},
    )
    signal = as_editor.get("/cijfers/signalen/").context["page_obj"][0]
    sign_in(page.context, editor)
    page.set_viewport_size({"width": width, "height": 900})

    of_signal = [f"/cijfers/signalen/{signal.pk}/", f"/cijfers/signalen/{signal.pk}/intrekken/"]
    for address in (LIST, OF_JUNE, "/cijfers/signalen/", *of_signal):
        page.goto(address)
        assert axe.violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
