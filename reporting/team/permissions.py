"""Who leads a team, and who reviews what colleagues decided."""

LEAD = "exemptions.assign_application"
"""Those who assign cases to others."""
REVIEW = "exemptions.approve_proposal"
"""Those who can act as second pair of eyes before a decision can do so afterwards."""
