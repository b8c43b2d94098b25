"""`manage.py load_reference`: everything that law and policy say, from the tables in this repository."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from accounts import roles
from casework import reference as casework_reference
from exemptions import reference as exemptions_reference
from helpdesk import reference as helpdesk_reference
from helpdesk.assistant import knowledge
from objections import reference as objections_reference
from renewals import reference as renewals_reference
from reporting import reference as reporting_reference
from zesportal.versions.loading import take_back_again
from zones import reference as zones_reference

REFERENCES = (
    zones_reference,
    casework_reference,
    exemptions_reference,
    objections_reference,
    renewals_reference,
    reporting_reference,
    helpdesk_reference,
)


class Command(BaseCommand):
    """Load roles, municipalities and zones, rules, terms, texts and kinds. Safe to run again, as after an upgrade.

    Then the assistant learns the ways to ask, once for all processes, so that no visitor waits for it.
    """

    help = "Loads the reference data: roles, municipalities, rules, terms, texts and kinds. Twice is as once."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.load()
        knowledge.learn_changes()

    @transaction.atomic
    def load(self) -> None:
        """All of it or nothing."""
        roles.load_roles()
        for reference in REFERENCES:
            reference.load()
        take_back_again()
