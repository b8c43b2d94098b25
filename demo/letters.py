"""The letters to parliament in the demo: the one of 29 September 2025 with both signatures, and a current draft."""

from datetime import date, datetime
from typing import Any

from accounts.models import User
from casework import clock
from demo.people import LOGINS
from demo.plan import LAST
from exemptions.terms import AMSTERDAM
from reporting.letter import lifecycle
from reporting.models import ReportToParliament
from reporting.period import Period

MONTHS = Period(date(2025, 6, 1), LAST, LAST)
"""The months of the letter of 29 September 2025; its totals run from the opening."""
MAKER, CHECKER, PUBLISHER = "rapporteur", "teamleider2", "teamleider"
MADE_AT = datetime(2025, 9, 22, 10, 15, tzinfo=AMSTERDAM)
CHECKED_AT = datetime(2025, 9, 25, 14, 10, tzinfo=AMSTERDAM)
NUMBER = 4
"""It calls itself the fourth."""
OWN_TEXTS = {
    "own-agenda": "Gemeenten en branchepartijen geven via de governance van de Uitvoeringsagenda Zero-emissiezones "
    "(UAZ) aan dat de ZE-zones naar behoren werken. Er hebben zich volgens deze partijen, ook in juni en juli, geen "
    "significante problemen voorgedaan.",
    "own-charging": "Het onderwerp laadinfrastructuur is onder de aandacht gebracht bij de Nationale Agenda "
    "Laadinfrastructuur (NAL) en wordt samen met de sector verder vormgegeven. Op 26 augustus 2025 is de Kamer over "
    "deze voortgang geïnformeerd.^[Kamerstuk 31 305, nr. 523.]",
    "own-rejection": "Ook kan een indiener verklaren dat het voertuig uitsluitend voor particuliere doeleinden wordt "
    "gebruikt, terwijl uit de ingediende documenten blijkt dat het zakelijke MRB-tarief wordt gebruikt.",
}
"""What only the ministry could tell, as in that letter."""
PUBLISHED_AT = datetime(2025, 9, 29, 9, 30, tzinfo=AMSTERDAM)


def load_letters(*, today: date) -> None:
    """Load both, after the cases that they are about; idempotent."""
    if ReportToParliament.objects.exists():
        return
    publish_letter(begin_draft(MONTHS))
    lifecycle.begin_draft(lifecycle.usual_period(today), letter_on=today, by=find_person(MAKER))


def begin_draft(period: Period) -> ReportToParliament:
    """A draft of September 2025."""
    maker = find_person(MAKER)
    with clock.at(MADE_AT):
        report = lifecycle.begin_draft(period, letter_on=PUBLISHED_AT.date(), by=maker)
        report.adjust(by=maker, **{**details_of(report), "number": NUMBER})
        for block, body in OWN_TEXTS.items():
            report.write(by=maker, block=block, body=body, seen=report.stamp(block))
    return report


def details_of(report: ReportToParliament) -> dict[str, Any]:
    """The arguments of `adjust`."""
    names = ("first", "last", "as_of", "letter_on", "title", "signed_by", "number")
    return {**{name: getattr(report, name) for name in names}, "seen": report.details_stamp()}


def publish_letter(report: ReportToParliament) -> None:
    """The two signatures, each by an authorised person, at the time they were given."""
    with clock.at(CHECKED_AT):
        report.approve(by=find_person(CHECKER), seen=report.fingerprint())
    with clock.at(PUBLISHED_AT):
        lifecycle.publish_letter(report, by=find_person(PUBLISHER), seen=report.fingerprint())


def find_person(key: str) -> User:
    """One of the demo's people."""
    (email,) = [login.email for login in LOGINS if login.key == key]
    return User.objects.get(email=email)
