"""`manage.py encrypt_second_factors`: encrypts all second factors with the current SECRET_KEY.

Runs at each start, and after the key is replaced.
"""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand

from accounts import cipher
from accounts.models import User


class Command(BaseCommand):
    """Idempotent; what no key decrypts stays as it is. Names users only if asked to, because a start is logged."""

    help = "Encrypts the secrets of authenticator apps and recovery codes with the present SECRET_KEY. Idempotent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--names", action="store_true", help="say of whom there are some that no key opens")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Encrypt all of them in one transaction."""
        result = cipher.reencrypt_rows(Authenticator.objects.all())
        self.stdout.write(f"Second steps encrypted with the present key: {result.encrypted}.")
        if result.unreadable:
            self.stderr.write(
                f"No key opens {len(result.unreadable)}: put the earlier SECRET_KEY in SECRET_KEY_FALLBACKS, or take "
                "them away with 'manage.py remove_second_factor'. With --names this command says whose they are."
            )
        if options["names"]:
            for user in User.objects.filter(pk__in=result.unreadable).order_by("email"):
                self.stdout.write(user.email)
