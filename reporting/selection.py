"""Which part of the cases a report is about: a scope, a kind, a municipality, or everything."""

from dataclasses import asdict, dataclass, fields

from django.db.models import Q

from exemptions.models import KindVersion


@dataclass(frozen=True)
class Selection:
    """The filters of a report; an empty one covers everything. `kind` is a code, `municipality` a CBS code (GM0344)."""

    scope: str = ""
    kind: str = ""
    municipality: str = ""

    @property
    def chosen(self) -> frozenset[str]:
        """The names of the filters that are set."""
        return frozenset(self.as_data())

    def as_data(self) -> dict[str, str]:
        """The filters that are set, by name."""
        return {name: value for name, value in asdict(self).items() if value}

    def of_applications(self, prefix: str = "") -> Q:
        """A filter on the applications of the selection, for rows that reach them through `prefix`.

        National applications belong to all zones together, so those of one municipality are local or for a day.
        """
        paths = {"scope": "filed_as__scope", "kind": "filed_as__kind", "municipality": "municipality__cbs_code"}
        return Q(**{prefix + paths[name]: value for name, value in self.as_data().items()})

    def scopes(self) -> frozenset[str]:
        """The scopes that the chosen cases can have; a kind may have had another scope in an earlier version."""
        found = frozenset([self.scope] if self.scope else KindVersion.Scope.values)
        if self.kind:
            found &= frozenset(KindVersion.objects.filter(kind=self.kind).values_list("scope", flat=True))
        if self.municipality:
            found -= {KindVersion.Scope.NATIONAL.value}
        return found


CUTS = frozenset(field.name for field in fields(Selection))
"""The names of all filters."""
EVERYTHING = Selection()
