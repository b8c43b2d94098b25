"""Signals of branch organisations: noted, changed, withdrawn; an earlier report keeps what was known then."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.utils import timezone

from reporting.figures import FIGURES
from reporting.letter import facts
from reporting.models import BranchSignal
from reporting.period import Period
from reporting.site.signals import services
from reporting.site.signals.services import NoLonger, SignalDetails

pytestmark = pytest.mark.django_db

SAID = SignalDetails(
    "Bond van Vervoerders", "Laadinfrastructuur", "Te weinig palen.", date(2025, 6, 1), date(2025, 7, 31)
)
JULY = datetime(2025, 7, 1, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


def counted(as_of, first=date(2025, 6, 1), last=date(2025, 7, 31)):
    """R21: organisations by topic."""
    return {row.key: row.count for row in FIGURES["R21"].compute(Period(first, last, as_of))}


# --- What may happen to a signal ------------------------------------------------------------------------------


def test_a_signal_is_noted_with_who_and_when(editor):
    signal = services.note_signal(said=SAID, by=editor)

    assert services.read_signal(signal) == SAID
    assert (signal.noted_by, signal.noted_at, signal.replaces) == (editor, timezone.now(), None)


def test_the_same_noted_twice_is_one_signal(editor, reporter):
    assert services.note_signal(said=SAID, by=editor) == services.note_signal(said=SAID, by=reporter)
    assert BranchSignal.objects.count() == 1


def test_a_change_is_a_new_signal_and_the_old_one_keeps_its_words(editor, reporter):
    old = services.note_signal(said=SAID, by=editor)

    new = services.change_signal(old, said=replace(SAID, topic="Netcongestie"), by=reporter)
    newest = services.change_signal(new, said=replace(SAID, text="Geen stroom."), by=editor)

    assert services.read_signal(BranchSignal.objects.get(pk=old.pk)) == SAID
    assert list(BranchSignal.objects.line_of(new)) == [newest, new, old]
    assert list(BranchSignal.objects.standing()) == [newest]


def test_nothing_said_differently_is_no_change(editor):
    signal = services.note_signal(said=SAID, by=editor)

    assert services.change_signal(signal, said=SAID, by=editor) == signal
    assert BranchSignal.objects.count() == 1


def test_who_changes_what_a_colleague_changed_or_withdrew_is_told(editor, reporter):
    signal = services.note_signal(said=SAID, by=editor)
    newest = services.change_signal(signal, said=replace(SAID, text="Geen stroom."), by=reporter)
    services.withdraw_signal(newest, by=reporter)

    for late in (signal, newest):
        with pytest.raises(NoLonger):
            services.change_signal(late, said=SAID, by=editor)
        with pytest.raises(NoLonger):
            services.withdraw_signal(late, by=editor)

    assert BranchSignal.objects.count() == 2


@pytest.mark.parametrize("person", ["applicant", "caseworker", "municipal_reporter", "team_lead"])
def test_who_notes_no_signals_does_none_of_it(person, editor, request):
    stranger, signal = request.getfixturevalue(person), services.note_signal(said=SAID, by=editor)

    for step in (
        lambda: services.note_signal(said=SAID, by=stranger),
        lambda: services.change_signal(signal, said=replace(SAID, text="x"), by=stranger),
        lambda: services.withdraw_signal(signal, by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            step()
    assert list(BranchSignal.objects.standing()) == [signal]


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_one_is_first_and_the_other_is_told(editor):
    signal = services.note_signal(said=SAID, by=editor)

    def change(text):
        try:
            services.change_signal(signal, said=replace(SAID, text=text), by=editor)
        except NoLonger:
            return "told"
        finally:
            connection.close()
        return "first"

    with ThreadPoolExecutor(2) as people:
        assert sorted(people.map(change, ("Een.", "Twee."))) == ["first", "told"]

    assert BranchSignal.objects.standing().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_note_one_signal(editor):
    def click(_number):
        try:
            return services.note_signal(said=SAID, by=editor).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as clicks:
        assert len(set(clicks.map(click, range(2)))) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"first": date(2025, 8, 1)}, {"withdrawn_by": "editor"}],
)
def test_the_database_refuses_what_cannot_be(editor, wrong):
    wrong = {name: editor if value == "editor" else value for name, value in wrong.items()}

    with pytest.raises(IntegrityError):
        BranchSignal.objects.create(**{**vars(SAID), **wrong})


# --- What a report says ---------------------------------------------------------------------------------------


def test_a_report_counts_what_stood_on_its_day(editor):
    with time_machine.travel(JULY, tick=False):
        signal = services.note_signal(said=SAID, by=editor)
    with time_machine.travel(JULY + timedelta(days=9), tick=False):
        newest = services.change_signal(signal, said=replace(SAID, topic="Netcongestie"), by=editor)
    services.withdraw_signal(newest, by=editor)

    laden, net = {"Laadinfrastructuur": 1}, {"Netcongestie": 1}
    assert [counted(date(2025, 7, day)) for day in (1, 9, 10)] == [laden, laden, net]
    assert [counted(date(2025, month, day)) for month, day in ((6, 30), (8, 4), (8, 5))] == [{}, net, {}]


def test_an_organisation_counts_once_for_a_topic(editor):
    services.note_signal(said=SAID, by=editor)
    services.note_signal(said=replace(SAID, text="Nog steeds te weinig."), by=editor)
    services.note_signal(said=replace(SAID, organisation="Bouwend Voorbeeld"), by=editor)

    assert counted(date(2025, 8, 5)) == {"Laadinfrastructuur": 2}


def test_the_letter_tells_the_words_that_stood_on_its_day(editor):
    with time_machine.travel(JULY, tick=False):
        signal = services.note_signal(said=SAID, by=editor)
    services.change_signal(signal, said=replace(SAID, text="Geen stroom."), by=editor)

    def told(as_of):
        return [one["text"] for one in facts.list_signals(Period(SAID.first, SAID.last, as_of))]

    assert [told(date(2025, 8, 4)), told(date(2025, 8, 5))] == [["Te weinig palen."], ["Geen stroom."]]


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (date(2025, 7, 31), date(2025, 9, 30), {"Laadinfrastructuur": 1}),
        (date(2025, 8, 1), date(2025, 9, 30), {}),
        (date(2025, 4, 1), date(2025, 6, 1), {"Laadinfrastructuur": 1}),
        (date(2025, 4, 1), date(2025, 5, 31), {}),
    ],
)
def test_it_counts_in_every_period_that_it_speaks_about(editor, first, last, count):
    services.note_signal(said=SAID, by=editor)

    assert counted(date(2025, 9, 30), first, last) == count
