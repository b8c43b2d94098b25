"""What may happen to a run of deciding again: one file a phase."""
