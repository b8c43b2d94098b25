"""Complaints at the desk."""

from complaints.admin.complaint import ComplaintAdmin

__all__ = ["ComplaintAdmin"]
