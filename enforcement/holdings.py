"""Reads the exemptions of many vehicles in one query."""

from collections.abc import Collection
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import models

from enforcement.answers import Holding, Question
from enforcement.register_entries import IsAnyOf
from exemptions.models import Exemption

Holdings = dict[tuple[str, str], list[Holding]]

COLUMNS = (
    "pk",
    "plate",
    "country",
    "decision__reference",
    "day_use",
    "municipality__cbs_code",
    "starts_at",
    "ends_at",
    "revoked_at",
    "suspensions__starts_at",
    "suspensions__ends_at",
)


def read_holdings(questions: Collection[Question]) -> Holdings:
    """By plate and country, what may be valid at the moments and in the zones in question."""
    moments, zones = [one.at for one in questions], {one.zone for one in questions}
    quoted = {f'"{one.plate}"' for one in questions}  # a plate can be NULL
    listed = f"{{{','.join(quoted)}}}"
    there = models.Q(municipality=None) | models.Q(municipality__cbs_code__in=zones)
    of_plates = Exemption.objects.filter(IsAnyOf("plate", models.Value(listed)))
    then = of_plates.filter(there, starts_at__lte=max(moments), ends_at__gt=min(moments))
    rows = then.order_by("pk", "suspensions__starts_at").values_list(*COLUMNS)
    found: Holdings = {}
    for _pk, one in groupby(rows, key=itemgetter(0)):
        lines = list(one)
        found.setdefault((lines[0][1], lines[0][2]), []).append(make_holding(lines))
    return found


def make_holding(lines: list[tuple[Any, ...]]) -> Holding:
    """One exemption, from a line for each of its suspensions."""
    reference, day_use, zone, starts_at, ends_at, revoked_at = lines[0][3:9]
    suspensions = tuple((start, end) for *_of_exemption, start, end in lines if start)
    return Holding(reference, day_use is not None, zone, starts_at, ends_at, revoked_at, suspensions)
