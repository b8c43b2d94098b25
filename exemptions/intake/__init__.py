"""From a plate to a sent application: the access answer, the draft, its files, and what it lacks."""
