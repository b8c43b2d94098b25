"""Whoever follows a plate, a fleet or an exemption is emailed in advance that access will end."""
