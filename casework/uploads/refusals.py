"""Why a file is not taken."""

from django.core.exceptions import ValidationError


class FileRefused(ValidationError):
    """This file cannot be taken; the message says why and what to do."""


class ScannerAway(FileRefused):
    """Nobody can say now whether the file is safe: the same file may be taken later."""
