"""Forms of the objector's side."""
