"""The database keeps what was decided and sent, whoever asks; and who serves the product owns nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import time_machine
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.tasks import drop_unconfirmed_accounts
from casework import letter_pdfs
from casework.models import Dossier, Letter, Message
from exemptions.intake.drafts import drop_old_drafts
from exemptions.models import Applicant, Decision
from objections.models import ObjectionDecision
from reporting.models import MonthlyReturn
from tests import contest, given
from tests.cast import PASSWORD
from tests.posting import choose_post
from zesportal import database_rights
from zesportal.people import changes
from zesportal.people.rights import Rights
from zones.models import Municipality

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
    "reporting_qualitysample",
    "reporting_qualityreview",
    "reporting_reviewanswer",
)


@contextmanager
def by_the_clock_of_the_database() -> Iterator[None]:
    """An event is of now, also while the tests live at another hour."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        [moment] = cursor.fetchone()
    with time_machine.travel(moment):
        yield


def refusal(statement: str, *values: str | int | None) -> str:
    """Why the database refuses it, also to the owner of the table; empty if it does not."""
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


UPDATE, TRUNCATE = 16, 32
"""How PostgreSQL notes what a trigger is for."""


def tables_that_refuse(operation: int) -> set[str]:
    """Those with a trigger that refuses it to everybody, the owner included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
            " WHERE NOT tgisinternal AND tgtype & %s > 0 AND prosrc LIKE '%%restrict_violation%%'"
            " AND prosrc NOT LIKE '%%relowner%%' AND prosrc NOT LIKE '%%accounts_by_owner%%'",
            [operation],
        )
        return {table for (table,) in cursor.fetchall()}


def test_whatever_refuses_change_refuses_to_be_emptied() -> None:
    assert set(KEPT_TABLES) <= tables_that_refuse(UPDATE) <= tables_that_refuse(TRUNCATE)


@pytest.mark.parametrize("table", KEPT_TABLES)
def test_no_record_is_emptied_away_nor_by_what_it_belongs_to(table: str) -> None:
    assert refused(f"TRUNCATE {table} CASCADE")
    assert refused("TRUNCATE casework_dossier CASCADE")


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("exemptions_application", "plate", "XX00XX"),
        ("exemptions_application", "country", "BE"),
        ("exemptions_application", "municipality_id", 1),
        ("exemptions_application", "filed_as_id", None),
        ("exemptions_exemption", "plate", "XX00XX"),
        ("exemptions_exemption", "starts_at", "2020-01-01"),
        ("exemptions_exemption", "ends_on", "2099-01-01"),
        ("exemptions_kindversion", "scope", "day"),
        ("exemptions_ground", "category", "other"),
    ],
)
def test_what_figures_count_by_stays(decided: Decision, table: str, column: str, value: str) -> None:
    assert "keeps" in refusal(f"UPDATE {table} SET {column} = %s", value)


def test_a_term_stays_as_it_was_opened_and_ends_once(decided: Decision) -> None:
    for change in ("due = due + 1", "opened_at = now()", "basis = '{}'", "kind = 'view'"):
        assert refused(f"UPDATE casework_deadline SET {change}"), change
    assert not refused("UPDATE casework_deadline SET closed_at = now() WHERE closed_at IS NULL")
    assert refused("UPDATE casework_deadline SET closed_at = NULL")


def test_a_draft_and_the_end_of_an_exemption_may_change(applicant: User, decided: Decision) -> None:
    draft = given.draft(by=applicant, plate="VX999Z")

    assert not refused("UPDATE exemptions_application SET plate = 'XX00XX' WHERE id = %s", draft.pk)
    assert not refused("UPDATE exemptions_exemption SET revoked_at = now()")
    assert refused("UPDATE exemptions_exemption SET revoked_at = NULL")


def test_what_was_handed_in_stays() -> None:
    place = Municipality.objects.get(name="Utrecht")
    month = MonthlyReturn.objects.create(municipality=place, month="2025-03-01")
    month.versions.create(number=1, channel="form", warnings=12)

    assert refused("UPDATE reporting_returnversion SET warnings = 0")
    assert refused("DELETE FROM reporting_returnversion")
    assert refused("UPDATE reporting_monthlyreturn SET month = '2025-04-01'")
    assert not refused("UPDATE reporting_monthlyreturn SET reminded_at = now()")


def test_of_a_decision_only_what_becomes_of_it_may_change(decided: Decision, other_caseworker: User) -> None:
    for column, value in (("outcome", "rejected"), ("taken_by_id", other_caseworker.pk), ("ends_on", "2099-01-01")):
        assert refused(f"UPDATE exemptions_decision SET {column} = %s", value), column
    assert refused("DELETE FROM exemptions_decision")
    assert not refused("UPDATE exemptions_decision SET made_known_on = '2099-01-01', revoked_at = now()")


def test_what_became_of_it_is_not_taken_back(decided: Decision) -> None:
    """But one more copy may be posted on a later day."""
    Decision.objects.update(made_known_on="2099-11-02", revoked_at="2026-11-03T12:00:00Z")

    assert refused("UPDATE exemptions_decision SET revoked_at = NULL")
    assert refused("UPDATE exemptions_decision SET revoked_at = now()")
    assert refused("UPDATE exemptions_decision SET made_known_on = NULL")
    assert refused("UPDATE exemptions_decision SET made_known_on = '2099-11-01'")
    assert not refused("UPDATE exemptions_decision SET made_known_on = '2099-11-04'")


def test_a_letter_that_waits_to_be_posted_only_gets_its_day(
    decided: Decision, organisation: Applicant, applicant: User, caseworker: User
) -> None:
    choose_post(organisation, by=applicant)
    given.taken_up(by=applicant, desk=caseworker, plate="VX999Z")
    waiting = "WHERE made_known_on IS NULL"

    assert refused(f"UPDATE casework_letter SET body = 'U krijgt niets.' {waiting}")
    assert refused(f"UPDATE casework_letter SET address = 'elders', made_known_on = '2026-11-02' {waiting}")
    assert refused(f"DELETE FROM casework_letter {waiting}")
    assert not refused(f"UPDATE casework_letter SET body = 'Tot 3 mei.', made_known_on = '2026-11-02' {waiting}")
    assert refused("UPDATE casework_letter SET body = 'Tot 4 mei.' WHERE made_known_on = '2026-11-02'")


def test_of_a_letter_only_its_pdf_may_come(decided: Decision) -> None:
    for column, value in (("body", "U krijgt niets."), ("address", "elders"), ("placed_at", "2020-01-01")):
        assert refused(f"UPDATE casework_letter SET {column} = %s", value), column
    assert refused("DELETE FROM casework_letter")
    assert Letter.objects.exists()
    assert not refused("UPDATE casework_letter SET pdf_id = NULL")


def test_and_no_other_pdf_comes_in_its_place(decided: Decision) -> None:
    letter_pdfs.store_missing()

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
    with as_the_role(), by_the_clock_of_the_database():
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
        "INSERT INTO auth_group (name) VALUES ('mine')",
        "UPDATE auth_group SET name = name || '!'",
        "UPDATE auth_group_permissions SET permission_id = permission_id + 1",
        "INSERT INTO accounts_user_user_permissions (user_id, permission_id) SELECT 1, id FROM auth_permission",
        "CREATE ROLE another SUPERUSER",
        "SELECT pg_read_file('/etc/passwd')",
    ],
)
def test_and_nothing_else(statement: str) -> None:
    with as_the_role():
        assert refused(statement)


# --- Roles, by the role that serves ---------------------------------------------------------------------


def rights(*roles: str) -> Rights:
    """These roles, and the login."""
    return Rights(frozenset(roles), login=True)


TO_GROUP = "INSERT INTO accounts_user_groups (user_id, group_id) SELECT %s, id FROM auth_group WHERE name = %s"


def test_no_role_is_given_past_the_log(applicant: User, caseworker: User) -> None:
    with as_the_role():
        assert refused(TO_GROUP, applicant.pk, "administrator")
        assert refused(
            "UPDATE accounts_user_groups SET group_id = 1 + (SELECT min(group_id) FROM auth_group_permissions)"
        )


def test_nor_by_what_waits_was_declined_or_is_about_another_role(
    administrator: User, other_administrator: User, applicant: User
) -> None:
    change = changes.propose_rights(applicant, rights("reporter"), reason="Nieuw", by=administrator)
    with as_the_role():
        assert refused(TO_GROUP, applicant.pk, "reporter")
        changes.decline_change(change, by=other_administrator)
        assert refused(TO_GROUP, applicant.pk, "reporter")
        assert refused(TO_GROUP, applicant.pk, "administrator")


def test_two_administrators_give_one(administrator: User, other_administrator: User, applicant: User) -> None:
    with as_the_role():
        (change,) = changes.change_rights(applicant, rights("reporter"), reason="Nieuw", by=administrator)
        changes.approve_change(change, by=other_administrator)

        assert applicant.groups.filter(name="reporter").exists()


def test_what_was_taken_away_does_not_come_back(
    administrator: User, other_administrator: User, applicant: User
) -> None:
    with as_the_role():
        (change,) = changes.change_rights(applicant, rights("reporter"), reason="Nieuw", by=administrator)
        changes.approve_change(change, by=other_administrator)
        changes.change_rights(applicant, rights(), reason="Weg", by=administrator)

        assert refused(TO_GROUP, applicant.pk, "reporter")


def test_the_operator_gives_one_by_the_role_too(applicant: User) -> None:
    with as_the_role():
        call_command("give_role", applicant.email, "administrator", "--reason", "Eerste")

        assert applicant.groups.filter(name="administrator").exists()


def test_nobody_may_do_everything_but_by_the_owner(applicant: User) -> None:
    with as_the_role():
        assert "run this where migrate runs" in refusal("UPDATE accounts_user SET is_superuser = true")
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create_superuser("alles@example.org")
        User.objects.create_user("gewoon@example.org")

    assert User.objects.create_superuser("alles@example.org").is_superuser


def test_an_account_that_nobody_confirmed_goes_by_the_role(client: Client) -> None:
    client.post("/account/signup/", {"email": "u@example.org", "password1": PASSWORD})
    User.objects.update(date_joined="2026-01-01T12:00:00Z")
    with as_the_role():
        drop_unconfirmed_accounts()

    assert not User.objects.exists()


# --- Rows of a case, by the role that serves ---------------------------------------------------------------


@pytest.mark.parametrize(
    "table", ["casework_deadline", "casework_message", "exemptions_exemption", "exemptions_application"]
)
def test_no_row_of_a_case_goes(applicant: User, caseworker: User, table: str) -> None:
    given.granted(by=applicant, desk=caseworker)
    with as_the_role():
        said = refusal(f"DELETE FROM {table}")

    assert f"{table} keeps its rows" in said


def test_no_objection_goes(applicant: User, caseworker: User, other_caseworker: User, objection_officer: User) -> None:
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    contest.handling(rejected, by=applicant, desk=objection_officer)
    with as_the_role():
        assert "keeps its rows" in refusal("DELETE FROM objections_objection")


def test_a_draft_goes_with_all_of_it(applicant: User) -> None:
    draft = given.draft(by=applicant)
    draft.dossier.outgoing_mail.create(kind="mail_resume_draft", to="a@example.org", subject="x", body="x")
    Dossier.objects.update(opened_at="2020-01-01T12:00:00Z")
    with as_the_role():
        draft.drop()
        draft.dossier.documents.all().delete()
        drop_old_drafts(today=timezone.localdate())

    assert not Dossier.objects.exists()


def test_a_mail_of_no_case_goes() -> None:
    Message.objects.create(kind="x", to="a@example.org", subject="x", body="x")
    with as_the_role():
        assert not refused("DELETE FROM casework_message")


@pytest.mark.parametrize(
    "statement", ["DELETE FROM django_admin_log", "UPDATE django_admin_log SET change_message = ''"]
)
def test_the_desks_own_log_stays(administrator: User, statement: str) -> None:
    LogEntry.objects.log_actions(administrator.pk, User.objects.all(), CHANGE, change_message="Gewijzigd")
    with as_the_role():
        assert "keeps its rows" in refusal(statement)


@pytest.mark.parametrize(
    ("ago", "is_refused"), [("1 year", True), ("20 minutes", True), ("1 minute", False), ("-1 day", True)]
)
def test_no_event_is_dated_back_or_ahead(decided: Decision, ago: str, is_refused: bool) -> None:
    statement = (
        "INSERT INTO casework_event (dossier_id, case_type, case_id, at, step, from_status, to_status, detail) "
        "SELECT dossier_id, case_type, case_id, clock_timestamp() - %s::interval, step, from_status, to_status, detail "
        "FROM casework_event LIMIT 1"
    )
    with as_the_role():
        assert refused(statement, ago) == is_refused


def test_to_make_the_role_twice_changes_nothing() -> None:
    for _time in range(2):
        database_rights.make_role(ROLE, password="it's a \\ secret")
        database_rights.grant_rights(ROLE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = %s", [ROLE])
        assert cursor.fetchone() == (False, False, False)
