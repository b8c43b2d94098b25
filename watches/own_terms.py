"""Every day that matters to a user, in all cases of those for whom they act: terms, hearings, ends, day exemptions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.calendar_file import CalendarDay
from casework.models import Deadline
from exemptions.models import Applicant, Application, Exemption, Status
from exemptions.models.application_query import ApplicationQuerySet
from objections.models import Hearing, Objection
from objections.portal.overview import find_objected_applications
from zones.plates import spell_plate

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

MOST = 500
"""The most of each type: nobody reads more."""
OF_AN_OBJECTION = (
    "decision__application__dossier",
    "decision__application__kind",
    "decision__application__applicant",
)
Words = dict[str, str | Promise]
OF_APPLICATION: Words = {
    Deadline.Kind.DECIDE: gettext_lazy("Last day for our decision on application %(number)s"),
    Deadline.Kind.SUPPLY: gettext_lazy("Last day to complete application %(number)s"),
    Deadline.Kind.VIEW: gettext_lazy("Last day to give your view on application %(number)s"),
    Deadline.Kind.OBJECT: gettext_lazy("Last day to object to the decision on application %(number)s"),
}
OF_OBJECTION: Words = {
    Deadline.Kind.DECIDE_OBJECTION: gettext_lazy("Last day for our decision on your objection (%(number)s)"),
    Deadline.Kind.REPAIR: gettext_lazy("Last day to complete your objection (%(number)s)"),
    Deadline.Kind.HEARING_REPLY: gettext_lazy("Last day to say whether you want to be heard (%(number)s)"),
    Deadline.Kind.PAPERS: gettext_lazy("Last day to send documents for the hearing (%(number)s)"),
    Deadline.Kind.APPEAL: gettext_lazy("Last day to appeal to the court (%(number)s)"),
}


@dataclass(frozen=True)
class OwnTerm:
    """One day. `words` name the case by its number alone, since a calendar may be shared; the page adds `about`."""

    key: str
    day: date
    words: str
    url: str
    about: str = ""
    applicant: str = ""

    def as_calendar_day(self) -> CalendarDay:
        """The same, in a calendar file."""
        return CalendarDay(key=self.key, day=self.day, summary=self.words, url=settings.SITE_URL + self.url)


def list_own_terms(user: "User", *, today: date, applicant: Applicant | None = None) -> list[OwnTerm]:
    """All from today on in chronological order, of one `applicant` if chosen. A fixed number of queries."""
    applications, objections = Application.objects.of_applicant(user).filed(), Objection.objects.of_applicant(user)
    if applicant:
        applications = applications.filter(applicant=applicant)
        objections = objections.filter(decision__application__applicant=applicant)
    found = [
        *list_application_terms(applications, today=today),
        *list_exemption_ends(applications, today=today),
        *list_objection_terms(objections.filed(), today=today),
        *list_hearings(objections, today=today),
    ]
    return sorted(found, key=lambda one: (one.day, one.key))


def list_application_terms(applications: ApplicationQuerySet, *, today: date) -> Iterator[OwnTerm]:
    """Terms to answer, decide or object; not where there is an objection already, nor a day granted as requested.

    Three queries.
    """
    terms = find_terms(Application.CASE_TYPE, applications.values("pk"), OF_APPLICATION, today=today)
    found = Application.objects.filter(pk__in={term.case_id for term in terms}).for_list()
    rows = {row.pk: row for row in found}
    given = {pk for pk, row in rows.items() if row.status == Status.GRANTED and row.chosen_kind.is_day}
    settled = given | find_objected_applications(rows.values())
    for term in terms:
        if term.kind != Deadline.Kind.OBJECT or term.case_id not in settled:
            yield describe_term(rows[term.case_id], f"application-{term.case_id}-{term.kind}", term, OF_APPLICATION)


def list_objection_terms(objections: "QuerySet[Objection]", *, today: date) -> Iterator[OwnTerm]:
    """Terms to answer or decide in an objection, and until when one can go to court. Two queries."""
    terms = find_terms(Objection.CASE_TYPE, objections.values("pk"), OF_OBJECTION, today=today)
    found = Objection.objects.filter(pk__in={term.case_id for term in terms})
    rows = {row.pk: row for row in found.select_related(*OF_AN_OBJECTION)}
    for term in terms:
        row = rows[term.case_id]
        url = reverse("objection", args=[row.key])
        yield describe_term(row.application, f"objection-{row.pk}-{term.kind}", term, OF_OBJECTION, url=url)


def find_terms(case_type: str, keys: "QuerySet[Any, Any]", words: Words, *, today: date) -> list[Deadline]:
    """The open terms of these cases that have a wording."""
    running = Deadline.objects.open().filter(case_type=case_type, case_id__any_of=keys, kind__in=list(words))
    return list(running.filter(due__gte=today).order_by("due", "pk")[:MOST])


def describe_term(application: Application, key: str, term: Deadline, words: Words, *, url: str = "") -> OwnTerm:
    """One term of a case."""
    said = str(words[term.kind]) % {"number": application.dossier}
    return make_term(application, key, term.due, said, url=url)


def list_hearings(objections: "QuerySet[Objection]", *, today: date) -> Iterator[OwnTerm]:
    """Planned hearings. One query."""
    planned = Hearing.objects.filter(objection__any_of=objections.values("pk"), skipped="", held_at__date__gte=today)
    for one in planned.select_related(*(f"objection__{name}" for name in OF_AN_OBJECTION)).order_by("held_at")[:MOST]:
        held_at = timezone.localtime(one.held_at)
        said = _("Hearing at %(time)s (%(number)s)") % {
            "time": time_format(held_at),
            "number": one.objection.application.dossier,
        }
        url = reverse("objection", args=[one.objection.key])
        yield make_term(one.objection.application, f"hearing-{one.pk}", held_at.date(), said, url=url)


def list_exemption_ends(applications: ApplicationQuerySet, *, today: date) -> Iterator[OwnTerm]:
    """The last day of each exemption, and each day exemption. One query."""
    running = Exemption.objects.filter(application__any_of=applications.values("pk"), revoked_at=None)
    standing = running.filter(ends_on__gte=today, decision__replaced_by=None)
    with_all = standing.select_related(
        "application__dossier", "application__kind", "application__applicant", "municipality", "day_use"
    )
    for one in with_all.order_by("ends_on", "pk")[:MOST]:
        about = {"number": one.application.dossier, "place": one.municipality}
        if hasattr(one, "day_use"):
            said = _("Day exemption in %(place)s (%(number)s)") % about
        else:
            said = _("Exemption %(number)s ends today") % about
        yield make_term(one.application, f"exemption-{one.pk}", one.ends_on, said)


def make_term(application: Application, key: str, day: date, words: str, *, url: str = "") -> OwnTerm:
    """A day of a case, with what else the page says about it."""
    plate = spell_plate(application.plate, country=application.country) if application.plate else ""
    return OwnTerm(
        key,
        day,
        words,
        url or reverse("application", args=[application.key]),
        about=" · ".join(filter(None, [str(application.kind or ""), plate])),
        applicant=str(application.applicant or ""),
    )


def group_by_day(terms: list[OwnTerm]) -> list[tuple[date, list[OwnTerm]]]:
    """The days with their terms, in the given order."""
    return [(day, list(same)) for day, same in groupby(terms, key=lambda one: one.day)]
