"""Exports: any list as a file, as its page shows it to this user.

`listing` says what can be exported, `writers` make the files, `views` serve them and queue large ones, and `builder`
is the worker that makes those.
"""
