"""Admin pages of applications, kinds, grounds and letter texts: one file per page."""

from exemptions.admin import application, kinds, letter_texts, messages

__all__ = ["application", "kinds", "letter_texts", "messages"]
