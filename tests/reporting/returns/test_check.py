"""A spreadsheet that was read: what would change, and taking it over, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from reporting.deliveries.deliver import keep_delivery
from reporting.models import ReturnUpload, ReturnVersion
from reporting.returns import incoming
from reporting.returns.kind import RETURNS
from tests.reporting.returns.sheets import row, upload, xlsx

pytestmark = pytest.mark.django_db

JUNE = date(2025, 6, 1)


def sent(browser, *rows):
    """The page on which one looks at the file."""
    return browser.post("/opgaven/bestand/", {"file": upload(xlsx(*rows))}).url


def accept(browser, address, **more):
    return browser.post(address, {"seen": browser.get(address).context["seen"], **more})


def hand_in(utrecht, by, **given):
    values = {**RETURNS.values_of(None), **given}
    return keep_delivery(RETURNS, utrecht, JUNE, values=values, by=by, channel=ReturnVersion.Channel.FORM)


def test_nothing_is_handed_in_before_somebody_accepts(as_municipal_reporter):
    address = sent(as_municipal_reporter, row(), row(month="2025-05"))
    assert not ReturnVersion.objects.exists()

    accept(as_municipal_reporter, address)

    assert set(ReturnVersion.objects.values_list("channel", "number")) == {("sheet", 1)}
    assert ReturnVersion.objects.count() == 2


def test_old_stands_beside_new(as_municipal_reporter, utrecht, municipal_reporter):
    hand_in(utrecht, municipal_reporter, warnings=100)

    context = as_municipal_reporter.get(sent(as_municipal_reporter, row(), row(month="2025-05"))).context

    new, replacing = context["by_sort"]["new"], context["by_sort"]["replaces"]
    assert [change.month for change in new] == [date(2025, 5, 1)]
    assert [(change.old, change.new) for change in replacing[0].differences[:2]] == [
        ("100", "120"),
        ("not handed in", "30"),
    ]


def test_what_is_there_already_is_unchanged_and_makes_no_version(as_municipal_reporter):
    accept(as_municipal_reporter, sent(as_municipal_reporter, row()))

    page = as_municipal_reporter.get(sent(as_municipal_reporter, row()))

    assert (len(page.context["by_sort"]["unchanged"]), page.context["changing"]) == (1, [])


def test_a_file_that_cannot_be_read_leaves_a_sentence_on_the_page(as_municipal_reporter):
    page = as_municipal_reporter.post("/opgaven/bestand/", {"file": upload(b"", "leeg.xlsx")})

    assert "“leeg.xlsx” is empty" in page.context["form"].errors["file"][0]


# --- With errors ----------------------------------------------------------------------------------------------


def test_with_errors_nothing_is_taken_over_by_accident(as_municipal_reporter):
    address = sent(as_municipal_reporter, row(), row(month="2025-05", warnings="veel"))

    page = accept(as_municipal_reporter, address)

    assert "Correct the file" in page.context["form"].errors["leave_out"][0]
    assert not ReturnVersion.objects.exists()


def test_who_says_so_leaves_the_bad_rows_out(as_municipal_reporter):
    address = sent(as_municipal_reporter, row(), row(month="2025-05", warnings="veel", fines_van="veel"))
    assert "Leave out the 1 row with errors" in as_municipal_reporter.get(address).content.decode()

    accept(as_municipal_reporter, address, leave_out="on")

    assert ReturnVersion.objects.get().monthly_return.month == JUNE


def test_a_file_without_one_good_row_cannot_be_taken_over(as_municipal_reporter):
    page = as_municipal_reporter.get(sent(as_municipal_reporter, row(warnings="veel")))

    assert page.context["changing"] == []
    assert "Correct the errors above first." in page.content.decode()


# --- Once, and only what was seen -----------------------------------------------------------------------------


def test_twice_is_as_once(as_municipal_reporter):
    address = sent(as_municipal_reporter, row())
    seen = as_municipal_reporter.get(address).context["seen"]

    answers = [as_municipal_reporter.post(address, {"seen": seen}).status_code for _click in range(2)]

    assert answers == [302, 302]
    assert ReturnVersion.objects.count() == 1


def test_what_a_colleague_handed_in_meanwhile_is_looked_at_first(as_municipal_reporter, utrecht, reporter):
    address = sent(as_municipal_reporter, row())
    seen = as_municipal_reporter.get(address).context["seen"]
    hand_in(utrecht, reporter, warnings=7)

    page = as_municipal_reporter.post(address, {"seen": seen})

    assert page.status_code == 409
    assert [change.now.warnings for change in page.context["by_sort"]["replaces"]] == [7]
    assert ReturnVersion.objects.get().warnings == 7


def test_an_upload_is_its_senders_alone(as_municipal_reporter, as_reporter):
    address = sent(as_municipal_reporter, row())

    assert as_reporter.get(address).status_code == 404
    assert as_reporter.post(address, {"seen": "x"}).status_code == 404


def test_who_no_longer_hands_in_for_the_municipality_takes_nothing_over(municipal_reporter, utrecht):
    taken = incoming.take_in(upload(xlsx(row())), by=municipal_reporter)
    utrecht.staff.clear()

    with pytest.raises(PermissionDenied):
        incoming.accept_upload(
            taken, by=municipal_reporter, seen=incoming.fingerprint_changes(incoming.compare_upload(taken))
        )

    assert not ReturnVersion.objects.exists()
    assert ReturnUpload.objects.get().accepted_at is None


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_take_it_over_once(municipal_reporter):
    taken = incoming.take_in(upload(xlsx(row(), row(month="2025-05"))), by=municipal_reporter)
    seen = incoming.fingerprint_changes(incoming.compare_upload(taken))

    def window(_number):
        try:
            return incoming.accept_upload(taken, by=municipal_reporter, seen=seen)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as windows:
        assert sorted(windows.map(window, range(2)), key=str) == [2, None]

    assert ReturnVersion.objects.count() == 2


def test_all_or_nothing_when_it_is_killed_half_way(municipal_reporter, monkeypatch):
    taken = incoming.take_in(upload(xlsx(row(), row(month="2025-05"))), by=municipal_reporter)
    real, kept = incoming.keep_delivery, []

    def dies_at_the_second(*args, **about):
        if kept:
            raise KeyboardInterrupt
        kept.append(real(*args, **about))

    monkeypatch.setattr(incoming, "keep_delivery", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        incoming.accept_upload(
            taken, by=municipal_reporter, seen=incoming.fingerprint_changes(incoming.compare_upload(taken))
        )

    assert not ReturnVersion.objects.exists()


def test_the_number_of_queries_of_the_page_does_not_grow(as_reporter, django_assert_max_num_queries):
    address = sent(as_reporter, *(row(month=f"2025-0{number}") for number in range(1, 8)))

    with django_assert_max_num_queries(12):
        as_reporter.get(address)


def test_an_upload_that_nobody_accepted_is_dropped_after_a_month(municipal_reporter):
    incoming.take_in(upload(xlsx(row())), by=municipal_reporter)

    assert incoming.drop_old(now=timezone.localtime() + timedelta(days=29)) == 0
    assert incoming.drop_old(now=timezone.localtime() + timedelta(days=31)) == 1
