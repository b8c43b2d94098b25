"""What a kind of monthly delivery is: what is asked about whom, who hands in, and where its pages are."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django_stubs_ext import StrOrPromise

from reporting.deliveries.columns import Column, Difference, Values, find_differences
from reporting.models.deliveries import Delivery, DeliveryQuerySet, HandedInMonth

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User
    from reporting.deliveries.forms import DeliveryForm
    from reporting.deliveries.overview import Cell

Subject = TypeVar("Subject", bound=Hashable)
"""Whom a delivery is about: a municipality, or None if there is only one subject, as with the site."""


@dataclass(frozen=True)
class Thanks:
    """What the page says after a delivery; may use %(month)s and the subject."""

    unchanged: StrOrPromise
    first: StrOrPromise
    corrected: StrOrPromise


@dataclass(frozen=True)
class Parts:
    """Rows that a version has in addition to its columns: read, kept and compared as one value, by related name."""

    name: str
    read: Callable[[Any], dict[Any, Any]]
    keep: Callable[[Any, Any], None]
    differences: Callable[[Any, Any], Iterable[Difference]]


@dataclass(frozen=True, kw_only=True)
class DeliveryKind(Generic[Subject]):
    """Everything in which one kind of delivery differs from another.

    `permission`: what a sender needs; `may_deliver`: whether a user may hand in about a subject; `people`: who is
    reminded, with `mail`. `subject_field`: the field of the subject in the model of the months; empty if there is only
    one subject. `months_of`: the months that should be in by a day, newest first; `refused`: why a month cannot be
    handed in on a day, empty if it can. `problems`: what is inconsistent, by the field where it can be corrected;
    `misuse`: what no form lets through, but another program might hand in.
    `form`: makes the form from the month, the last month before it that was handed in, and the data sent. `context`:
    makes what only this kind's page shows. `details`: fields that record how a version came in, for those by form.
    `skips_gaps`: a month is compared with the last one handed in, rather than with the one just before it.
    """

    permission: str
    months: type[HandedInMonth]
    versions: type[Delivery]
    columns: tuple[Column, ...]
    subject_field: str = ""
    subjects: Callable[[], Sequence[Subject]]
    people: "Callable[[Subject], QuerySet[User]]"
    may_deliver: "Callable[[User, Subject], bool]"
    months_of: Callable[[Iterable[Subject], date], Mapping[Subject, list[date]]]
    refused: Callable[[Subject, date, date], str]
    problems: Callable[[Values], dict[str, str]]
    misuse: Callable[[Values], str] = lambda _values: ""
    parts: Parts | None = None
    mail: str
    thanks: Thanks
    template: str
    list_address: Callable[[Subject], str]
    month_address: Callable[[Subject, date], str]
    form: "Callable[[Cell[Subject], Cell[Subject] | None, Any], DeliveryForm]"
    context: "Callable[[Cell[Subject], Cell[Subject] | None, Any], dict[str, Any]]"
    details: Mapping[str, Any] = field(default_factory=dict)
    skips_gaps: bool = False

    @property
    def counts(self) -> tuple[str, ...]:
        """The names of the columns with a count."""
        return tuple(column.name for column in self.columns if column.is_count)

    def where(self, subject: Subject) -> dict[str, Any]:
        """The lookup of a subject among the months."""
        return {self.subject_field: subject} if self.subject_field else {}

    def values_of(self, version: Any | None) -> dict[str, Any]:
        """The values of a delivery; empty ones if there is none."""
        empty = {column.name: column.empty for column in self.columns}
        values = empty if version is None else {name: getattr(version, name) for name in empty}
        return {**values, self.parts.name: self.parts.read(version) if version else {}} if self.parts else values

    def differences(self, old: Values, new: Values) -> list[Difference]:
        """What differs between two deliveries, in columns and parts."""
        found = find_differences(old, new, self.columns)
        parts = self.parts
        return [*found, *(parts.differences(old[parts.name], new[parts.name]) if parts else ())]

    def keep(self, month: Any, values: Values, **stamp: Any) -> Any:
        """Create a version of a month, which the caller has locked."""
        parts = self.parts
        version = month.versions.create(
            **stamp, **{name: value for name, value in values.items() if not parts or name != parts.name}
        )
        if parts:
            parts.keep(version, values[parts.name])
        return version

    def deliveries(self, subjects: Iterable[Subject]) -> DeliveryQuerySet:
        """The versions about some subjects, joined to what a page shows."""
        month = self.versions.MONTH
        found: Any = self.versions._default_manager.select_related(month, "delivered_by")
        if self.subject_field:
            subject = f"{month}__{self.subject_field}"
            found = found.select_related(subject).filter(**{f"{subject}__in": list(subjects)})
        made: DeliveryQuerySet = found.prefetch_related(self.parts.name) if self.parts else found
        return made

    def subject_of(self, version: Any) -> Any:
        """Whom a delivery is about."""
        return getattr(version.handed_in_month, self.subject_field) if self.subject_field else None
