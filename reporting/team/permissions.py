"""The permissions to lead a team, and to review what colleagues decided."""

LEAD = "exemptions.assign_application"
"""Team leads are those who may assign cases to others."""
REVIEW = "exemptions.approve_proposal"
"""Whoever may be the second pair of eyes before a decision may be so afterwards."""
