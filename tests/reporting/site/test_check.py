"""A spreadsheet about the site that was read: what would change, and taking it over: all of it, and once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from reporting.models import MailTopic, SiteMonthVersion, SiteUpload
from reporting.returns.accepting import Sort, fingerprint
from reporting.returns.incoming import drop_old
from reporting.site import incoming
from reporting.site.deliver import MonthRefused
from tests.reporting.returns.sheets import upload
from tests.reporting.site.sheets import JUNE, MAY, NUMBERS, hand_in, mail, month, xlsx

pytestmark = pytest.mark.django_db

UPLOAD = "/cijfers/site/bestand/"
TWO = month(), month(month="2025-05"), mail()


def sent(browser, *rows):
    """The page on which one looks at the file."""
    return browser.post(UPLOAD, {"file": upload(xlsx(*rows))}).url


def seen(browser, address):
    return {"seen": browser.get(address).context["seen"]}


def taken_in(user, *rows):
    """An upload, with what its page shows."""
    taken = incoming.take_in(upload(xlsx(*rows)), by=user)
    return taken, fingerprint(incoming.compare(taken))


def test_nothing_is_handed_in_before_somebody_accepts(as_editor, editor):
    address = sent(as_editor, *TWO)
    assert not SiteMonthVersion.objects.exists()

    as_editor.post(address, seen(as_editor, address))

    assert set(SiteMonthVersion.objects.values_list("site_month__month", "number", "delivered_by")) == {
        (MAY, 1, editor.pk),
        (JUNE, 1, editor.pk),
    }
    assert MailTopic.objects.get().count == 50


def test_old_stands_beside_new_with_the_topics_that_would_go(as_editor):
    hand_in(numbers={**NUMBERS, "mails": 200}, topics={("Zones", "other"): 3})

    by_sort = as_editor.get(sent(as_editor, *TWO)).context["by_sort"]

    (replacing,) = by_sort["replaces"]
    assert [change.month for change in by_sort["new"]] == [MAY]
    assert [(change.old, change.new) for change in replacing.differences] == [
        ("200", "208"),
        ("not handed in", "50"),
        ("3", "not handed in"),
    ]


def test_what_is_there_already_makes_no_version(as_editor):
    hand_in(topics={("Kentekens", "complaint"): 50})

    page = as_editor.get(sent(as_editor, month(), mail()))

    assert (len(page.context["by_sort"]["unchanged"]), page.context["changing"]) == (1, [])
    assert "Correct the errors above first." in page.content.decode()


def test_a_file_that_cannot_be_read_leaves_a_sentence_on_the_page(as_editor):
    page = as_editor.post(UPLOAD, {"file": upload(b"", "leeg.xlsx")})

    assert "“leeg.xlsx” is empty" in page.context["form"].errors["file"][0]
    assert "Choose a file first" in as_editor.post(UPLOAD).context["form"].errors["file"][0]


def test_with_one_wrong_cell_nothing_can_be_taken_over(as_editor, editor):
    address = sent(as_editor, month(), month(month="2025-05", visitors="veel"))
    page = as_editor.get(address)

    assert "Nothing can be accepted yet" in page.content.decode()
    assert b'name="seen"' not in page.content
    assert as_editor.post(address, {"seen": page.context["seen"]}).status_code == 409
    with pytest.raises(MonthRefused, match="errors in this file"):
        incoming.accept(SiteUpload.objects.get(), by=editor, seen=page.context["seen"])
    assert not SiteMonthVersion.objects.exists()


def test_twice_is_as_once(as_editor):
    address = sent(as_editor, *TWO)
    saw = seen(as_editor, address)

    assert [as_editor.post(address, saw).status_code for _click in range(2)] == [302, 302]
    assert SiteMonthVersion.objects.count() == 2


def test_what_a_colleague_handed_in_meanwhile_is_looked_at_first(as_editor, reporter):
    address = sent(as_editor, *TWO)
    saw = seen(as_editor, address)
    hand_in(by=reporter, numbers={"visitors": 7})

    page = as_editor.post(address, saw)

    assert page.status_code == 409
    assert [change.now.visitors for change in page.context["by_sort"]["replaces"]] == [7]
    assert SiteMonthVersion.objects.get().visitors == 7


def test_after_it_was_taken_over_the_page_tells_what_was_corrected_since(as_editor):
    address = sent(as_editor, *TWO)
    as_editor.post(address, seen(as_editor, address))
    hand_in(numbers={"visitors": 7})

    page = as_editor.get(address)

    assert [(change.month, change.sort) for change in page.context["changes"]] == [
        (MAY, Sort.UNCHANGED),
        (JUNE, Sort.REPLACES),
    ]
    assert "corrected since" in page.content.decode()


def test_an_upload_is_its_senders_alone(as_editor, as_reporter):
    address = sent(as_editor, *TWO)

    assert [as_reporter.get(address).status_code, as_reporter.post(address, {"seen": "x"}).status_code] == [404, 404]


@pytest.mark.parametrize("value", ["", "x" * 17, "a\0b", "0" * 16])
def test_a_page_that_nobody_was_shown_takes_nothing_over(as_editor, value):
    assert as_editor.post(sent(as_editor, *TWO), {"seen": value}).status_code in (200, 409)
    assert not SiteMonthVersion.objects.exists()


def test_who_is_no_editor_any_more_takes_nothing_over(as_editor, editor):
    taken, saw = taken_in(editor, *TWO)
    editor.groups.clear()

    with pytest.raises(PermissionDenied):
        incoming.accept(taken, by=type(editor).objects.get(pk=editor.pk), seen=saw)

    assert SiteUpload.objects.get().accepted_at is None


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_take_it_over_once(editor):
    taken, saw = taken_in(editor, *TWO)

    def window(_number):
        try:
            return incoming.accept(taken, by=editor, seen=saw)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as windows:
        assert sorted(windows.map(window, range(2)), key=str) == [2, None]

    assert SiteMonthVersion.objects.count() == 2


def test_all_or_nothing_when_it_is_killed_half_way(editor, monkeypatch):
    taken, saw = taken_in(editor, *TWO)
    real, kept = incoming.deliver, []

    def dies_at_the_second(**about):
        if kept:
            raise KeyboardInterrupt
        kept.append(real(**about))

    monkeypatch.setattr(incoming, "deliver", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        incoming.accept(taken, by=editor, seen=saw)

    assert not SiteMonthVersion.objects.exists()


def test_the_number_of_queries_does_not_grow(as_editor, django_assert_max_num_queries):
    rows = [month(month=f"2025-0{number}") for number in range(1, 8)]
    mails = [mail(month=row["month"], topic=f"Onderwerp {number}", count=1) for row in rows for number in range(9)]
    for number in range(1, 8):
        hand_in(date(2025, number, 1), topics={("Zones", "other"): number})

    with django_assert_max_num_queries(9):
        address = sent(as_editor, *rows, *mails)
    with django_assert_max_num_queries(11):
        as_editor.get(address)


def test_an_upload_that_nobody_accepted_is_dropped_after_a_month(editor):
    taken_in(editor, *TWO)

    assert drop_old(now=timezone.localtime() + timedelta(days=29)) == 0
    assert drop_old(now=timezone.localtime() + timedelta(days=31)) == 1
