"""Builds the demo in one transaction; what is there already is left as it is, so twice is as once."""

from collections.abc import Callable
from datetime import date
from random import Random

from django.db import connection, transaction

from casework.models import Dossier
from demo import (
    assignment,
    assistant_talks,
    by_post,
    contact,
    evidence,
    fleet,
    handed_in,
    helpdesk_questions,
    history,
    information,
    letters,
    live,
    overtaken_step,
    people,
    thresholds,
)
from demo.plan import FIRST, SEED
from demo.rows import Rows
from demo.world import World
from exemptions.models import Application


def load(*, today: date) -> None:
    """People, the year, the cases around today, and the letters about them."""
    with transaction.atomic():
        people.load()
        contact.load()
        evidence.store_file()
        thresholds.load()
        handed_in.load(today=today)
        if not Dossier.objects.filter(number=f"ZES-{FIRST.year}-000001").exists():
            _tell(history.tell, World(Random(SEED), today))
        if not Application.objects.filter(key=live.FIRST_KEY).exists():
            _tell(live.tell, World(Random(live.SEED), today, is_live=True))
            thresholds.load_live(today=today)
            by_post.load()
            overtaken_step.load()
            assignment.load()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # tens of thousands of rows came at once: let the planner know before autovacuum
        information.load(today=today)
        letters.load(today=today)
        fleet.load()
        helpdesk_questions.load(today=today)
        assistant_talks.load(today=today)


def _tell(tell: Callable[[World, Rows], None], world: World) -> None:
    rows = Rows()
    tell(world, rows)
    rows.store()
