"""Runs of deciding again, and their rows: one file per noun."""

from renewals.models.item import RenewalItem
from renewals.models.renewal import Renewal
from renewals.steps.statuses import Action, ItemState, RenewalStatus

__all__ = ["Action", "ItemState", "Renewal", "RenewalItem", "RenewalStatus"]
