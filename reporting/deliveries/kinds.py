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
"""Whom a delivery is about: a municipality; None if there is one only, as with the site."""


@dataclass(frozen=True)
class Thanks:
    """What the page says after a delivery, with %(month)s and the subject."""

    unchanged: StrOrPromise
    first: StrOrPromise
    corrected: StrOrPromise


@dataclass(frozen=True)
class Parts:
    """Rows below a version, beside its columns: read, kept and compared as one value under their related name."""

    name: str
    read: Callable[[Any], dict[Any, Any]]
    keep: Callable[[Any, Any], None]
    differences: Callable[[Any, Any], Iterable[Difference]]


@dataclass(frozen=True, kw_only=True)
class DeliveryKind(Generic[Subject]):
    """Everything in which one kind of delivery differs from another.

    `permission`: what who hands in must have, and `may_deliver` whether somebody does about a subject; `people` are
    reminded by `mail`. `subject_field`: the name of the subject in the model of the months; empty if there is one
    subject. `months_of`: the months that should be there by a day, newest first; `refused`: why a month cannot be
    handed in on a day, empty if it can. `problems`: what does not go together, by the field where it can be mended;
    `misuse`: what no form lets through, but another program might hand in.
    `form`: from the month, the last one before that was handed in, and what was sent. `context`: what only its own page
    shows. `details`: what a version says of how it came in, where it came by the form.
    `skips_gaps`: a month stands beside the last one that was handed in, and not beside the one before it.
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
        """The numbers of the month."""
        return tuple(column.name for column in self.columns if column.is_count)

    def where(self, subject: Subject) -> dict[str, Any]:
        """What its months have of a subject."""
        return {self.subject_field: subject} if self.subject_field else {}

    def values_of(self, version: Any | None) -> dict[str, Any]:
        """What a delivery says; nothing if there is none."""
        empty = {column.name: column.empty for column in self.columns}
        values = empty if version is None else {name: getattr(version, name) for name in empty}
        return {**values, self.parts.name: self.parts.read(version) if version else {}} if self.parts else values

    def differences(self, old: Values, new: Values) -> list[Difference]:
        """Old and new values, of what differs."""
        found = find_differences(old, new, self.columns)
        parts = self.parts
        return [*found, *(parts.differences(old[parts.name], new[parts.name]) if parts else ())]

    def keep(self, month: Any, values: Values, **stamp: Any) -> Any:
        """A new version of a month that is locked."""
        parts = self.parts
        version = month.versions.create(
            **stamp, **{name: value for name, value in values.items() if not parts or name != parts.name}
        )
        if parts:
            parts.keep(version, values[parts.name])
        return version

    def deliveries(self, subjects: Iterable[Subject]) -> DeliveryQuerySet:
        """The versions about some subjects, with what a page shows of them."""
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
