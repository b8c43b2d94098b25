"""How long what comes in is kept."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from casework.policy_settings.setting import Setting, make_number_setting

SETTINGS: Mapping[str, Setting] = {
    "question_days": make_number_setting(
        _("days that a question to the editors is kept after its end"),
        _("After this, a question is removed with its emails and files; the figures stay."),
        least=1,
        most=3_650,
    ),
    "assistant_days": make_number_setting(
        _("days that a conversation with the assistant is kept"),
        _("It is kept without personal data; the figures stay."),
        least=1,
        most=365,
    ),
    "advice_request_days": make_number_setting(
        _("days that a request for advice is kept"),
        _("After this, a request to a logistics adviser and its emails are removed."),
        least=1,
        most=3_650,
    ),
    "watch_unconfirmed_days": make_number_setting(
        _("days to confirm that one follows a plate"),
        _("After this, an address that was not confirmed is removed with its number plate."),
        least=1,
        most=30,
    ),
    "mailbox_days": make_number_setting(
        _("days that an email stays in the mailbox after it was taken in"),
        _("After this it is removed from the mailbox; what was taken in stays at the desk."),
        least=1,
        most=365,
    ),
    "export_link_days": make_number_setting(
        _("days that the file of an export is kept"),
        _("How long the file of an export can be downloaded; after that it is removed."),
        least=1,
        most=90,
    ),
}
