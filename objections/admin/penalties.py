"""The list of all notices of default at the desk, about any type of case."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.urls import URLPattern, path, reverse

from casework.desk.worklist_admin import WorklistAdmin
from casework.models import DefaultNotice
from exemptions.models import Application
from objections.admin.worklist_columns import OF_NOTICES
from objections.models import Objection
from objections.worklists import PENALTIES

M = TypeVar("M", bound=Model)


class CaseLinkAdmin(WorklistAdmin[M], Generic[M]):
    """A list of rows that refer to cases by type and primary key; each row links to its case."""

    def join_tables(self, rows: Any) -> Any:
        """Join the dossier."""
        return rows.select_related("dossier")

    def fill_rows(self, rows: Sequence[Any]) -> None:
        """Add the case that each row is about, in one query per sort of case."""
        sorts = (Application.objects.for_list(), Objection.objects.for_list())
        cases = {(one.CASE_TYPE, one.pk): one for sort in sorts for one in cases_of(sort, rows)}
        for one in rows:
            one.case = cases[one.case_type, one.case_id]

    def addresses_of(self, keys: Sequence[int]) -> dict[int, str]:
        """The URLs of the cases, by primary key of the rows."""
        rows = self.model._default_manager.in_bulk(keys)
        self.fill_rows(list(rows.values()))
        return {key: self.address_of(row) for key, row in rows.items()}

    def address_of(self, row: Any) -> str:
        """The URL of the case."""
        return reverse(f"admin:{row.case._meta.app_label}_{row.case._meta.model_name}_change", args=[row.case_id])


def cases_of(sort: "QuerySet[Any]", rows: Sequence[Any]) -> "QuerySet[Any]":
    """The cases of one type that rows refer to."""
    return sort.filter(pk__in=[one.case_id for one in rows if one.case_type == sort.model.CASE_TYPE])


@admin.register(DefaultNotice)
class PenaltyAdmin(CaseLinkAdmin[DefaultNotice]):
    """A read-only list: notices are recorded and amounts set by steps of their cases."""

    worklists = PENALTIES
    columns = OF_NOTICES

    def get_urls(self) -> list[URLPattern]:
        """Only the list, because rows link to their cases."""
        page = self.admin_site.admin_view(self.changelist_view)
        return [path("", page, name="casework_defaultnotice_changelist")]
