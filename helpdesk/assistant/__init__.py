"""Answers short questions from approved texts, and says when it does not know."""
