"""`field__any_of=rows.values("pk")`: PostgreSQL evaluates the keys first, and then looks them up by index.

PostgreSQL turns `IN (SELECT …)` into one more join, and optimises the order of only eight joins: a list that joins more
tables would read them entirely, even for a user with five rows. An array is evaluated separately.
"""

from typing import Any

from django.db.models import Field, ForeignKey, Lookup


class AnyOf(Lookup[Any]):
    """Equal to one of the values of an uncorrelated subquery."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """`lhs = ANY(ARRAY(SELECT …))`."""
        lhs, lhs_params = self.process_lhs(compiler, connection)
        rhs, rhs_params = compiler.compile(self.rhs)
        return f"{lhs} = ANY(ARRAY{rhs})", (*lhs_params, *rhs_params)


Field.register_lookup(AnyOf)
ForeignKey.register_lookup(AnyOf)
