"""Which part of the cases a report is about: a scope, a kind, a municipality, or everything."""

from dataclasses import asdict, dataclass, fields

from django.db.models import Q

from exemptions.models import KindVersion


@dataclass(frozen=True)
class Selection:
    """What was chosen; empty is everything. A kind by its code, a municipality by its CBS code (GM0344)."""

    scope: str = ""
    kind: str = ""
    municipality: str = ""

    @property
    def chosen(self) -> frozenset[str]:
        """The names of what was chosen."""
        return frozenset(self.as_data())

    def as_data(self) -> dict[str, str]:
        """What was chosen, by name."""
        return {name: value for name, value in asdict(self).items() if value}

    def of_applications(self, prefix: str = "") -> Q:
        """The applications of the selection, from rows that reach them by a prefix.

        National applications are for all zones together, so those of one municipality are local or for a day.
        """
        paths = {"scope": "filed_as__scope", "kind": "filed_as__kind", "municipality": "municipality__cbs_code"}
        return Q(**{prefix + paths[name]: value for name, value in self.as_data().items()})

    def scopes(self) -> frozenset[str]:
        """The scopes that its cases can have; a kind may have had another scope in an earlier version."""
        found = frozenset([self.scope] if self.scope else KindVersion.Scope.values)
        if self.kind:
            found &= frozenset(KindVersion.objects.filter(kind=self.kind).values_list("scope", flat=True))
        if self.municipality:
            found -= {KindVersion.Scope.NATIONAL.value}
        return found


CUTS = frozenset(field.name for field in fields(Selection))
"""All that can be chosen."""
EVERYTHING = Selection()
