"""`manage.py restore FILE --identity KEY`: restores a backup into an empty installation and verifies it."""

from pathlib import Path
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from casework.storage import as_os_error
from zesportal.backup import archive, restorer


class Command(BaseCommand):
    """Run by the owner of the tables; all or nothing."""

    help = "Restore a backup into an empty installation, and compare tables, documents, report and letters."

    def add_arguments(self, parser: CommandParser) -> None:
        """The backup, and the secret key that decrypts it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, required=True, help="the file with the secret key")

    def handle(self, *_args: Any, file: Path, identity: Path, **_options: Any) -> None:
        """Restore and print what was compared."""
        try:
            with as_os_error():
                restorer.restore_backup(file, archive.read_identities(identity), tell=self.stdout.write)
        except (archive.BackupRefused, DatabaseError, psycopg.Error, OSError) as error:
            raise CommandError(f"Nothing was restored. {error}") from error
        self.stdout.write("Restored.")
