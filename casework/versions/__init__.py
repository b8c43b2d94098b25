"""Versions of settings, rules, kinds …: a change is proposed, and published by a second person."""
