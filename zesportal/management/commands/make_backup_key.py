"""`manage.py make_backup_key > loket.key`: generates the key pair of the backups."""

from typing import Any

import pyrage
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Stores nothing: the secret key only goes to standard output, as with age-keygen."""

    help = "Make a pair of keys: the secret one on standard output, to be kept elsewhere; the public one to be set."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Generate a key pair."""
        identity = pyrage.x25519.Identity.generate()
        self.stdout.write(f"# public key: {identity.to_public()}\n{identity}")
        self.stderr.write(f"BACKUP_RECIPIENTS={identity.to_public()}")
