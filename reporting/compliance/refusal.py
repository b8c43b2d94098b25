"""Why a file of passages, of facts or with a result is of no use, in a sentence that says what to do."""


class PassagesRefused(Exception):
    """Nothing was counted. The message never repeats what stands in the file: that may be a plate."""
