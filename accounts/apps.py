"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People and their roles."""

    name = "accounts"
    verbose_name = _("People and roles")

    def ready(self) -> None:
        """Let allauth tell of each address that is confirmed."""
        from allauth.account.signals import email_confirmed

        from accounts.confirmation import drop_unproven_password

        email_confirmed.connect(drop_unproven_password)
