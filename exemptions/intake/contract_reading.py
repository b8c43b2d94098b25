"""Reads what a Dutch, German or English contract says about an order: pure functions over its words.

A reading is only a suggestion: the applicant sees it in the form, and it has no effect before they send that page. A
contract that can be read in two ways gives no suggestion.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date

MOST_YEARS = 10
"""An order is not older than this, nor delivered later: any other date was misread."""
LONGEST_VEHICLE = LONGEST_NAME = 80  # characters
NO_TELLING_WORDS = {
    "van",
    "der",
    "den",
    "het",
    "ten",
    "ter",
    "von",
    "und",
    "and",
    "the",
    "vof",
    "gmbh",
    "ltd",
    "holding",
}

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january januar",
            "februari feb february februar",
            "maart mrt mar march märz maerz",
            "april apr",
            "mei may mai",
            "juni jun june",
            "juli jul july",
            "augustus aug august",
            "september sep sept",
            "oktober okt oct october",
            "november nov",
            "december dec dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}
DAY = re.compile(
    r"(?P<y1>\d{4})-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<d2>\d{1,2})\s?[-/.]\s?(?P<m2>\d{1,2})\s?[-/.]\s?(?P<y2>\d{4})(?!\d)"
    r"|(?<!\d)(?P<d3>\d{1,2})(?:\.|st|nd|rd|th)?\s+(?P<m3>[a-zä]{3,9})\.?,?\s+(?P<y3>\d{4})(?!\d)"
    r"|\b(?P<m4>[a-z]{3,9})\s+(?P<d4>\d{1,2})(?:st|nd|rd|th)?,\s+(?P<y4>\d{4})(?!\d)",
    re.IGNORECASE,
)
BETWEEN = r"[^\n\d]{0,40}\n?[^\n\d]{0,30}"
"""What may come between a label and its date: a colon, some words, the end of a line."""

# The first label with one date wins: a contract also contains the date on which it was printed.
ORDERED = (
    r"(?:order|bestel|opdracht)datum|datum\s+(?:van\s+)?(?:de\s+)?(?:order|bestelling|opdracht)|besteld\s+op"
    r"|bestelldatum|auftragsdatum|datum\s+der\s+bestellung|bestellt\s+am|order\s+date|date\s+of\s+order|ordered\s+on",
    r"contractdatum|datum\s+(?:van\s+)?(?:de\s+|het\s+)?(?:koop|lease)?(?:overeenkomst|contract)|vertragsdatum"
    r"|contract\s+date|date\s+of\s+(?:the\s+)?(?:agreement|contract)|overeengekomen\s+op|gesloten\s+op",
    r"datum\s+(?:van\s+)?ondertekening|ondertekend\s+(?:te\s+\w+\s+)?op|getekend\s+(?:te\s+\w+\s+)?op|signed\s+on"
    r"|unterzeichnet\s+am",
    r"(?:^|\n)\s*(?:datum|date)\b|\bd\.d\.",
)
EXPECTED = (
    r"(?:ver)?wachte\s+(?:af)?lever(?:datum|ing)|vermoedelijke\s+(?:af)?lever(?:datum|ing)"
    r"|geplande\s+(?:af)?lever(?:datum|ing)|voraussichtliche[rs]?\s+liefer(?:termin|datum|ung)"
    r"|expected\s+(?:date\s+of\s+)?delivery|estimated\s+(?:date\s+of\s+)?delivery",
    r"(?:af)?leverdatum|datum\s+(?:van\s+)?(?:af)?levering|(?:af)?levering|geleverd|liefertermin|lieferdatum"
    r"|lieferung|delivery\s+date|date\s+of\s+delivery|delivery|delivered",
)
VEHICLE = (
    r"merk\s*(?:/|en|,|&)\s*(?:type|model)|marke\s*(?:/|und)\s*(?:typ|modell)|make\s*(?:/|and)\s*(?:model|type)",
    r"(?:nieuw\s+)?voertuig|omschrijving\s+voertuig|fahrzeug|vehicle",
)
MAKE, MODEL = r"merk|marke|make", r"type|model|typ|modell|uitvoering"
NO_LABEL = re.compile(r"^\W*(?:vin|chassis\w*|kenteken\w*|type|model|merk|kleur)\b", re.IGNORECASE)
SALE = (
    r"koopovereenkomst|koopcontract|verkoopovereenkomst|kaufvertrag|purchase\s+(?:agreement|contract)|sales\s+contract"
)
LEASE = r"lease-?\s?(?:overeenkomst|contract)|leasingvertrag|lease\s+agreement|operational\s+lease|lessee|leasenemer"
KVK = re.compile(
    r"(?:kvk|k\.v\.k\.?|kamer\s+van\s+koophandel|handelsregister|trade\s+register)[^\d\n]{0,40}\n?[^\d\n]{0,10}"
    r"(?<!\d)(\d{2}[ .]?\d{3}[ .]?\d{3}|\d{4}[ .]?\d{4})(?!\d)",
    re.IGNORECASE,
)
BUYER = (
    r"koper|opdrachtgever|afnemer|besteller|klant|lessee|lease-?nemer|käufer|auftraggeber|leasingnehmer|buyer|purchaser"
    r"|customer"
)
SELLER = (
    r"verkoper|leverancier|dealer|lessor|lease-?maatschappij|lease-?gever|verkäufer|lieferant|leasinggeber|seller"
    r"|supplier"
)
SIGNATORY = (
    r"(?:onder|ge)tekend\s+door|naam\s+(?:van\s+de\s+)?ondertekenaar|ondertekenaar|vertegenwoordigd\s+door"
    r"|(?:unter)?zeichnet\s+von|vertreten\s+durch|signed\s+by|represented\s+by|signatory"
)
GAP = r"[ \t]{0,20}"
JOINING = r"(?:(?:van|der|den|de|het|ten|ter|te|en|von|zu|und|and|of|the|&)[ \t]{1,20}){0,3}"
NAME = rf"[^\W\d_a-zà-ÿ][\w.&'’-]{{0,40}}(?:[ \t]{{1,20}}{JOINING}[^\W\d_a-zà-ÿ][\w.&'’-]{{0,40}}){{0,7}}"
"""Capitalised words, and the small words between them."""
NO_NAME = re.compile(
    rf"\b(?:{BUYER}|{SELLER}|handtekening|naam|datum|plaats|adres|kvk|unterschrift|name|signature|date|address)\b",
    re.IGNORECASE,
)
LEGAL_FORM = re.compile(r"(?:[A-Z]\.){2,}$")
MONTHS_LONG = re.compile(
    r"(?:looptijd|duur|laufzeit|term)[^\n\d]{0,30}(\d{1,3})\s*(?:maanden|monate|months)", re.IGNORECASE
)


@dataclass(frozen=True)
class Reading:
    """What was read; empty if not read. `acquisition` is `purchase` or `lease`; a lessee counts as `buyer`."""

    ordered_on: str = ""
    expected_on: str = ""
    vehicle: str = ""
    acquisition: str = ""
    lease_months: str = ""
    kvk_numbers: tuple[str, ...] = ()
    buyer: str = ""
    seller: str = ""
    signatory: str = ""

    def as_json(self) -> dict[str, object]:
        """What was read, as a draft stores it."""
        return {name: value for name, value in asdict(self).items() if value}


def read_contract(words: str, *, today: date) -> Reading:
    """Read from a contract whatever is unambiguous."""
    ordered = find_day(words, ORDERED, first=add_years(today, -MOST_YEARS), last=today)
    first = ordered or add_years(today, -1)
    expected = find_day(words, EXPECTED, first=first, last=add_years(today, MOST_YEARS))
    acquisition = find_acquisition(words)
    months = MONTHS_LONG.search(words) if acquisition == "lease" else None
    return Reading(
        ordered_on=ordered.isoformat() if ordered else "",
        expected_on=expected.isoformat() if expected else "",
        vehicle=find_vehicle(words),
        acquisition=acquisition,
        lease_months=months[1] if months else "",
        kvk_numbers=tuple(dict.fromkeys(re.sub(r"\D", "", number) for number in KVK.findall(words))),
        buyer=find_name(words, BUYER),
        seller=find_name(words, SELLER),
        signatory=find_name(words, SIGNATORY),
    )


def add_years(day: date, years: int) -> date:
    """The same day in another year; never after the 28th of the month."""
    return day.replace(year=day.year + years, day=min(day.day, 28))


def find_day(words: str, labels: Iterable[str], *, first: date, last: date) -> date | None:
    """The date after the first label that has one; None if that label has several."""
    for label in labels:
        days = {day for day in days_behind(words, label) if first <= day <= last}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def days_behind(words: str, label: str) -> Iterator[date]:
    """The dates directly after a label."""
    for found in re.finditer(rf"(?:{label}){BETWEEN}", words, re.IGNORECASE):
        # the gap may have matched the name of a month too: search again from the end of the label
        label_end = re.compile(label, re.IGNORECASE).match(words, found.start())
        start = label_end.end() if label_end else found.end()
        written = DAY.search(words, start, found.end() + 24)
        if written and written.start() <= found.end() and (day := read_day(written)):
            yield day


def read_day(written: re.Match[str]) -> date | None:
    """Parse a date as people write it; None if it does not exist."""
    year, month, day = next(parts for n in "1234" if all(parts := tuple(written[f"{part}{n}"] for part in "ymd")))
    number = int(month) if month.isdecimal() else MONTHS.get(month.lower().rstrip("."), 0)
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def find_vehicle(words: str) -> str:
    """Make and model; empty if not found."""
    for label in VEHICLE:
        if found := line_behind(words, label):
            return found
    make, model = line_behind(words, MAKE), line_behind(words, MODEL)
    return f"{make} {model}" if make and model else ""


def line_behind(words: str, label: str) -> str:
    """The words after a label at the beginning of a line; empty if they cannot name a vehicle."""
    found = re.search(
        rf"(?:^|\n)[ \t]*(?:{label})[ \t]*(?::[ \t]*\n?|[ \t]{{2,}}|\t)[ \t]*([^\n]+)", words, re.IGNORECASE
    )
    line = " ".join(found[1].split()).strip(" .,;:") if found else ""
    is_name = 2 <= len(line) <= LONGEST_VEHICLE and re.search(r"[^\W\d]", line) and not NO_LABEL.match(line)
    return line if is_name else ""


def find_acquisition(words: str) -> str:
    """`purchase` or `lease`, by what the contract calls itself; empty if it could be both."""
    found = {
        name for name, pattern in (("purchase", SALE), ("lease", LEASE)) if re.search(pattern, words, re.IGNORECASE)
    }
    return found.pop() if len(found) == 1 else ""


def find_name(words: str, label: str) -> str:
    """The party with this label, before or after the name; empty if the contract gives the label to two parties."""
    patterns = (
        rf"\b(?i:{label})\b{GAP}:?{GAP}(?:\n{GAP})?(?:(?i:(?:bedrijfs)?naam|name){GAP}:{GAP})?({NAME})",
        rf"(?<![\w.&'’-])({NAME})(?:,[^()]{{0,80}})?{GAP}\n?\((?i:(?:hierna(?:\ste\snoemen)?|nachfolgend|hereinafter):?{GAP})?"
        rf"[“”\"'‘’]?(?i:(?:de|der|the)\s)?(?i:{label})\b[^()\n]{{0,20}}\)",
    )
    found = {trim_name(name) for pattern in patterns for name in re.findall(pattern, words)} - {""}
    return found.pop() if len(found) == 1 else ""


def trim_name(name: str) -> str:
    """The name without the full stop of a sentence; empty if it is only the next label of a form."""
    name = " ".join(name.split())
    name = name if LEGAL_FORM.search(name) else name.rstrip(".'’-")
    return "" if len(name) < 3 or len(name) > LONGEST_NAME or NO_NAME.search(name) else name


def share_a_name(one: str, other: str) -> bool:
    """Whether two names could belong to the same party: they share a distinctive word of three letters or more."""
    return bool(split_name(one) & split_name(other))


def split_name(name: str) -> set[str]:
    """The words that distinguish a name from others."""
    return {word for word in re.findall(r"\w{3,}", name.casefold()) if word not in NO_TELLING_WORDS}
