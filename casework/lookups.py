"""`field__any_of=rows.values("pk")`: keys that are found first, and then sought by an index.

PostgreSQL makes `IN (SELECT …)` one more join, and orders only eight of those by what they cost: a list that joins more
tables reads them whole, also for who has five rows in it. An array is there before the rest is planned.
"""

from typing import Any

from django.db.models import Field, ForeignKey, Lookup


class AnyOf(Lookup[Any]):
    """Equal to one of the values of a subquery that does not look at the row."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """`lhs = ANY(ARRAY(SELECT …))`."""
        lhs, lhs_params = self.process_lhs(compiler, connection)
        rhs, rhs_params = compiler.compile(self.rhs)
        return f"{lhs} = ANY(ARRAY{rhs})", (*lhs_params, *rhs_params)


Field.register_lookup(AnyOf)
ForeignKey.register_lookup(AnyOf)
