"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People and their roles."""

    name = "accounts"
    verbose_name = _("People and roles")

    def ready(self) -> None:
        """Let allauth report each confirmed address, and each second factor that is set up."""
        from allauth.account.signals import email_confirmed
        from allauth.mfa.signals import authenticator_added

        from accounts.adapters import drop_unproven_password
        from accounts.second_factor import note_set_up

        email_confirmed.connect(drop_unproven_password)
        authenticator_added.connect(note_set_up)
