"""What a decision compared, and what it costs, as its letter says it (Awb 3:46; Gemeentewet 229)."""

from decimal import Decimal

import pytest

from accounts.models import User
from exemptions.models import Application, KindVersion
from tests import given
from tests.renewals import changes
from tests.renewals.conftest import old_version

__all__ = ["old_version"]

pytestmark = pytest.mark.django_db


def latest_letter(application: Application, kind: str) -> str:
    """Its words without the marks that keep what was filled in plain."""
    return application.dossier.letters.filter(kind=kind).latest("pk").body.replace("\\", "")


def day_exemption(*, by: User) -> str:
    """The letter of a day exemption that was given at once."""
    draft = given.draft(by=by, code="DAG")
    draft.file(by=by, decided_at_once=True)
    draft.grant_at_once(by=None, day=given.working_day(3), ordinal=1)
    return latest_letter(draft, "day_granted")


@pytest.mark.usefixtures("old_version")
def test_3_46_a_rejection_on_the_thresholds_says_what_was_compared(
    applicant: User, caseworker: User, other_caseworker: User
) -> None:
    decision = changes.rejected(by=applicant, desk=caseworker, second=other_caseworker)

    letter = latest_letter(decision.application, "rejected")

    assert "Wij gebruikten de drempelwaarden die gelden vanaf" in letter
    assert "Regeling drempelwaarden" in letter
    assert "1.400 bij uw voertuig, de drempelwaarde is 1.500" in letter


@pytest.mark.usefixtures("old_version")
def test_3_46_on_another_ground_nothing_was_compared(applicant: User, caseworker: User, other_caseworker: User) -> None:
    decision = changes.rejected(by=applicant, desk=caseworker, second=other_caseworker, ground="need_not_shown")

    assert "drempelwaarde" not in latest_letter(decision.application, "rejected")


def test_229_what_a_day_exemption_costs_rests_on_a_by_law_and_can_be_objected_to(applicant: User) -> None:
    letter = day_exemption(by=applicant)

    assert "Deze ontheffing kost €\N{NO-BREAK SPACE}30,00." in letter
    assert "Deze kosten zijn leges. Ze staan in de legesverordening van de gemeente." in letter
    assert "als wij uw aanvraag afwijzen" not in letter


@pytest.mark.parametrize("fee", [None, Decimal(0)])
def test_229_what_costs_nothing_rests_on_no_by_law(applicant: User, fee: Decimal | None) -> None:
    KindVersion.objects.filter(kind="DAG").update(fee_eur=fee)

    assert "leges" not in day_exemption(by=applicant)
