"""'My applications': those of everybody for whom a user acts, what they must do first, the latest first."""

from collections.abc import Iterable
from dataclasses import dataclass
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
class Group:
    """Applications that stand together on the page."""

    title: str
    cases: list[progress.Case]
    is_over: bool = False


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
    mine = Application.objects.of_applicant(user).for_list().select_related("converted_to__dossier")
    listed: ApplicationQuerySet = mine.prefetch_related("exemptions").annotate(group=group, draft_last=draft_last)
    return listed.order_by(*order)


def groups(page: Iterable[Application], *, today: date) -> list[Group]:
    """The applications of one page in their groups; two queries more."""
    cases = progress.of_each(page, today=today)
    together = groupby(cases, key=_group)
    return [Group(str(TITLES[number]), list(same), is_over=number == OVER) for number, same in together]


def _group(case: progress.Case) -> int:
    return int(getattr(case.application, "group", RUNNING))
