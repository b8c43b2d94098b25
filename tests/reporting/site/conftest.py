"""Time is frozen here too: it is 5 August 2025, and the browsers ask for English."""

from tests.reporting.returns.conftest import login, on_5_august_2025

__all__ = ["login", "on_5_august_2025"]
