"""How much each colleague has in hand, and who is away: for whoever gives somebody a case."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Absence

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import AwbCase


def with_load(people: "QuerySet[User]", *, cases: "type[AwbCase]", today: date) -> "QuerySet[User]":
    """Colleagues with `open_cases` and `overdue_cases` of one sort, and `away_until`: one query for all of them."""
    model: Any = cases
    theirs = model._default_manager.open().filter(assigned_to=OuterRef("pk")).order_by().values("assigned_to")
    late = Count("pk", filter=Q(decide_by__lt=today))
    return with_absence(people, today=today).annotate(
        open_cases=Coalesce(Subquery(theirs.annotate(number=Count("pk")).values("number")), 0),
        overdue_cases=Coalesce(Subquery(theirs.annotate(number=late).values("number")), 0),
    )


def with_absence(people: "QuerySet[User]", *, today: date) -> "QuerySet[User]":
    """Colleagues with `away_until`, in one query."""
    away = Absence.objects.on(today).filter(user=OuterRef("pk")).order_by("-last_day").values("last_day")
    return people.annotate(away_until=Subquery(away[:1]))


def describe_absence(person: Any) -> str:
    """A colleague of `with_absence` in words: 'Kees (away until 5 December)'."""
    away = getattr(person, "away_until", None)
    return f"{person} ({_('away until %(day)s') % {'day': date_format(away, 'j F')}})" if away else str(person)


def describe_load(person: Any) -> str:
    """A colleague of `with_load` in words: 'Kees (12 open cases, 2 overdue, away until 5 December)'."""
    number, late, away = (getattr(person, name, None) for name in ("open_cases", "overdue_cases", "away_until"))
    said = [ngettext("%(count)s open case", "%(count)s open cases", number or 0) % {"count": number or 0}]
    if late:
        said.append(_("%(count)s overdue") % {"count": late})
    if away:
        said.append(_("away until %(day)s") % {"day": date_format(away, "j F")})
    return f"{person} ({', '.join(said)})"


def is_away(user: "User", *, today: date | None = None) -> bool:
    """Whether a colleague does not work on a day; today if none is given."""
    return Absence.objects.on(today or timezone.localdate()).filter(user=user).exists()
