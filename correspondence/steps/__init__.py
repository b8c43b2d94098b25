"""The steps of a submission, one file a phase."""
