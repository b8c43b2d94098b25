"""Who leads a team, and who reviews what colleagues decided."""

LEAD = "exemptions.assign_application"
"""Whoever gives cases to others."""
REVIEW = "exemptions.approve_proposal"
"""Whoever can be the second pair of eyes before a decision can be it afterwards."""
