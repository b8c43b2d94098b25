"""Who leads a team: whoever gives cases to others."""

LEAD = "exemptions.assign_application"
