"""The database keeps what was decided and sent, whoever asks; and who serves the product owns nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from casework import letters
from casework.models import Letter
from exemptions.models import Decision
from objections.models import ObjectionDecision
from tests import contest, given
from zesportal import database_rights

pytestmark = pytest.mark.django_db

KEPT_TABLES = (
    "casework_event",
    "casework_letter",
    "casework_referencechange",
    "exemptions_decision",
    "objections_objectiondecision",
    "accounts_rolechange",
    "reporting_reporttoparliament",
    "reporting_reporttext",
    "reporting_reportfile",
)


def refusal(statement: str, *values: str | int) -> str:
    """Why the database refuses it, also to the owner of the table; empty where it does not."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError as error:
        return str(error)
    return ""


def refused(statement: str, *values: str | int) -> bool:
    """Whether the database refuses it."""
    return bool(refusal(statement, *values))


@pytest.fixture
def decided(applicant: User, caseworker: User) -> Decision:
    given.granted(by=applicant, desk=caseworker)
    return Decision.objects.get()


@pytest.mark.parametrize("table", KEPT_TABLES)
def test_no_record_is_emptied_away_nor_by_what_it_belongs_to(table: str) -> None:
    assert refused(f"TRUNCATE {table} CASCADE")
    assert refused("TRUNCATE casework_dossier CASCADE")


def test_of_a_decision_only_what_becomes_of_it_may_change(decided: Decision, other_caseworker: User) -> None:
    for column, value in (("outcome", "rejected"), ("taken_by_id", other_caseworker.pk), ("ends_on", "2099-01-01")):
        assert refused(f"UPDATE exemptions_decision SET {column} = %s", value), column
    assert refused("DELETE FROM exemptions_decision")
    assert not refused("UPDATE exemptions_decision SET posted_on = current_date, revoked_at = now()")


def test_what_became_of_it_is_not_taken_back(decided: Decision) -> None:
    """But one more copy may be posted on a later day."""
    Decision.objects.update(posted_on="2026-11-02", revoked_at="2026-11-03T12:00:00Z")

    assert refused("UPDATE exemptions_decision SET revoked_at = NULL")
    assert refused("UPDATE exemptions_decision SET revoked_at = now()")
    assert refused("UPDATE exemptions_decision SET posted_on = NULL")
    assert refused("UPDATE exemptions_decision SET posted_on = '2026-11-01'")
    assert not refused("UPDATE exemptions_decision SET posted_on = '2026-11-04'")


def test_of_a_letter_only_its_pdf_may_come(decided: Decision) -> None:
    for column, value in (("body", "U krijgt niets."), ("address", "elders"), ("placed_at", "2020-01-01")):
        assert refused(f"UPDATE casework_letter SET {column} = %s", value), column
    assert refused("DELETE FROM casework_letter")
    assert Letter.objects.exists()
    assert not refused("UPDATE casework_letter SET pdf_id = NULL")


def test_and_no_other_pdf_comes_in_its_place(decided: Decision) -> None:
    letters.store_missing()

    assert refused("UPDATE casework_letter SET pdf_id = NULL WHERE pdf_id IS NOT NULL")


def test_no_event_is_written_anew(decided: Decision) -> None:
    assert refused("UPDATE casework_event SET at = now()")
    assert refused("DELETE FROM casework_event")


def test_the_rule_on_the_decider_holds_also_from_the_side_of_the_decision(
    applicant: User, caseworker: User, other_caseworker: User, objection_officer: User
) -> None:
    """Who decided on the objection cannot be made the taker of what was attacked, nor can a chain bring that about."""
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    with given.rewriting():
        earlier = Decision.objects.create(
            application=rejected, outcome="rejected", ground=rejected.decisions.get().ground, taken_by=objection_officer
        )
        ObjectionDecision.objects.create(
            objection=objection, outcome="unfounded", explanation="Ongegrond.", taken_by=objection_officer
        )

    assert refused("UPDATE exemptions_decision SET taken_by_id = %s", objection_officer.pk)
    assert refused(
        "UPDATE exemptions_decision SET replaced_by_id = %s WHERE id = %s", objection.decision_id, earlier.pk
    )
    assert "10:3(3)" in refusal("UPDATE objections_objection SET decision_id = %s", earlier.pk)


def test_an_objection_may_be_pointed_at_a_decision_of_somebody_else(
    applicant: User, caseworker: User, other_caseworker: User, objection_officer: User
) -> None:
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    contest.handling(rejected, by=applicant, desk=objection_officer)
    with given.rewriting():
        newer = Decision.objects.create(
            application=rejected, outcome="rejected", ground=rejected.decisions.get().ground, taken_by=caseworker
        )

    assert not refused("UPDATE objections_objection SET decision_id = %s", newer.pk)


# --- The role of web server and workers ---------------------------------------------------------------

ROLE = "loket_app_of_a_test"


@contextmanager
def as_the_role() -> Iterator[None]:
    """Everything by the role that serves, until the test ends."""
    database_rights.make_role(ROLE)
    database_rights.grant_rights(ROLE)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        yield
        cursor.execute("RESET ROLE")


def test_the_role_that_serves_does_all_that_the_product_does(applicant: User, caseworker: User) -> None:
    with as_the_role():
        given.granted(by=applicant, desk=caseworker)

        assert Letter.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE casework_message",
        "ALTER TABLE casework_event DISABLE TRIGGER ALL",
        "DROP TABLE casework_event",
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE casework_policy (name text)",
        "DROP FUNCTION casework_keep_row() CASCADE",
        "SET session_replication_role = replica",
        "COPY accounts_user TO PROGRAM 'cat'",
        "COPY accounts_user TO '/tmp/users'",
        "UPDATE casework_event SET kind = kind",
        "DELETE FROM casework_event",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'y', now())",
        "CREATE ROLE another SUPERUSER",
        "SELECT pg_read_file('/etc/passwd')",
    ],
)
def test_and_nothing_else(statement: str) -> None:
    with as_the_role():
        assert refused(statement)


def test_to_make_the_role_twice_changes_nothing() -> None:
    for _time in range(2):
        database_rights.make_role(ROLE, password="it's a \\ secret")
        database_rights.grant_rights(ROLE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = %s", [ROLE])
        assert cursor.fetchone() == (False, False, False)
