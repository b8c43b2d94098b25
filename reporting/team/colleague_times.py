"""How long decisions took by colleague and kind, over the same events as the figure on lead times (R22)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import User
from casework.models import EquatedDay
from objections.models import Objection
from reporting.figures.base import kind_names
from reporting.lead_times import DECIDE, MEASURED, list_query_values
from reporting.period import Period

if TYPE_CHECKING:
    from datetime import date

OBJECTION = Objection.CASE_TYPE
NOBODY, FRIDAY = 0, 4
YEARS_BACK = 5
"""For a case that came in longer before the period, earlier days off are counted as working days."""
OTHERS_WORK = ("approve_grant", "approve_rejection", "post_letters")
"""Steps that make a colleague's earlier decision known: whose it is, the step before them says."""
WHOSE = (*("propose_grant", "propose_rejection"), *(step for step in DECIDE if step not in OTHERS_WORK))


def count_weekdays(day: str) -> str:
    """SQL for the number of weekdays from Monday 5 January 1970 through a day: those in whole weeks and in the rest."""
    since = f"({day} - DATE '1970-01-05')"
    return f"(({since} / 7) * 5 + least(mod({since}, 7) + 1, 5))"


# Days are counted as for a term: from the day after receipt through the last day. Where a colleague only approved or
# posted, the step before says who decided.
SQL = f"""{MEASURED},
decided AS (
    SELECT measured.*, coalesce(whose.by_id, 0) AS person, received, received + measured.days AS known
    FROM measured
    JOIN casework_event AS event ON event.id = measured.id
    CROSS JOIN LATERAL (SELECT (event.detail -> 'decision_term' ->> 'received')::date AS received) AS term
    LEFT JOIN LATERAL (
        SELECT earlier.by_id FROM casework_event AS earlier
        WHERE earlier.case_type = event.case_type AND earlier.case_id = event.case_id
          AND earlier.step = ANY(%(whose)s) AND (earlier.at, earlier.id) <= (event.at, event.id)
        ORDER BY earlier.at DESC, earlier.id DESC LIMIT 1
    ) AS whose ON true
    WHERE measured.days IS NOT NULL
),
counted AS (
    SELECT decided.*, {count_weekdays("known")} - {count_weekdays("received")} - (
        SELECT count(*) FROM unnest(%(off)s::date[]) AS off WHERE off > received AND off <= known
    ) AS working_days
    FROM decided
)
SELECT person, key, count(*), round(percentile_cont(0.5) WITHIN GROUP (ORDER BY days)::numeric)::int,
       round(percentile_cont(0.5) WITHIN GROUP (ORDER BY working_days)::numeric)::int, count(*) FILTER (WHERE in_time)
FROM counted GROUP BY GROUPING SETS ((person, key), (person), ())
HAVING count(*) > 0
"""  # noqa: S608 -- our own words


@dataclass(frozen=True)
class TimesOfKind:
    """Lead times of one kind, or of all: median days and working days after receipt, and how many were in time."""

    name: str
    decided: int
    days: int
    working_days: int
    in_time: int


@dataclass(frozen=True)
class TimesOfPerson:
    """The lead times of one colleague: of all decisions, and by kind."""

    name: str
    whole: TimesOfKind
    kinds: list[TimesOfKind]


@dataclass(frozen=True)
class TeamTimes:
    """The lead times of each colleague who decided something, and of the team; None if nobody did."""

    people: list[TimesOfPerson]
    team: TimesOfKind | None


def measure_team(period: Period) -> TeamTimes:
    """The lead times by colleague and kind. Four queries."""
    found = read_rows(period)
    people = User.objects.filter(pk__in={person for person, _key in found if person}).order_by("name", "email")
    kinds = {**kind_names(period), OBJECTION: _("Objections")}
    whose = [*((one.pk, str(one)) for one in people), (NOBODY, _("no colleague"))]
    lines = [
        TimesOfPerson(
            name,
            TimesOfKind(name, *found[key, None]),
            [TimesOfKind(kinds[code], *found[key, code]) for code in kinds if (key, code) in found],
        )
        for key, name in whose
        if (key, None) in found
    ]
    return TeamTimes(lines, TimesOfKind("", *found[None, None]) if lines else None)


def read_rows(period: Period) -> dict[tuple[int | None, str | None], list[int]]:
    """The numbers by colleague's primary key and kind; None as kind for all kinds, for both for the whole team."""
    values = {**list_query_values(period), "whose": [*WHOSE], "off": list_days_off(period)}
    with connection.cursor() as cursor:
        cursor.execute(SQL, values)
        return {(person, key): numbers for person, key, *numbers in cursor.fetchall()}


def list_days_off(period: Period) -> "list[date]":
    """The holidays and days equated with them that fall on a weekday."""
    calendar = EquatedDay.calendar()
    years = range(period.first.year - YEARS_BACK, period.last.year + 1)
    return [day for year in years for day in calendar.holidays(year) if day.weekday() <= FRIDAY]
