"""The steps of a run of deciding again: one file per phase."""
