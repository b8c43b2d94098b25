"""Days of the worked examples, and another officer."""

from tests.objections.conftest import go_to, other_officer, rejected

__all__ = ["go_to", "other_officer", "rejected"]
