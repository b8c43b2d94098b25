"""What a password must be."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LengthValidator(MinimumLengthValidator):
    """Django's, whose error Django itself has not translated yet."""

    def get_error_message(self) -> str:
        """What is wrong, and what to do."""
        return _("This password is too short. Choose one of at least %(count)s characters.") % {
            "count": self.min_length
        }
