"""Counts how many of the passages that cameras saw were allowed, and why. No plate leaves the count."""
