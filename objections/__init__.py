"""Objections and appeals: Awb chapters 6, 7 and 8."""
