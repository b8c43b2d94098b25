"""The filters of the lists of applications; those of kind and municipality serve what is about one, too."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import clock
from casework.desk import filters
from casework.desk.filters import FLAGS, ListFilter, Narrowing
from exemptions.models import Application, ChannelChoice, KindVersion
from zones.models import Municipality


class PersonFilter(filters.PersonFilter):
    """Whose applications."""

    cases = Application
    handles = "handle_application"


class KindFilter(ListFilter):
    """Of which kind, whatever its version. `path`: the way from a row to its application."""

    title = _("kind")
    parameter_name = "kind"
    is_looked_up = True
    path: ClassVar[str] = ""

    def offer(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, StrOrPromise]]:
        """Every kind that there ever was, by the name that it had last."""
        found = KindVersion.objects.order_by("kind_id", "valid_from")
        names = {version.code: str(version) for version in found}
        return sorted(names.items(), key=lambda option: option[1])

    def narrow(self, rows: QuerySet[Any], value: str, request: HttpRequest) -> QuerySet[Any]:
        return rows.filter(**{f"{self.path}kind__kind": value})


class MunicipalityFilter(ListFilter):
    """For which municipality; there is none where somebody sees one municipality alone."""

    title = _("municipality")
    parameter_name = "municipality"
    is_looked_up = True
    path: ClassVar[str] = ""

    def offer(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, StrOrPromise]]:
        user = model_admin.caseworker(request)
        every = user.has_perm("exemptions.view_every_application")
        found = Municipality.objects.all() if every else user.municipalities.all()
        return found.order_by("name").values_list("cbs_code", "name")

    def narrow(self, rows: QuerySet[Any], value: str, request: HttpRequest) -> QuerySet[Any]:
        return rows.filter(**{f"{self.path}municipality__cbs_code": value})


def by_post(rows: Any) -> Any:
    """Their letters go by post: nobody chose the portal, or somebody chose against it."""
    latest = ChannelChoice.objects.filter(applicant=OuterRef("applicant")).order_by("-chosen_at", "-pk")
    chosen = rows.alias(electronic=Subquery(latest.values("electronic")[:1]))
    return chosen.filter(Q(electronic=False) | Q(electronic=None))


class FlagFilter(filters.FlagFilter):
    """What is particular about an application."""

    flags: ClassVar[Mapping[str, tuple[StrOrPromise, Narrowing]]] = {
        **FLAGS,
        "unverified": (_("vehicle data not verified"), lambda rows: rows.filter(facts_verified=False)),
        "disputed": (_("vehicle data disputed"), lambda rows: rows.exclude(facts_disputed="")),
        "by-post": (_("letters by post"), by_post),
        "silent": (_("term passed without an answer"), lambda rows: rows.silent(today=clock.today())),
    }
