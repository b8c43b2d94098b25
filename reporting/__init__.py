"""Statistics and the report to parliament, computed from the events."""
