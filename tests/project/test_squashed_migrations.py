"""Where an installation may come from, now that its first migrations are squashed."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def migrate() -> None:
    call_command("migrate", skip_checks=False, verbosity=0)


def test_who_had_them_all_has_nothing_to_do() -> None:
    recorder = MigrationRecorder(connection)
    for squashed in MigrationLoader(connection).replacements:
        recorder.record_unapplied(*squashed)

    migrate()

    assert set(MigrationLoader(connection).replacements) <= set(recorder.applied_migrations())


def test_who_had_some_reads_which_version_to_take_first() -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("exemptions", "0001_squashed_0040")
    recorder.record_unapplied("exemptions", "0040_requests_at_the_desk")

    with pytest.raises(SystemCheckError, match="Check out ce5b433c"):
        migrate()
