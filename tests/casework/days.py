"""Days as a reader sees them in a calendar."""

from datetime import date


def on(text: str) -> date:
    """The day of "Mon 2025-09-01"; the weekday is there for the reader, and must be right."""
    weekday, iso = text.split()
    day = date.fromisoformat(iso)
    assert f"{day:%a}" == weekday, f"{iso} is a {day:%A}"
    return day
