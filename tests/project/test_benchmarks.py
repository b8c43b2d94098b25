"""The benchmarks write their cases with SQL of their own: a column that joins must not break them unseen."""

from datetime import datetime

import pytest

from benchmarks import deciding_again, enforcement, many_cases, watch_mails
from casework.models import Message
from exemptions.models import Application, Exemption
from renewals.models import Renewal

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


def test_a_run_of_deciding_again_comes_to_its_end(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many_cases, "CASES", 20)
    monkeypatch.setattr(many_cases, "CASEWORKERS", 4)
    many_cases.fill(cases=20)

    list(deciding_again.dry_run(2))

    deciding_again.work(Renewal.objects.get())


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
