"""`manage.py give_role`: gives a role if there are no two administrators to do so at the desk."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.roles import ROLES
from zesportal.people.changes import give_as_operator
from zesportal.people.rights import Rights
from zones.models import Municipality


class Command(BaseCommand):
    """Give a role; the desk's log names the operator."""

    help = "Gives somebody a role without a second administrator. The log at the desk says that the operator did it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address of an account; one that is new is made, without a password")
        parser.add_argument("role", choices=list(ROLES))
        parser.add_argument("--name", default="", help="of a new account")
        parser.add_argument("--municipality", default="", help="the name, for a role that works for one")
        parser.add_argument("--reason", required=True, help="stands in the log")

    def handle(self, *_args: Any, **options: Any) -> None:
        email, place = options["email"].strip().lower(), options["municipality"]
        if place and not Municipality.objects.filter(name=place).exists():
            raise CommandError(f"There is no municipality {place}.")
        rights = Rights(frozenset({options["role"]}), frozenset({place} if place else set()), login=True)
        if rights.lacks_a_municipality:
            raise CommandError(f"The role {options['role']} works for a municipality: add --municipality.")
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            user = User.objects.create_user(email, name=options["name"])
        given = give_as_operator(user, rights, reason=options["reason"])
        self.stdout.write(f"{user.email}: {options['role']}" + ("" if given else " (had it already)"))
