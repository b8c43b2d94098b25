"""Days of the worked examples, and another officer."""

from tests.letter_reading import letters_read_well
from tests.objections.conftest import go_to, other_officer, rejected

__all__ = ["go_to", "letters_read_well", "other_officer", "rejected"]
