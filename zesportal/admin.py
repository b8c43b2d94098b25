"""The pages of the desk that join several apps: here the admin finds them."""

from zesportal.versions.pages import ReferenceChangeAdmin

__all__ = ["ReferenceChangeAdmin"]
