"""The error for an unusable file of passages or facts, with a sentence that says what to do."""


class PassagesRefused(Exception):
    """Nothing was counted. The message never quotes the file, which might reveal a plate."""
