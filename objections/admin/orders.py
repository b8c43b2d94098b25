"""The list of all orders of a court to decide, whether on an application or on an objection."""

from django.contrib import admin
from django.urls import URLPattern, path

from casework.models import CourtOrder
from objections.admin.penalties import CaseLinkAdmin
from objections.admin.worklist_columns import OF_ORDERS
from objections.worklists import ORDERS


@admin.register(CourtOrder)
class OrderAdmin(CaseLinkAdmin[CourtOrder]):
    """A list, and nothing to edit: orders come with a judgment, and end with our decision."""

    worklists = ORDERS
    columns = OF_ORDERS

    def get_urls(self) -> list[URLPattern]:
        """The list alone: a row leads to its case."""
        page = self.admin_site.admin_view(self.changelist_view)
        return [path("", page, name="casework_courtorder_changelist")]
