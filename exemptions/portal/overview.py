"""'My applications': those of everybody for whom a user acts, first those that need action, latest first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from casework.deadline_words import format_day
from casework.models import Deadline
from casework.wiring import wired
from exemptions.models import Applicant, Application, Exemption, KindVersion, Status
from exemptions.models.application_query import ApplicationQuerySet
from exemptions.portal import progress
from exemptions.steps.statuses import ENDED, WITH_APPLICANT

if TYPE_CHECKING:
    from accounts.models import User

TITLES: tuple[str | Promise, ...] = (
    _("What you need to do"),
    _("Being handled"),
    _("Valid exemptions"),
    _("Ended"),
)
TO_DO, RUNNING, VALID, OVER = range(4)
MOST = 200
"""The maximum number of tasks shown at once."""


@dataclass(frozen=True)
class Card:
    """What the page shows as a separate card: a task, or a running objection.

    `last_day`: the last day to do it. `about`: the primary key of its application, which is then shown nowhere else.
    """

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
    """Whether a task without a last day is less urgent."""
    last_day: date | None = None
    about: int | None = None
    applicant_pk: int | None = None
    discard_url: str = ""

    @property
    def days_left(self) -> str:
        """The time left, in words; empty if there is no last day."""
        if self.last_day is None:
            return ""
        days = (self.last_day - timezone.localdate()).days
        if days < 0:
            return gettext("passed")
        if not days:
            return gettext("today")
        return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}

    @property
    def order(self) -> tuple[date, bool]:
        """The sort key: the most urgent first, those without a last day at the end."""
        return self.last_day or date.max, self.is_later


Besides = Callable[["User", date], list[Card]]
Objected = Callable[[Iterable[Application]], set[int]]
"""What higher apps provide: cards for the page, and the keys of applications with an objection, each in a constant
number of queries."""


def find_objected_applications(applications: Iterable[Application]) -> set[int]:
    """Primary keys of applications with an objection, so that the deadline to object no longer matters."""
    listed = list(applications)
    apps: Sequence[Objected] = wired("OBJECTED")
    return {key for keys in apps for key in keys(listed)}


def collect_cards(user: "User", *, today: date) -> list[Card]:
    """The cards that higher apps have for a user."""
    apps: Sequence[Besides] = wired("CASES_BESIDE")
    return [one for cards in apps for one in cards(user, today)]


@dataclass(frozen=True)
class CaseGroup:
    """Cases shown together on the page, cards other than applications first."""

    number: int
    cases: list[progress.Case] = field(default_factory=list)
    besides: list[Card] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(TITLES[self.number])

    @property
    def is_to_do(self) -> bool:
        """Whether these are tasks, shown with their last days."""
        return self.number == TO_DO

    @property
    def is_over(self) -> bool:
        """Whether nothing happens any more, so that these are shown in short."""
        return self.number == OVER


def find_applications(user: "User", *, now: datetime) -> ApplicationQuerySet:
    """The user's applications annotated with the number of their `group`, tasks first."""
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


@dataclass(frozen=True)
class Page:
    """What one user sees: `to_do` sorted by last day, `running` objections, the `rest` of the applications, and the
    number of ended day exemptions, which would fill the page."""

    to_do: list[Card]
    running: list[Card]
    rest: ApplicationQuerySet
    ended_days: int


def page_of(user: "User", *, now: datetime, applicant: Applicant | None = None) -> Page:
    """The page for everybody for whom the user acts, or for one of them, in a constant number of queries."""
    today = timezone.localdate(now)
    found = [
        one for one in collect_cards(user, today=today) if applicant is None or one.applicant_pk in (None, applicant.pk)
    ]
    every = find_applications(user, now=now)
    mine = every.filter(applicant=applicant) if applicant else every
    tasks = [*(one for one in found if one.group == TO_DO), *own_tasks(mine, today=today, known=found)]
    shown = [one.about for one in tasks if one.about]
    days = Q(group=OVER, kind__scope=KindVersion.Scope.DAY)
    rest = mine.exclude(pk__in=shown)
    return Page(
        sorted(tasks, key=lambda one: one.order),
        [one for one in found if one.group != TO_DO],
        rest.exclude(days),
        rest.filter(days).count(),
    )


def own_tasks(mine: ApplicationQuerySet, *, today: date, known: Iterable[Card]) -> list[Card]:
    """Cards for applications that wait for the applicant, that were refused but are open to objection, and drafts."""
    term = Deadline.objects.open().filter(
        case_type=Application.CASE_TYPE, case_id=OuterRef("pk"), kind=Deadline.Kind.OBJECT, due__gte=today
    )
    refused = Q(status__in=(Status.REJECTED, Status.SET_ASIDE)) & Exists(term)
    listed = list(mine.filter(Q(group=TO_DO) | refused)[:MOST])
    without = {*find_objected_applications(listed), *(one.about for one in known)}
    cases = (case for case in progress.build_cases(listed, today=today) if case.application.pk not in without)
    return [build_task(case) for case in cases]


def build_task(case: progress.Case) -> Card:
    """An application as a task."""
    application = case.application
    address = reverse("application", args=[application.key])
    until = case.object_until if application.status in (Status.REJECTED, Status.SET_ASIDE) else None
    options = progress.Action(gettext("See what you can do"), f"{address}#objecting")
    return Card(
        group=TO_DO,
        title=str(application.kind or gettext("Application")),
        plate=case.plate,
        number=application.dossier.number or "",
        applicant=str(application.applicant or ""),
        url=address,
        label=case.label,
        badge=case.badge,
        next=[gettext("You can object until %(day)s.") % {"day": format_day(until)}] if until else case.next,
        action=options if until else case.action,
        is_later=application.is_draft,
        last_day=until or case.answer_by,
        about=application.pk,
        applicant_pk=application.applicant_id,
        discard_url=reverse("discard", args=[application.key]) if application.is_draft else "",
    )


def group_applications(page: Iterable[Application], *, today: date, besides: Sequence[Card] = ()) -> list[CaseGroup]:
    """The applications of one page by group, with the other cards, in three more queries."""
    together = {number: list(same) for number, same in groupby(progress.build_cases(page, today=today), key=_get_group)}
    numbers = sorted({*together, *(one.group for one in besides)})
    return [
        CaseGroup(number, together.get(number, []), [one for one in besides if one.group == number])
        for number in numbers
    ]


def _get_group(case: progress.Case) -> int:
    return int(getattr(case.application, "group", RUNNING))
