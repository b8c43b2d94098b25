"""A stamp that changes with any row on which texts of the site rest: what is cached under it is never stale."""

from functools import cache

from django.db import connection, models

from casework.models import Policy
from exemptions.models import EvidenceRequirement, KindVersion
from helpdesk.models import Phrase, Topic, TopicText
from zones.models import AccessRule, AutomaticExemption, Municipality, Zone

MODELS: tuple[type[models.Model], ...] = (
    AccessRule,
    AutomaticExemption,
    Municipality,
    Zone,
    KindVersion,
    EvidenceRequirement,
    Policy,
    Topic,
    TopicText,
    Topic.related.through,
    Phrase,
)


def compute_stamp() -> str:
    """The current stamp: one query over a few hundred small rows, whatever their size."""
    with connection.cursor() as cursor:
        cursor.execute(_build_stamp_sql())
        return str(cursor.fetchone()[0])


@cache
def _build_stamp_sql() -> str:
    parts = (f"SELECT '{name} ' || ctid::text || xmin::text AS mark FROM \"{name}\"" for name in _list_tables())  # noqa: S608 -- our tables
    marks = " UNION ALL ".join(parts)
    return f"SELECT concat(count(*), ':', sum(hashtextextended(mark, 0))) FROM ({marks}) AS marks"  # noqa: S608 -- ours


def _list_tables() -> list[str]:
    return [model._meta.db_table for model in MODELS]
