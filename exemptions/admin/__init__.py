"""The desk's pages about applications, kinds, grounds and letter texts: one file a page."""

from exemptions.admin import application, kinds, letter_texts, messages

__all__ = ["application", "kinds", "letter_texts", "messages"]
