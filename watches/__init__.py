"""Whoever follows a plate, a fleet or an exemption is told by email, in advance, that access will end."""
