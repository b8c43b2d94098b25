"""'My applications': those of everybody for whom a user acts, what they must do first, the latest first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exemptions.following import progress
from exemptions.models import Application, Exemption, Status
from exemptions.models.application_query import ApplicationQuerySet
from exemptions.steps.statuses import ENDED, WITH_APPLICANT

if TYPE_CHECKING:
    from accounts.models import User

TITLES: tuple[str | Promise, ...] = (
    _("For you to do"),
    _("Being handled"),
    _("Valid exemptions"),
    _("Ended"),
)
TO_DO, RUNNING, VALID, OVER = range(4)


@dataclass(frozen=True)
class Beside:
    """What else of a user's stands among the applications: an objection that asks something, or that runs."""

    group: int
    title: str
    plate: str
    number: str
    applicant: str
    url: str
    label: str
    badge: str
    next: list[str]
    action: progress.Action | None = None
    is_later: bool = False
    """Less pressing than an application of which we wait for an answer."""


Besides = Callable[["User", date], list[Beside]]
Objected = Callable[[Iterable[Application]], set[int]]
_BESIDE: list[Besides] = []
_OBJECTED: list[Objected] = []


def stand_beside(besides: Besides, *, objected: Objected) -> None:
    """Let an app above put cases of its own on the page, and tell the keys of applications of which the decision was
    objected to; called in its `ready()`, a fixed number of queries."""
    _BESIDE.append(besides)
    _OBJECTED.append(objected)


def objected(applications: Iterable[Application]) -> set[int]:
    """Of which the decision was objected to: until when one can object does not matter any more."""
    listed = list(applications)
    return {key for each in _OBJECTED for key in each(listed)}


def besides(user: "User", *, today: date) -> list[Beside]:
    """What the apps above have to show to a user."""
    return [one for each in _BESIDE for one in each(user, today)]


@dataclass(frozen=True)
class Group:
    """Cases that stand together on the page; what stands beside the applications comes first."""

    number: int
    cases: list[progress.Case] = field(default_factory=list)
    besides: list[Beside] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Its heading."""
        return str(TITLES[self.number])

    @property
    def first(self) -> list[Beside]:
        """What stands beside and presses most."""
        return [one for one in self.besides if not one.is_later]

    @property
    def asked(self) -> list[progress.Case]:
        """Applications that were sent."""
        return [case for case in self.cases if not case.application.is_draft]

    @property
    def later(self) -> list[Beside]:
        """What stands beside and presses less: letters to read, exemptions that end."""
        return [one for one in self.besides if one.is_later]

    @property
    def drafts(self) -> list[progress.Case]:
        """What was begun and not sent."""
        return [case for case in self.cases if case.application.is_draft]

    @property
    def is_over(self) -> bool:
        """Nothing happens any more: shown in short."""
        return self.number == OVER


def applications(user: "User", *, now: datetime) -> ApplicationQuerySet:
    """All of them in the order of the page, each with the number of its `group`."""
    in_force = Exemption.objects.filter(application=OuterRef("pk"), revoked_at=None, ends_at__gt=now)
    group = Case(
        When(status__in=[*WITH_APPLICANT, Status.DRAFT], then=Value(TO_DO)),
        When(Exists(in_force), then=Value(VALID)),
        When(status__in=ENDED, then=Value(OVER)),
        default=Value(RUNNING),
        output_field=IntegerField(),
    )
    draft_last = Case(When(status=Status.DRAFT, then=Value(1)), default=Value(0), output_field=IntegerField())
    order = ("group", "draft_last", F("received_at").desc(nulls_first=True), "-changed_at", "-pk")
    mine = Application.objects.of_applicant(user).without_idle().for_list().select_related("converted_to__dossier")
    listed: ApplicationQuerySet = mine.prefetch_related("exemptions").annotate(group=group, draft_last=draft_last)
    return listed.order_by(*order)


def groups(page: Iterable[Application], *, today: date, besides: Sequence[Beside] = ()) -> list[Group]:
    """The applications of one page in their groups, with what stands beside them; three queries more."""
    together = {number: list(same) for number, same in groupby(progress.of_each(page, today=today), key=_group)}
    numbers = sorted({*together, *(one.group for one in besides)})
    return [
        Group(number, together.get(number, []), [one for one in besides if one.group == number]) for number in numbers
    ]


def _group(case: progress.Case) -> int:
    return int(getattr(case.application, "group", RUNNING))
