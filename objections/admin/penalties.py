"""The list of all notices of default at the desk, whatever case type they are about."""

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
    """A list of what points at applications and objections by their type and key; a row leads to its case."""

    def join_tables(self, rows: Any) -> Any:
        """With the dossier."""
        return rows.select_related("dossier")

    def fill_rows(self, rows: Sequence[Any]) -> None:
        """The cases that the rows are about: one query for each sort."""
        sorts = (Application.objects.for_list(), Objection.objects.for_list())
        cases = {(one.CASE_TYPE, one.pk): one for sort in sorts for one in cases_of(sort, rows)}
        for one in rows:
            one.case = cases[one.case_type, one.case_id]

    def addresses_of(self, keys: Sequence[int]) -> dict[int, str]:
        """The pages of the cases: the rows are looked up."""
        rows = self.model._default_manager.in_bulk(keys)
        self.fill_rows(list(rows.values()))
        return {key: self.address_of(row) for key, row in rows.items()}

    def address_of(self, row: Any) -> str:
        """The page of the case."""
        return reverse(f"admin:{row.case._meta.app_label}_{row.case._meta.model_name}_change", args=[row.case_id])


def cases_of(sort: "QuerySet[Any]", rows: Sequence[Any]) -> "QuerySet[Any]":
    """The cases of one type that rows refer to."""
    return sort.filter(pk__in=[one.case_id for one in rows if one.case_type == sort.model.CASE_TYPE])


@admin.register(DefaultNotice)
class PenaltyAdmin(CaseLinkAdmin[DefaultNotice]):
    """A list, and nothing to edit: notices come in and amounts are set by steps of their cases."""

    worklists = PENALTIES
    columns = OF_NOTICES

    def get_urls(self) -> list[URLPattern]:
        """The list alone: a row leads to its case."""
        page = self.admin_site.admin_view(self.changelist_view)
        return [path("", page, name="casework_defaultnotice_changelist")]
