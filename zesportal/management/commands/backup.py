"""`manage.py backup`: everything that must not be lost, in one encrypted file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from casework.storage import as_os_error
from zesportal.backup import writer
from zesportal.backup.archive import BackupRefused


class Command(BaseCommand):
    """Changes only the folder of the backups, so that everybody can go on working."""

    help = "Back up the database and all documents into one encrypted file, and remove backups whose term is over."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder, unless it is the one from the settings."""
        parser.add_argument("folder", nargs="?", type=Path, default=Path(settings.BACKUP_DIR))

    def handle(self, *_args: Any, folder: Path, **_options: Any) -> None:
        """Make the backup and print what it contains."""
        try:
            with as_os_error():
                writer.make_backup(folder, now=timezone.now(), tell=self.stdout.write)
        except (BackupRefused, OSError) as error:
            raise CommandError(f"No backup was made: {error}") from error
