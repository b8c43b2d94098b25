"""What municipalities, the information site and the branches handed in: July 2025 as published, the rest invented."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from django.db.models import Min

from accounts.models import User
from casework import clock
from casework.calendar import STATUTE
from exemptions.terms import AMSTERDAM, months_later, start_of_day
from reporting.models import MailTopic, MonthlyReturn, ReturnVersion, SiteMonth, SiteMonthVersion
from reporting.site.deliver import deliver_site_month
from reporting.site.signals import services
from reporting.site.signals.services import SignalDetails
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
MISCOUNTED = {date(2025, 3, 1): 249}
"""Mails as first handed in; an editor corrected the number two weeks later."""
TOPICS = ("Ontheffing aanvragen", "Toegangsregels", "Buitenlandse voertuigen", "Overig")
Tone = MailTopic.Tone
TONES = {
    date(2025, 6, 1): (Tone.INFORMING,) * 4,
    date(2025, 7, 1): (Tone.PRACTICAL, Tone.PRACTICAL, Tone.PRACTICAL, Tone.INFORMING),
}
"""As in the letter: in June all asked for information, in July most were practical."""
PARTS = {date(2025, 6, 1): (42, 24, 24), date(2025, 7, 1): (39, 22, 30)}
"""Percentages of the first three topics; towards the holidays more questions were about foreign vehicles."""
OTHER_PARTS = (45, 25, 20)
OTHER_TONES = (Tone.PRACTICAL, Tone.INFORMING, Tone.INFORMING, Tone.COMPLAINT)
EDITOR = "redacteur@example.org"
DELIVERY_DAYS = 9
"""All numbers of a month are handed in within this many days after it."""


def load_deliveries(*, today: date) -> None:
    """Every month up to the previous one; idempotent."""
    if MonthlyReturn.objects.exists() or SiteMonth.objects.exists():
        return
    rng = Random(SEED)
    last = months_later(today.replace(day=1), -1)
    deliver_returns(rng, last=last, today=today)
    editor = User.objects.get(email=EDITOR)
    deliver_site_months(last=last, today=today, by=editor)
    load_signals(today=today, by=editor)


def deliver_returns(rng: Random, *, last: date, today: date) -> None:
    """Each municipality's months since its zone began; the last month of some is still missing."""
    fines = read_published_fines()
    starts = dict(Zone.objects.values_list("municipality").annotate(first=Min("starts_on")))
    kept = []
    for place, municipality in enumerate(Municipality.objects.filter(pk__in=starts).order_by("cbs_code")):
        size = rng.uniform(0.4, 2.5)
        for month in list_months(starts[municipality.pk], last):
            at = came_in(month, place=place)
            if (month == last and rng.random() < 0.3) or at >= start_of_day(today):
                continue
            one = MonthlyReturn(municipality=municipality, month=month)
            kept.append(
                (one, make_return_numbers(one, rng, at=at, size=size, starts=starts[municipality.pk], fines=fines))
            )
    MonthlyReturn.objects.bulk_create(one for one, _version in kept)
    ReturnVersion.objects.bulk_create(version for _one, version in kept)


