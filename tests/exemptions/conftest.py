"""Every letter that these tests place reads well."""

from tests.letter_reading import letters_read_well

__all__ = ["letters_read_well"]
