"""The list of all court orders to decide, on applications or objections."""

from django.contrib import admin
from django.urls import URLPattern, path

from casework.models import CourtOrder
from objections.admin.penalties import CaseLinkAdmin
from objections.admin.worklist_columns import OF_ORDERS
from objections.worklists import ORDERS


@admin.register(CourtOrder)
class OrderAdmin(CaseLinkAdmin[CourtOrder]):
    """A read-only list: orders come with a judgment, and end with our decision."""

    worklists = ORDERS
    columns = OF_ORDERS

    def get_urls(self) -> list[URLPattern]:
        """Only the list, because rows link to their cases."""
        page = self.admin_site.admin_view(self.changelist_view)
        return [path("", page, name="casework_courtorder_changelist")]
