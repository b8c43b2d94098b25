"""`manage.py remove_second_factor`: for a lost phone, if there are no two administrators."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from zesportal.people.changes import give_as_operator
from zesportal.people.rights import Rights


class Command(BaseCommand):
    """Remove app, passkeys, recovery codes and password; the desk's log names the operator."""

    help = "Lets somebody who lost their telephone begin anew with logging in. They are logged out, and get a mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address with which the person logs in")
        parser.add_argument("--reason", required=True, help="stands in the log: also how you know that it is they")

    def handle(self, *_args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"Nobody logs in with {email}.")
        give_as_operator(user, Rights(login_reset=True), reason=options["reason"])
        self.stdout.write(f"{user.email}: second step and password are removed; a mail says how to go on.")
