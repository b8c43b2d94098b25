"""Applicants, kinds, applications and their steps, evidence, decisions, exemptions, the watch over their terms."""
