"""What branch organisations ask attention for: before the letter of 29 September 2025, and in the last two months."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from accounts.models import User
from casework import clock
from exemptions.terms import AMSTERDAM, months_later
from reporting.site.signals import services
from reporting.site.signals.services import SignalDetails

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


def load(*, today: date, by: User) -> None:
    """Noted by an editor; afterwards one got other words, and one was withdrawn."""
    with clock.at(NOTED_AT):
        _transport, connection, building = [services.note_signal(said=said, by=by) for said in BEFORE_THE_LETTER]
    with clock.at(CHANGED_AT):
        said = services.said_by(connection)
        services.change_signal(
            connection, said=replace(said, text="Een zwaardere aansluiting duurt al snel een jaar."), by=by
        )
    with clock.at(WITHDRAWN_AT):
        services.withdraw_signal(building, by=by)
    of_late(today=today, by=by)


def of_late(*, today: date, by: User) -> None:
    """About the two months before this one, for the letter that is being made."""
    first = months_later(today.replace(day=1), -2)
    last = today.replace(day=1) - timedelta(days=1)
    for who, topic, text in (
        (TRANSPORT, CHARGING, "Langs de snelweg staan vrachtauto's 's avonds in de rij om te laden."),
        (BUILDERS, "Zwaar materieel", "Voor zware kranen is nog geen elektrisch voertuig te koop."),
    ):
        services.note_signal(said=SignalDetails(who, topic, text, first, last), by=by)
