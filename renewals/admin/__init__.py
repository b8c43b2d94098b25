"""The desk's pages about thresholds and runs of deciding again: one file per page."""

from renewals.admin import renewal, thresholds

__all__ = ["renewal", "thresholds"]
