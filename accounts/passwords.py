"""Password rules."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LengthValidator(MinimumLengthValidator):
    """Django's validator, with an error message that Django has not translated yet."""

    def get_error_message(self) -> str:
        return _("This password is too short. Choose one of at least %(count)s characters.") % {
            "count": self.min_length
        }
