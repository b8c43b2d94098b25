"""Whoever follows a plate, a fleet or an exemption hears by mail when access ends, before it ends."""
