"""Answers short questions from approved texts, on this machine."""

from helpdesk.assistant.answering import Answer, answer

__all__ = ["Answer", "answer"]
