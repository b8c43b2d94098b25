"""The desk's pages about a case of any type: buttons, steps, conflicts, timeline, terms, worklists.

A case type joins with a `CaseDesk` (steps.py) and a `CaseAdmin` (case_admin.py); `zesportal.wiring` names
it, with its words for the timeline and the terms, and its group on the start page.
"""
