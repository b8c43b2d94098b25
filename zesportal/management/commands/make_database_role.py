"""`manage.py make_database_role`: creates the database role of web server and workers, with its privileges.

Run by the owner of the tables after every `migrate`.
"""

from typing import Any

from django.core.management.base import BaseCommand

from zesportal import database_rights, env


class Command(BaseCommand):
    """Idempotent; the password comes from DATABASE_APP_PASSWORD."""

    help = "Make the role with which web server and workers use the database, and give it its rights."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Create the role or set its password, and then grant its privileges on every table."""
        database_rights.make_role(database_rights.ROLE, password=env.text("DATABASE_APP_PASSWORD"))
        database_rights.grant_rights(database_rights.ROLE)
        self.stdout.write(f"The role {database_rights.ROLE} may read and write rows.")
