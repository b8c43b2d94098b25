"""The benchmarks write their cases with SQL of their own: a column that joins must not break them unseen."""

import sys
from datetime import datetime

import pytest

from benchmarks import __main__ as command
from benchmarks import deciding_again, enforcement, many_cases, reminders, watch_mails
from benchmarks.measurement import Measurement
from casework.models import Letter, Message
from exemptions.models import Application, Exemption
from renewals.models import Renewal, RenewalStatus

pytestmark = pytest.mark.django_db


def test_many_cases_fit_the_tables() -> None:
    many_cases.fill(cases=200)

    many_cases.multiply(2)

    assert Application.objects.count() >= 200


def test_what_a_decision_costs_in_bare_sql_fits_the_tables(transactional_db: None) -> None:
    many_cases.fill(cases=20)
    keys = list(Application.objects.values_list("pk", "dossier_id")[:2])

    deciding_again.bare_inserts(keys)

    assert Message.objects.filter(kind="bench").count() == 4


@pytest.fixture
def few_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many_cases, "CASES", 20)
    monkeypatch.setattr(many_cases, "CASEWORKERS", 4)
    monkeypatch.setattr(deciding_again, "FEW", 4)
    monkeypatch.setattr(deciding_again, "LETTERS", 2)
    monkeypatch.setattr(deciding_again, "TURNS", 2)
    many_cases.fill(cases=20)


def test_two_workers_bring_a_run_of_deciding_again_to_its_end(transactional_db: None, few_cases: None) -> None:
    *_parts, decided = deciding_again.compare_decisions([2], workers=2)

    assert Renewal.objects.get().status == RenewalStatus.DONE
    assert (decided.over["cases"], set(decided.at_least)) == (2, {"of_sql"})


def test_letters_beside_bare_typst_are_others_than_those_that_are_kept(transactional_db: None, few_cases: None) -> None:
    list(deciding_again.compare_decisions([8], workers=1))

    *_bare, stored = deciding_again.compare_letters()

    assert stored.runs == 2
    assert Letter.objects.exclude(pdf=None).count() == 4


def test_a_rate_that_was_promised_and_missed_is_not_ok() -> None:
    measured = Measurement(
        name="slow", median_ms=1, worst_ms=1, runs=1, over={"of_sql": 0.29}, at_least={"of_sql": 0.3}
    )

    assert measured.as_dict()["ok"] is False


def test_everybody_who_did_not_answer_is_reminded(few_cases: None) -> None:
    reminders.remind_once(3)

    assert Letter.objects.filter(kind="reminder").count() == 3


def test_what_enforcement_asks_about_fits_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enforcement, "PLATES", 200)

    plates = enforcement.fill()

    assert enforcement.run_bare(plates) == 200
    assert Exemption.objects.valid_at(datetime.fromisoformat(enforcement.AT)).count() == 20


def test_followed_plates_by_sql_fit_the_tables_and_are_all_mailed() -> None:
    watch_mails.fill(20)

    watch_mails.tell(20)
    watch_mails.insert_bare(*watch_mails.take_rows())

    assert Message.objects.filter(kind="mail_access_ends").count() == 20


def test_a_missed_limit_fails_the_run_after_the_last_benchmark(monkeypatch, capsys) -> None:
    slow, quick, unlimited = (
        Measurement(name=name, median_ms=20, worst_ms=20, runs=1, limit_ms=limit)
        for name, limit in (("slow", 10), ("quick", 30), ("unlimited", None))
    )
    monkeypatch.setattr(command, "run", lambda _wanted: iter([slow, quick, unlimited]))
    monkeypatch.setattr(sys, "argv", ["benchmarks"])

    with pytest.raises(SystemExit, match="Not within its limit: slow$"):
        command.main()

    assert len(capsys.readouterr().out.splitlines()) == 3


def test_a_run_within_every_limit_succeeds(monkeypatch) -> None:
    quick = Measurement(name="quick", median_ms=20, worst_ms=20, runs=1, limit_ms=30)
    monkeypatch.setattr(command, "run", lambda _wanted: iter([quick]))
    monkeypatch.setattr(sys, "argv", ["benchmarks"])

    command.main()
