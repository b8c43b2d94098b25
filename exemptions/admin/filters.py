"""Filters of the lists of applications; those on kind and municipality also serve lists of what is about one."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, cast

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from accounts.models import User
from casework import clock
from casework.desk import filters
from casework.desk.filters import FLAGS, ListFilter, Narrowing
from exemptions.models import Application, ChannelChoice, KindVersion
from zones.models import Municipality


class PersonFilter(filters.PersonFilter):
    """Filters applications by the colleague they are assigned to."""

    cases = Application
    handles = "handle_application"


class KindFilter(ListFilter):
    """Filters by kind, whatever its version. `path`: the lookup from a row to its application."""

    title = _("kind")
    parameter_name = "kind"
    is_looked_up = True
    path: ClassVar[str] = ""

    def offer(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, StrOrPromise]]:
        """Every kind that ever existed, by its latest name."""
        names = {version.code: str(version) for version in find_versions(request)}
        return sorted(names.items(), key=lambda option: option[1])

    def narrow(self, rows: QuerySet[Any], value: str, request: HttpRequest) -> QuerySet[Any]:
        """Filter by the keys of its versions, from which the database can tell whether there are few or many."""
        versions = [version.pk for version in find_versions(request) if version.code == value]
        return rows.filter(**{f"{self.path}kind__in": versions})


def find_versions(request: HttpRequest) -> list[KindVersion]:
    """Every version of every kind, the latest of each last; one query per request."""
    known: dict[Any, Any] = request.__dict__.setdefault("filter_options", {})
    if KindVersion not in known:
        known[KindVersion] = list(KindVersion.objects.order_by("kind_id", "valid_from"))
    versions: list[KindVersion] = known[KindVersion]
    return versions


class MunicipalityFilter(ListFilter):
    """Filters by municipality; not offered to users who see only one."""

    title = _("municipality")
    parameter_name = "municipality"
    is_looked_up = True
    path: ClassVar[str] = ""

    def offer(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, StrOrPromise]]:
        return ((one.cbs_code, one.name) for one in find_places(request, model_admin.caseworker(request)))

    def narrow(self, rows: QuerySet[Any], value: str, request: HttpRequest) -> QuerySet[Any]:
        """Filter by its key, as for kinds."""
        places = find_places(request, cast("User", request.user))
        (key,) = (one.pk for one in places if one.cbs_code == value)
        return rows.filter(**{f"{self.path}municipality": key})


def find_places(request: HttpRequest, user: User) -> list[Municipality]:
    """The municipalities whose cases a user sees; one query per request."""
    known: dict[Any, Any] = request.__dict__.setdefault("filter_options", {})
    if Municipality not in known:
        every = user.has_perm("exemptions.view_every_application")
        found = Municipality.objects.all() if every else user.municipalities.all()
        known[Municipality] = list(found.order_by("name"))
    places: list[Municipality] = known[Municipality]
    return places


def by_post(rows: Any) -> Any:
    """Applications whose letters go by post: the applicant never chose, or did not choose the portal."""
    latest = ChannelChoice.objects.filter(applicant=OuterRef("applicant")).order_by("-chosen_at", "-pk")
    chosen = rows.alias(electronic=Subquery(latest.values("electronic")[:1]))
    return chosen.filter(Q(electronic=False) | Q(electronic=None))


class FlagFilter(filters.FlagFilter):
    """Filters by what is special about an application."""

    flags: ClassVar[Mapping[str, tuple[StrOrPromise, Narrowing]]] = {
        **FLAGS,
        "unverified": (_("vehicle data not verified"), lambda rows: rows.filter(facts_verified=False)),
        "disputed": (_("vehicle data disputed"), lambda rows: rows.exclude(facts_disputed="")),
        "by-post": (_("letters by post"), by_post),
        "silent": (_("term passed without an answer"), lambda rows: rows.silent(today=clock.today())),
    }