def make_return_numbers(
    one: MonthlyReturn, rng: Random, *, at: datetime, size: float, starts: date, fines: dict[str, int]
) -> ReturnVersion:
    """The numbers of one month."""
    warning_until = months_later(starts, 6) - timedelta(days=1)
    warns = one.month <= warning_until
    passages_van, passages_truck = int(size * rng.randint(60000, 90000)), int(size * rng.randint(9000, 14000))
    offences = 0 if warns else choose_fines(one, rng, size=size, fines=fines)
    trucks = offences // 4
    return ReturnVersion(
        monthly_return=one,
        number=1,
        delivered_at=at,
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


def choose_fines(one: MonthlyReturn, rng: Random, *, size: float, fines: dict[str, int]) -> int:
    """As published for July 2025, invented for other months."""
    if one.month == LETTER:
        return fines.get(one.municipality.cbs_code, 0)
    return int(size * rng.randint(150, 600))


def deliver_site_months(*, last: date, today: date, by: User) -> None:
    """The months of the site: those of the table, and later months at about the same level."""
    rng = Random(SEED + 1)
    for month in list_months(FIRST_ZONES, last):
        users, pages, conversations, mails = SITE.get(month) or invent_site_month(rng)
        if (at := came_in(month)) >= start_of_day(today):
            continue
        kept = SiteMonthVersion.objects.create(
            site_month=SiteMonth.objects.create(month=month),
            number=1,
            delivered_at=at,
            delivered_by=by,
            visitors=users,
            pages=pages,
            conversations=conversations,
            mails=MISCOUNTED.get(month, mails),
            source="Demonstratie",
        )
        MailTopic.objects.bulk_create(
            MailTopic(version=kept, topic=topic, tone=tone, count=count)
            for (topic, tone), count in divide_over_topics(month, kept.mails or 0).items()
        )
        if month in MISCOUNTED:
            correct_site_month(kept, mails, by=by)


def correct_site_month(first: SiteMonthVersion, mails: int, *, by: User) -> None:
    """The same month with another number of mails."""
    month = first.site_month.month
    numbers = {"visitors": first.visitors, "pages": first.pages, "conversations": first.conversations, "mails": mails}
    deliver_site_month(
        month=month,
        numbers=numbers,
        topics=divide_over_topics(month, mails),
        source=first.source,
        context="Verzonnen voorbeeld: eerst waren de automatische antwoorden meegeteld.",
        by=by,
        at=came_in(month) + timedelta(days=14),
    )


def invent_site_month(rng: Random) -> tuple[int, int, int, int]:
    """A month after the letter."""
    return rng.randint(26000, 36000), rng.randint(150000, 200000), rng.randint(3900, 4600), rng.randint(190, 250)


def divide_over_topics(month: date, mails: int) -> dict[tuple[str, str], int]:
    """The mails of a month by topic and tone."""
    parts = [mails * part // 100 for part in PARTS.get(month, OTHER_PARTS)]
    keys = zip(TOPICS, TONES.get(month, OTHER_TONES), strict=True)
    return dict(zip(((topic, tone.value) for topic, tone in keys), [*parts, mails - sum(parts)], strict=True))


def read_published_fines() -> dict[str, int]:
    """The offences of July 2025 subject to a fine, by CBS code, from the letter's annex as published by the press."""
    with PUBLISHED_FINES.open(encoding="utf-8", newline="") as file:
        return {row["cbs_code"]: int(row["finable_offences"]) for row in csv.DictReader(file)}


def list_months(first: date, last: date) -> Iterator[date]:
    """The first days of the months of a period."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = months_later(month, 1)


def came_in(month: date, *, place: int = 0) -> datetime:
    """When the numbers of a month were handed in: on one of the first working days after it."""
    after = months_later(month, 1)
    if month == LETTER:
        return datetime.combine(after - timedelta(days=1), time(17, 30), AMSTERDAM)
    day = STATUTE.next_working_day(after + timedelta(days=place % DELIVERY_DAYS))
    return datetime.combine(day, time(9 + place % 8, 7 * place % 60), AMSTERDAM)


SUMMER = date(2025, 6, 1), date(2025, 7, 31)
TRANSPORT, ENTREPRENEURS, BUILDERS = (
    "Voorbeeldbranche Transport",
    "Voorbeeldbond Ondernemers",
    "Voorbeeldvereniging Bouw",
)
CHARGING, GRID = "Laadinfrastructuur", "Netcongestie"
BEFORE_THE_LETTER = (
    SignalDetails(TRANSPORT, CHARGING, "Er zijn te weinig laadplekken voor vrachtauto's.", *SUMMER),
    SignalDetails(ENTREPRENEURS, CHARGING, "Een zwaardere aansluiting laat te lang op zich wachten.", *SUMMER),
    SignalDetails(BUILDERS, GRID, "Op bouwplaatsen is niet genoeg vermogen om te laden.", *SUMMER),
)
NOTED_AT = datetime(2025, 7, 31, 17, 30, tzinfo=AMSTERDAM)
CHANGED_AT = datetime(2025, 10, 6, 9, 40, tzinfo=AMSTERDAM)
WITHDRAWN_AT = datetime(2025, 11, 3, 14, 5, tzinfo=AMSTERDAM)


def load_signals(*, today: date, by: User) -> None:
    """Noted by an editor; later one was reworded, and one withdrawn."""
    with clock.at(NOTED_AT):
        _transport, connection, building = [services.note_signal(said=said, by=by) for said in BEFORE_THE_LETTER]
    with clock.at(CHANGED_AT):
        said = services.read_signal(connection)
        services.change_signal(
            connection, said=replace(said, text="Een zwaardere aansluiting duurt al snel een jaar."), by=by
        )
    with clock.at(WITHDRAWN_AT):
        services.withdraw_signal(building, by=by)
    note_recent_signals(today=today, by=by)


def note_recent_signals(*, today: date, by: User) -> None:
    """About the two previous months, for the letter in preparation."""
    first = months_later(today.replace(day=1), -2)
    last = today.replace(day=1) - timedelta(days=1)
    for who, topic, text in (
        (TRANSPORT, CHARGING, "Langs de snelweg staan vrachtauto's 's avonds in de rij om te laden."),
        (BUILDERS, "Zwaar materieel", "Voor zware kranen is nog geen elektrisch voertuig te koop."),
    ):
        services.note_signal(said=SignalDetails(who, topic, text, first, last), by=by)
