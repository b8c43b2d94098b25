"""Answers short questions from approved texts, on this machine."""

from helpdesk.assistant.replies import Answer, answer

__all__ = ["Answer", "answer"]
