"""The doors for programs of municipalities: questions, changes and lists. A plate is never in an address."""
