"""The thresholds of the demo. The real limits are in no public text, so these are invented, and say so."""

from datetime import date, datetime, time, timedelta

from accounts.models import User
from demo.people import LOGINS
from demo.plan import DRAFT_LIMITS, NEXT_LIMITS, THRESHOLDS, Limits
from exemptions.models import Threshold, ThresholdVersion
from exemptions.terms import AMSTERDAM
from renewals import publication

SOURCE = "Demonstratie: verzonnen waarden"
AT_FOUR = time(16)
HALF_YEAR_NL = "De drempelwaarden zijn opnieuw bekeken, zoals elk half jaar. De waarden zijn verzonnen."
HALF_YEAR_EN = "The thresholds were looked at again, as every half year. The values are invented."


def load() -> None:
    """The versions of the year, each made by one team lead and published by the other."""
    for version in THRESHOLDS:
        make(version, published=True)


def load_live(*, today: date) -> None:
    """Around today: a version just published, with the list of what it changes, and a draft that waits."""
    made_on = today - timedelta(days=6)
    reasons = {"reason_nl": HALF_YEAR_NL, "reason_en": HALF_YEAR_EN}
    newest = Limits(made_on=made_on, published_on=today, valid_from=today, limits=NEXT_LIMITS, **reasons)
    publication.publish(make(newest, published=False), by=lead("teamleider"))
    later = today + timedelta(days=60)
    draft = Limits(made_on=made_on, published_on=later, valid_from=later, limits=DRAFT_LIMITS, **reasons)
    make(draft, published=False)


def make(version: Limits, *, published: bool) -> ThresholdVersion:
    """A version with its limits; what is there already is left as it is."""
    found = ThresholdVersion.objects.filter(valid_from=version.valid_from, source=SOURCE).first()
    if found:
        return found
    made_at = datetime.combine(version.made_on, AT_FOUR, AMSTERDAM)
    row = ThresholdVersion.objects.create(
        valid_from=version.valid_from,
        source=SOURCE,
        reason_nl=version.reason_nl,
        reason_en=version.reason_en,
        made_at=made_at,
        made_by=lead("teamleider2"),
        published_at=datetime.combine(version.published_on, AT_FOUR, AMSTERDAM) if published else None,
        approved_by=lead("teamleider") if published else None,
    )
    Threshold.objects.bulk_create(
        Threshold(version=row, vehicle_class=vehicle_class, metric=metric, limit=limit)
        for vehicle_class, limits in version.limits.items()
        for metric, limit in limits.items()
    )
    return row


def lead(key: str) -> User:
    """A team lead."""
    (email,) = [login.email for login in LOGINS if login.key == key]
    return User.objects.get(email=email)
