"""Management commands for zones."""
