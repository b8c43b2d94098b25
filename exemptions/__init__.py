"""Exemptions: applicants, kinds, applications and their steps, evidence, decisions, and monitoring of their terms."""
