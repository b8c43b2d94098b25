"""What may happen to a complaint: one file a phase."""
