"""The steps of a submission, one file per phase."""
