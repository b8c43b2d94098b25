"""Exports: any list as a file, as its page shows it to this user.

`listing` says what can be exported, `writing` makes the file, `asking` keeps a large one for later, `making` is what
the worker does with it, `views` are the doors.
"""
