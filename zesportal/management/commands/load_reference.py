"""`manage.py load_reference`: loads what law and policy say, from the tables in this repository."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from accounts import roles
from casework import reference as casework_reference
from exemptions import reference as exemptions_reference
from helpdesk import reference as helpdesk_reference
from reporting import reference as reporting_reference
from zesportal.versions.subjects import remove_cancelled_versions
from zones import reference as zones_reference

REFERENCES = (
    zones_reference,
    casework_reference,
    exemptions_reference,
    helpdesk_reference,
    reporting_reference,
)
WITH_TEXTS_ALONE = ("objections", "complaints", "correspondence", "renewals", "watches")
"""Apps that ship letter texts and no other reference data."""


class Command(BaseCommand):
    """Load roles, municipalities, zones, rules, terms, texts and kinds. Idempotent; runs after every upgrade."""

    help = "Loads the reference data: roles, municipalities, rules, terms, texts and kinds. Idempotent."

    @transaction.atomic
    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load everything in one transaction."""
        roles.load_roles()
        for reference in REFERENCES:
            reference.load()
        for app in WITH_TEXTS_ALONE:
            casework_reference.load_texts(Path(apps.get_app_config(app).path) / "data" / "letter_texts")
        remove_cancelled_versions()
