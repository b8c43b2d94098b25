"""Fleets: reading many plates, what the register and the rules say about each, and applying for many at once."""
