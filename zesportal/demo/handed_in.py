"""What municipalities, the information site and the branches handed in: July 2025 as published, the rest invented."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from django.db.models import Min

from exemptions.terms import AMSTERDAM, months_later
from reporting.models import BranchSignal, MailTopic, MonthlyReturn, ReturnVersion, SiteMonth, SiteMonthVersion
from zones.models import Municipality, Zone

SEED = 20250929
PUBLISHED_FINES = Path(__file__).parent / "fines-2025-07.csv"
FIRST_ZONES = date(2025, 1, 1)
LETTER = date(2025, 7, 1)
SITE = {
    date(2025, 1, 1): (24600, 151000, 6120, 231),
    date(2025, 2, 1): (22900, 142000, 5710, 214),
    date(2025, 3, 1): (23800, 149000, 5390, 205),
    date(2025, 4, 1): (24300, 153000, 5050, 197),
    date(2025, 5, 1): (25100, 158000, 4790, 203),
    date(2025, 6, 1): (27000, 170000, 4552, 208),
    date(2025, 7, 1): (38000, 194000, 4148, 246),
}
"""Users, pages, conversations and mails; June and July 2025 are those of the letter of 29 September 2025."""
TOPICS = ("Ontheffing aanvragen", "Toegangsregels", "Buitenlandse voertuigen", "Overig")
SIGNALS = (
    ("Voorbeeldbranche Transport", "Laadinfrastructuur", "Er zijn te weinig laadplekken voor vrachtauto's."),
    ("Voorbeeldbond Ondernemers", "Laadinfrastructuur", "Een zwaardere aansluiting laat te lang op zich wachten."),
    ("Voorbeeldvereniging Bouw", "Netcongestie", "Op bouwplaatsen is niet genoeg vermogen om te laden."),
)


def load(*, today: date) -> None:
    """Every month until the one before this; twice is as once."""
    if MonthlyReturn.objects.exists() or SiteMonth.objects.exists():
        return
    rng = Random(SEED)
    last = months_later(today.replace(day=1), -1)
    returns(rng, last=last)
    site(last=last)
    BranchSignal.objects.bulk_create(
        BranchSignal(
            organisation=who,
            topic=topic,
            text=text,
            first=date(2025, 6, 1),
            last=date(2025, 7, 31),
            noted_at=evening(date(2025, 7, 1)),
        )
        for who, topic, text in SIGNALS
    )


def returns(rng: Random, *, last: date) -> None:
    """Each municipality's months since its zone began; the last month of some is still missing."""
    fines = published()
    starts = dict(Zone.objects.values_list("municipality").annotate(first=Min("starts_on")))
    kept = []
    for municipality in Municipality.objects.filter(pk__in=starts).order_by("cbs_code"):
        size = rng.uniform(0.4, 2.5)
        for month in months(starts[municipality.pk], last):
            if month == last and rng.random() < 0.3:
                continue
            one = MonthlyReturn(municipality=municipality, month=month)
            kept.append((one, version(one, rng, size=size, starts=starts[municipality.pk], fines=fines)))
    MonthlyReturn.objects.bulk_create(one for one, _version in kept)
    ReturnVersion.objects.bulk_create(version for _one, version in kept)


def version(one: MonthlyReturn, rng: Random, *, size: float, starts: date, fines: dict[str, int]) -> ReturnVersion:
    """The numbers of one month."""
    warning_until = months_later(starts, 6) - timedelta(days=1)
    warns = one.month <= warning_until
    passages_van, passages_truck = int(size * rng.randint(60000, 90000)), int(size * rng.randint(9000, 14000))
    offences = 0 if warns else fined(one, rng, size=size, fines=fines)
    trucks = offences // 4
    return ReturnVersion(
        monthly_return=one,
        number=1,
        delivered_at=evening(one.month),
        channel=ReturnVersion.Channel.SHEET,
        warnings=int(size * rng.randint(300, 700)) if warns else 0,
        fines_van=offences - trucks,
        fines_truck=trucks,
        passages_van=passages_van,
        compliant_van=int(passages_van * rng.uniform(0.952, 0.985)),
        passages_truck=passages_truck,
        compliant_truck=int(passages_truck * rng.uniform(0.955, 0.99)),
        interval_days=14,
        zone_km2=f"{size * 1.6:.2f}",
        warning_until=warning_until,
        context="Verzonnen voor de demonstratie.",
    )


def fined(one: MonthlyReturn, rng: Random, *, size: float, fines: dict[str, int]) -> int:
    """As published for July 2025, invented for other months."""
    if one.month == LETTER:
        return fines.get(one.municipality.cbs_code, 0)
    return int(size * rng.randint(150, 600))


def site(*, last: date) -> None:
    """The months of the site: those of the table, and the months after it at about the same height."""
    rng = Random(SEED + 1)
    for month in months(FIRST_ZONES, last):
        users, pages, conversations, mails = SITE.get(month) or invented(rng)
        kept = SiteMonthVersion.objects.create(
            site_month=SiteMonth.objects.create(month=month),
            number=1,
            delivered_at=evening(month),
            visitors=users,
            pages=pages,
            conversations=conversations,
            mails=mails,
            source="Demonstratie",
        )
        MailTopic.objects.bulk_create(topics(kept, mails))


def invented(rng: Random) -> tuple[int, int, int, int]:
    """A month after the letter."""
    return rng.randint(26000, 36000), rng.randint(150000, 200000), rng.randint(3900, 4600), rng.randint(190, 250)


def topics(kept: SiteMonthVersion, mails: int) -> Iterator[MailTopic]:
    """The mails of a month by topic; all of them ask for information."""
    parts = [mails * 45 // 100, mails * 25 // 100, mails * 20 // 100]
    for topic, count in zip(TOPICS, [*parts, mails - sum(parts)], strict=True):
        yield MailTopic(version=kept, topic=topic, tone=MailTopic.Tone.INFORMING, count=count)


def published() -> dict[str, int]:
    """The finable offences of July 2025 by CBS code, from the annex to the letter as the press gave it."""
    with PUBLISHED_FINES.open(encoding="utf-8", newline="") as file:
        return {row["cbs_code"]: int(row["finable_offences"]) for row in csv.DictReader(file)}


def months(first: date, last: date) -> Iterator[date]:
    """The first days of the months of a period."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = months_later(month, 1)


def evening(month: date) -> datetime:
    """The last day of the month, after work: when it was handed in."""
    return datetime.combine(months_later(month, 1) - timedelta(days=1), time(17, 30), AMSTERDAM)
