"""The desk's pages about objections, appeals, orders of a court and notices of default: one file a page."""

from objections.admin import appeal, objection, orders, penalties

__all__ = ["appeal", "objection", "orders", "penalties"]
