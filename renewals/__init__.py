"""Deciding again after a rule changed: dry run, review, two pairs of eyes, and a run that can stop and resume."""
