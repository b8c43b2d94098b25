"""The API for programs of municipalities: questions, changes and lists. A plate is never in a URL."""
