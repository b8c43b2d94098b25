"""Counting rows as far as anybody reads: what has ended, or the backlog of years, is never counted through."""

from collections.abc import Hashable, Mapping
from typing import Any, TypeVar

from django.db.models import IntegerField, QuerySet, Subquery
from django.utils.formats import number_format

from accounts.models import User

Key = TypeVar("Key", bound=Hashable)
MOST_COUNTED = 1000


class CountOfRows(Subquery):
    """How many rows a query has that stops somewhere."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def count_rows(queries: Mapping[Key, QuerySet[Any]], user: User) -> dict[Key, int]:
    """The number of rows of each, no further than one above `MOST_COUNTED`: one query, of which the user is the row."""
    parts = [CountOfRows(rows.order_by().values("pk")[: MOST_COUNTED + 1]) for rows in queries.values()]
    named = {f"number_{place}": part for place, part in enumerate(parts)}
    numbers = User.objects.filter(pk=user.pk).annotate(**named).values_list(*named).get() if named else ()
    return dict(zip(queries, numbers, strict=True))


def describe_count(number: int) -> str:
    """The number, or that there are more: '13', '1,000+'."""
    return f"{number_format(MOST_COUNTED)}+" if number > MOST_COUNTED else number_format(number)
