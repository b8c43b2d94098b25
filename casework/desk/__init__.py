"""The desk's pages about a case of any sort: buttons, steps, conflicts, timeline, terms, worklists.

A sort of case joins with a `CaseDesk` (steps.py) and a `CaseAdmin` (case_admin.py), and gives its words in its
`AppConfig.ready()`: `timeline.register`, `casework.deadline_words.register`, `start.register`.
"""
