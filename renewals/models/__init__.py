"""Runs of deciding again, and their rows: one file a noun."""
