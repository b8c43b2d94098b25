"""The desk's pages about objections, appeals and notices of default: one file a page."""

from objections.admin import appeal, objection, penalties

__all__ = ["appeal", "objection", "penalties"]
