"""Complaints about how we treated somebody (chapter 9 of the Awb)."""
