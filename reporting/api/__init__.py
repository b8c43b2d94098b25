"""Open data: the figures for everybody, by whole months, in numbers that reveal nothing about one person."""
