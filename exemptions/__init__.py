"""Applicants, kinds, applications and their steps, evidence, decisions, exemptions, reminders."""
