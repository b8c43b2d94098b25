"""Filters and tags of the exemptions."""
