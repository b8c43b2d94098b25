"""The forms about complaints, one file a phase."""
