"""Commands of the zones."""
