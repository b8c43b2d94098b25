"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelpdeskConfig(AppConfig):
    """Information, assistant and mailbox for everybody who has a question."""

    name = "helpdesk"
    verbose_name = _("Help desk")

    def ready(self) -> None:
        """Tell the desk what the help desk adds to it: mails and what waits."""
        from helpdesk import worklists
        from helpdesk.information import placeholders
        from helpdesk.mailbox import answered, beside, desk_list
        from helpdesk.mailbox import placeholders as of_the_mailbox

        placeholders.register()
        of_the_mailbox.register()
        desk_list.register()
        worklists.register()
        beside.register()
        answered.register()
