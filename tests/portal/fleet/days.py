"""A day exemption in Utrecht, asked as one asks a single one."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from exemptions import day_exemptions
from exemptions.models import Application, FactsRecord
from tests import given
from zones.models import Municipality


def utrecht() -> Municipality:
    return Municipality.objects.get(name="Utrecht")


def ask(user: User, plate: str, *, on: date | None = None) -> Application:
    return day_exemptions.ask_day_exemption(
        by=user,
        applicant=user.mandates.get().applicant,
        facts=given.VAN,
        source=FactsRecord.Source.REGISTER,
        plate=plate,
        country="NL",
        municipality=utrecht(),
        day=on or timezone.localdate() + timedelta(days=1),
        language="nl",
    )
