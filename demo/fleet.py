"""The fleets of the demo: vehicles of every sort, with the answer that the demo's register gives."""

from demo import people
from exemptions.fleet import adding, limits, paste_parser
from exemptions.models import Applicant, Mandate, Vehicle

FLEETS = {
    people.FLORIST: "VAN00E de elektrische\nVAN01E de oude blauwe\nVAN02E bezorging Utrecht\nVAN03E\nVAN04E nieuw\n"
    "VAN50E hybride\nVAN91E import\nVAN99E",
    people.BAKER: "VAN02E broodbus\nVAN03E",
    people.MOVER: "TRU00E\nTRU01E verhuiswagen 1\nTRU02E verhuiswagen 2\nTRU03E verhuiswagen 3\nTRU04E\nTRU05E trekker",
    people.CARRIER: "TRU06E Lkw 1\nTRU07E Lkw 2 (plug-in)\nTRU15E\nTRU92E",
}
SECONDS = 30.0


def load_fleets() -> None:
    """Fill the fleets that are empty; one that somebody works with stays as it is."""
    for name, plates in FLEETS.items():
        applicant = Applicant.objects.filter(name=name).first()
        owner = Mandate.objects.in_force().filter(applicant=applicant).order_by("since", "pk").first()
        if applicant and owner and not Vehicle.objects.filter(applicant=applicant).exists():
            batch = adding.begin_batch(
                applicant, paste_parser.read_paste(plates, most=limits.in_a_list()), by=owner.user
            )
            adding.look_up(batch, seconds=SECONDS)
            adding.keep_vehicles(batch, by=owner.user)
