"""Submissions at the desk."""

from correspondence.admin.submission import SubmissionAdmin

__all__ = ["SubmissionAdmin"]
