"""The life of what was granted: changed, lent, suspended and taken away, beside exemptions for a day."""

from datetime import date
from typing import Any

from django.utils import timezone

from casework.models import Policy
from casework.steps import StepRefused
from exemptions import day_exemptions
from exemptions.models import Applicant, Application, FactsRecord, RegisterFinding, Status
from exemptions.models.exemption import find_plate_holder
from reporting.figures import FIGURES
from reporting.period import Period
from tests import given
from tests.lives.base import BEGIN, Chance, Dice
from tests.lives.of_applications import APPLICATION, ApplicationLife
from tests.lives.of_exemptions import PLATES
from tests.lives.people import some_day
from tests.posting import choose_post
from zones.models import Municipality

COUNTED = ("R02", "R06", "R07")
"""The figures that count what was granted."""


class GrantedLife(ApplicationLife):
    """From the grant on; the holder may ask for letters by post, and for a day with any of the vehicles.

    Nobody objects, for then nothing may be changed: other lives do that.
    """

    def __init__(self) -> None:
        self.days: list[Application] = []
        self.counted: dict[date, list[int | None]] = {}
        super().__init__()

    def born(self) -> Application:
        return given.granted(by=self.people.applicant, desk=self.people.desk[0], days=200)

    def look(self) -> None:
        super().look()
        self.days = list(Application.objects.filter(pk__in=[one.pk for one in self.days]).order_by("pk"))
        self.dossiers += [one.dossier_id for one in self.days]

    def chances(self) -> list[Chance]:
        is_granted = self.application.status == Status.GRANTED
        changed = self.goes_on(self.application, APPLICATION) * (16 if is_granted else 0)
        of_days = [chance for day in self.days for chance in self.goes_on(day, APPLICATION) * 2]
        rare = [self.a_day_is_asked, self.the_holder_chooses_post, self.one_person_is_enough]
        rare += [self.the_register_says_otherwise]
        return [*super().chances(), *changed, *of_days, *rare]

    def a_day_is_asked(self, dice: Dice) -> None:
        """Which may be refused."""
        wish: dict[str, Any] = {"plate": dice.one_of(PLATES), "day": some_day(dice, 0, 1, 4, -1), "country": "NL"}
        about = {"by": self.people.applicant, "applicant": Applicant.objects.of(self.people.applicant).get()}
        where = {"municipality": Municipality.objects.get(name="Utrecht"), "language": "nl"}
        try:
            asked = day_exemptions.ask_day_exemption(
                **about, **where, **wish, facts=given.VAN, source=FactsRecord.Source.REGISTER
            )
        except StepRefused:
            return
        self.days.append(asked)
        self.look()

    def the_holder_chooses_post(self, dice: Dice) -> None:
        """From now on a letter waits until it is posted."""
        choose_post(Applicant.objects.of(self.people.applicant).get(), by=self.people.applicant)

    def the_register_says_otherwise(self, dice: Dice) -> None:
        """As the comparison of a morning finds it."""
        about: dict[str, Any] = {"application": self.application, "plate": find_plate_holder(self.application).plate}
        what = dice.one_of([RegisterFinding.What.EXPORTED, RegisterFinding.What.GONE])
        RegisterFinding.objects.get_or_create(**about, what=what, found="yes", ended_at=None)

    def one_person_is_enough(self, dice: Dice) -> None:
        """From now on, to take something away."""
        alone = {"name": "second_pair_for_rejection", "valid_from": timezone.localdate()}
        Policy.objects.get_or_create(**alone, defaults={"value": False, "source": "Besluit"})

    def days_pass(self, dice: Dice) -> None:
        """What the figures say at the end of a day is kept."""
        today = timezone.localdate()
        self.counted[today] = self.count_grants(as_of=today)
        super().days_pass(dice)

    def count_grants(self, *, as_of: date) -> list[int | None]:
        """From the first day of the life, as it was known on a day."""
        period = Period(BEGIN.date(), as_of, as_of)
        return [row.count for name in COUNTED for row in FIGURES[name].compute(period)]

    def teardown(self) -> None:
        """As of each day that has passed the figures say what they said then."""
        today = timezone.localdate()
        again = {day: self.count_grants(as_of=day) for day in self.counted if day < today}
        super().teardown()
        assert again == {day: counted for day, counted in self.counted.items() if day < today}
