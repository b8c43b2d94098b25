"""The thresholds of the demo. The real limits are in no public text, so these are invented, and say so."""

from datetime import date, datetime, time, timedelta

from accounts.models import User
from casework import clock
from demo.people import LOGINS
from demo.plan import DRAFT_LIMITS, NEXT_LIMITS, THRESHOLDS, Limits
from exemptions.models import ThresholdVersion
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
    found: ThresholdVersion | None = ThresholdVersion.objects.filter(
        valid_from=version.valid_from, source=SOURCE
    ).first()
    if found:
        return found
    values = {name: getattr(version, name) for name in ("valid_from", "reason_nl", "reason_en")} | {"source": SOURCE}
    limits = {(of, metric): limit for of, known in version.limits.items() for metric, limit in known.items()}
    made_at, published_at = (
        datetime.combine(day, AT_FOUR, AMSTERDAM) for day in (version.made_on, version.published_on)
    )
    with clock.at(made_at):
        row: ThresholdVersion = ThresholdVersion.objects.begin(**values, made_at=made_at)
        row.edit(by=lead("teamleider2"), limits=limits, **values)
    if published:
        with clock.at(published_at):
            row.publish(by=lead("teamleider"))
    return row


def lead(key: str) -> User:
    """A team lead."""
    (email,) = [login.email for login in LOGINS if login.key == key]
    return User.objects.get(email=email)
