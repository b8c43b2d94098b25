"""Exports: any list as a file, as its page shows it to this user.

`listing` says what can be exported, `writers` make the file, `requests` keeps a large one for later, `builder` is what
the worker does with it, `views` serve them.
"""
