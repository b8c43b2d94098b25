"""The sources of facts about vehicles (the register or a file) and of exemptions (the database)."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db.models import Prefetch, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext as _

from exemptions.models import Exemption, ExemptionSuspension
from reporting.compliance.counting import CHUNK, FactsSource, Plate, Sources, WindowsSource, insert_rows, keep_facts
from reporting.compliance.ground import Ground, load_parts_of_day
from reporting.compliance.judgement import NEVER, Simplifier, Window, count_microseconds, cut_window
from reporting.compliance.passages import Engine, find_source, read_types
from reporting.compliance.refusal import PassagesRefused
from zones.register_batches import look_up_many
from zones.register_facts import NOT_TOLD
from zones.vehicles import VehicleFacts

logger = logging.getLogger("loket.compliance")
DUTCH = "SELECT DISTINCT bare FROM names WHERE country = 'NL' AND regexp_full_match(bare, '[A-Z0-9]{6}')"
FACTS_SQL = """
SELECT upper(regexp_replace(CAST(plate AS VARCHAR), '[^A-Za-z0-9]', '', 'g')) AS bare, {columns}
FROM {source} GROUP BY bare HAVING bare IN (SELECT bare FROM names WHERE country = 'NL')
"""
KEY = "category, subtype, emission_class, day, body_codes, remark_codes"
NUMBERED_SQL = f"""
CREATE TEMP TABLE numbered AS SELECT row_number() OVER () AS facts, *
FROM (SELECT DISTINCT {KEY} FROM vehicle_facts JOIN days USING (first_admission))
"""  # noqa: S608 — KEY stands above
KNOWN_SQL = f"""
CREATE TEMP TABLE known AS SELECT bare, facts
FROM vehicle_facts JOIN days USING (first_admission) JOIN numbered USING ({KEY})
"""  # noqa: S608
FACTS = ("category", "subtype", "emission_class", "first_admission", "body_codes", "remark_codes")


def make_sources(ground: Ground, *, facts: Path | None) -> Sources:
    """The sources of this installation; the register is not asked if there is a file with facts."""
    source = read_facts_file(facts) if facts else ask_register
    return Sources(ground, source, read_exemptions(ground), lambda day: load_parts_of_day(on=day))


# --- Facts -----------------------------------------------------------------------------------------------------


def ask_register(engine: Engine, simplifier: Simplifier) -> list[VehicleFacts]:
    """The facts of every valid Dutch plate, from the register."""
    plates = [row[0] for row in engine.execute(DUTCH).fetchall()]
    return keep_facts(engine, _ask_known(plates), simplifier)


def _ask_known(plates: Sequence[str]) -> Iterator[tuple[str, VehicleFacts]]:
    answered = 0
    for found in look_up_many(plates):
        answered += len(found)
        yield from ((plate, facts) for plate, facts in found.items() if facts)
    if answered < len(plates):
        logger.warning(
            "The vehicle register gave no answer on %s of %s vehicles: they count as unknown. Run it again later.",
            len(plates) - answered,
            len(plates),
        )


def read_facts_file(file: Path) -> FactsSource:
    """A source of facts that reads a Parquet or CSV file with a row per Dutch vehicle: plate and the columns of FACTS.

    Codes share a cell, separated by semicolons. A plate that is missing counts as unknown.
    """

    def read(engine: Engine, simplifier: Simplifier) -> list[VehicleFacts]:
        source = find_source(file)
        types = read_types(engine, source)
        missing = [name for name in ("plate", *FACTS[:4]) if name not in types]
        if missing:
            raise PassagesRefused(
                _("The file with facts has no column %(missing)s. It needs %(all)s; the last two may be left out.")
                % {"missing": ", ".join(missing), "all": ", ".join(("plate", *FACTS))}
            )
        cells = (f"max(coalesce(CAST({name} AS VARCHAR), ''))" if name in types else "''" for name in FACTS)
        columns = ", ".join(f"{cell} AS {name}" for name, cell in zip(FACTS, cells, strict=True))
        engine.execute(f"CREATE TEMP TABLE vehicle_facts AS {FACTS_SQL.format(columns=columns, source=source)}")
        return _number_facts(engine, simplifier)

    return read


def _number_facts(engine: Engine, simplifier: Simplifier) -> list[VehicleFacts]:
    """Coarsen days of first admission first: few different facts then remain, however many vehicles there are."""
    days = engine.execute("SELECT DISTINCT first_admission FROM vehicle_facts").fetchall()
    coarse = [(text, str(simplifier.coarsen(day)) if (day := _read_day(text)) else "") for (text,) in days]
    insert_rows(engine, "days (first_admission VARCHAR, day VARCHAR)", coarse)
    engine.execute(NUMBERED_SQL)
    engine.execute(KNOWN_SQL)
    found = engine.execute(f"SELECT {KEY} FROM numbered ORDER BY facts").fetchall()  # noqa: S608
    return [VehicleFacts(), *(read_facts(*cells) for cells in found)]


def read_facts(
    category: Any, subtype: Any, emission_class: Any, first_admission: Any, body_codes: Any, remark_codes: Any
) -> VehicleFacts:
    """The facts in the cells of one vehicle; empty cells are unknown."""
    return VehicleFacts(
        category=_read_word(category),
        subtype=_read_word(subtype),
        emission_class=(_read_word(emission_class) or "").upper() or None,
        first_admission=_read_day(first_admission),
        body_codes=_read_codes(body_codes),
        remark_codes=_read_codes(remark_codes),
    )


def _read_word(cell: str | None) -> str | None:
    word = (cell or "").strip().lower()
    return None if word in NOT_TOLD else word


def _read_day(cell: str | None) -> date | None:
    try:
        return date.fromisoformat((cell or "").strip()[:10])
    except ValueError:
        return None


def _read_codes(cell: str | None) -> frozenset[str]:
    words = (cell or "").strip("[]").replace(",", ";").split(";")
    return frozenset(code for word in words if (code := word.strip(" '\"").upper().lstrip("0")))


# --- Exemptions ------------------------------------------------------------------------------------------------


def read_exemptions(ground: Ground) -> WindowsSource:
    """A source of exemptions in the municipality and in all zones, valid when `Exemption.objects.valid_at` says so."""

    def read(first: int, last: int) -> Iterator[tuple[Plate, Window]]:
        for one in find_exemptions(ground, first=first, last=last).iterator(chunk_size=CHUNK):
            ends = min(filter(None, (one.ends_at, one.revoked_at)))
            gaps = [(count_microseconds(gap.starts_at), _end_of(gap)) for gap in one.suspensions.all()]
            is_day = hasattr(one, "day_use")
            for window in cut_window(count_microseconds(one.starts_at), count_microseconds(ends), gaps, is_day=is_day):
                yield (one.plate, one.country.upper()), window

    return read


def _end_of(gap: ExemptionSuspension) -> int:
    return NEVER if gap.ends_at is None else count_microseconds(gap.ends_at)


def find_exemptions(ground: Ground, *, first: int, last: int) -> Any:
    """Exemptions valid there at any time between two moments, with their suspensions."""
    there = Q(municipality=None) | Q(municipality=ground.municipality_id)
    begin, end = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=moment) for moment in (first, last))
    found = Exemption.objects.filter(there, starts_at__lte=end).exclude(plate="")
    return (
        found.annotate(over=Least("ends_at", "revoked_at"))
        .filter(over__gt=Greatest(begin, "starts_at"))
        .select_related("day_use")
        .prefetch_related(Prefetch("suspensions", ExemptionSuspension.objects.order_by("starts_at")))
        .order_by("pk")
    )


def describe_exemptions(ground: Ground, *, first: int, last: int) -> Iterable[tuple[object, ...]]:
    """What distinguishes one state of the exemptions from another, without plates, for a checksum."""
    for one in find_exemptions(ground, first=first, last=last).iterator(chunk_size=CHUNK):
        gaps = [(gap.starts_at.isoformat(), gap.ends_at and gap.ends_at.isoformat()) for gap in one.suspensions.all()]
        revoked = one.revoked_at and one.revoked_at.isoformat()
        yield one.pk, one.starts_at.isoformat(), one.ends_at.isoformat(), revoked, gaps
