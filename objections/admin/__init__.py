"""The desk's pages about objections, appeals, court orders and notices of default: one file per page."""

from objections.admin import appeal, objection, orders, penalties

__all__ = ["appeal", "objection", "orders", "penalties"]
