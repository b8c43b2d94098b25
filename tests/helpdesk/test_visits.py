"""Visits are counted without cookie or person: pages that people read, and how many different visitors a day had."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from helpdesk import visits
from helpdesk.models import DaySecret, PageDay, SeenToday, VisitorDay
from tests import loop

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PAGE = "/toegankelijkheid/"


@pytest.fixture(autouse=True)
def counting(settings):
    """Counted, with a secret of this test's own."""
    settings.COUNT_VISITS = True
    visits.forget_secrets()


def visit(path: str = PAGE, *, agent: str = BROWSER, address: str = "192.0.2.1", **headers: str) -> Client:
    browser = Client(headers={"User-Agent": agent, **headers})
    browser.get(path, REMOTE_ADDR=address)
    return browser


def views() -> dict[str, int]:
    return dict(PageDay.objects.values_list("page", "views"))


def test_pages_are_counted_by_name_and_language(db):
    visit()
    visit(address="192.0.2.2")
    visit("/contact/", **{"Accept-Language": "en"})

    rows = sorted(PageDay.objects.values_list("page", "language", "views"))
    assert rows == [("accessibility", "nl", 2), ("contact", "en", 1)]


def test_somebody_who_comes_back_is_one_visitor_and_gets_no_cookie(db):
    browsers = [visit(), visit("/contact/"), visit(agent=BROWSER + " Edg"), visit(address="192.0.2.2")]

    assert SeenToday.objects.count() == 3
    assert not any("seen" in name or "visit" in name for browser in browsers for name in browser.cookies)


def test_nothing_of_a_visitor_is_kept(db):
    visit()

    kept = [str(row) for model in (SeenToday, PageDay, DaySecret) for row in model.objects.values_list()]
    assert "192.0.2.1" not in " ".join(kept)
    assert "Firefox" not in " ".join(kept)


@pytest.mark.parametrize(
    "agent",
    ["", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "curl/8.5", "python-httpx/0.28"],
)
def test_programs_are_not_counted(db, agent):
    visit(agent=agent)

    assert views() == {}


@pytest.mark.parametrize(
    "header", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"HX-Request": "1"}]
)
def test_a_browser_that_only_prepares_is_not_counted(db, header):
    visit(**header)

    assert views() == {}


@pytest.mark.parametrize(
    "path", ["/gezondheid", "/api/v1/", "/robots.txt", "/static/loket/loket.css", "/bestaat-niet/"]
)
def test_what_is_no_page_is_not_counted(db, path):
    with loop.put_aside():  # the health check is an asynchronous view
        visit(path)

        assert views() == {}


def test_the_desk_and_forms_that_are_sent_are_not_counted(db, editor):
    browser = Client(headers={"User-Agent": BROWSER})
    browser.force_login(editor)
    browser.get("/loket/")
    browser.post("/contact/", {})

    assert views() == {}


def test_counting_costs_one_query_a_page(db, settings):
    browser = visit()
    with CaptureQueriesContext(connection) as counted:
        browser.get(PAGE)
    settings.COUNT_VISITS = False
    with CaptureQueriesContext(connection) as uncounted:
        browser.get(PAGE)

    assert len(counted) == len(uncounted) + 1


def test_without_redis_pages_and_visitors_are_counted(db, redis_away):
    visit()

    assert (views(), SeenToday.objects.count()) == ({"accessibility": 1}, 1)


def test_a_table_that_cannot_be_written_costs_no_page(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE helpdesk_pageday RENAME TO helpdesk_away")
    try:
        browser = Client(headers={"User-Agent": BROWSER})
        assert browser.get(PAGE).status_code == 200
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE helpdesk_away RENAME TO helpdesk_pageday")


def test_an_address_that_cannot_be_read_costs_no_page(db):
    assert Client(headers={"User-Agent": BROWSER}).get(PAGE, REMOTE_ADDR="").status_code == 200


def test_at_once_every_view_is_counted_and_nobody_twice(transactional_db):
    today = timezone.localdate()

    def many(number: int) -> None:
        for turn in range(25):
            visits.count_view(day=today, page="home", language="nl", mark=f"{(number + turn) % 10}")
        connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(many, range(6)))

    assert views() == {"home": 150}
    assert SeenToday.objects.count() == 10


def test_two_processes_share_the_secret_of_the_day(db):
    today = timezone.localdate()
    first = visits.compute_visitor_mark(day=today, address="192.0.2.1", agent=BROWSER)
    visits.forget_secrets()  # another process

    assert visits.compute_visitor_mark(day=today, address="192.0.2.1", agent=BROWSER) == first


def test_at_night_the_visitors_are_added_up_and_marks_and_secret_go(db):
    yesterday, today = timezone.localdate() - timedelta(days=1), timezone.localdate()
    for address in ("192.0.2.1", "192.0.2.2"):
        for day in (yesterday, today):
            visits.count_view(
                day=day,
                page="home",
                language="nl",
                mark=visits.compute_visitor_mark(day=day, address=address, agent=BROWSER),
            )

    assert [visits.close_days(today=today) for _night in range(2)] == [1, 0]
    assert VisitorDay.objects.get(day=yesterday).visitors == 2
    assert [row.day for row in DaySecret.objects.all()] == [today]
    assert {row.day for row in SeenToday.objects.all()} == {today}


def test_the_same_visitor_has_another_mark_the_next_day(db):
    found = [visits.compute_visitor_mark(day=date(2026, 1, day), address="192.0.2.1", agent=BROWSER) for day in (1, 2)]

    assert found[0] != found[1]


def test_nothing_is_counted_where_an_installation_does_not_want_it(db, settings):
    settings.COUNT_VISITS = False
    visit()

    assert views() == {}
