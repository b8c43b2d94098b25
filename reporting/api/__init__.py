"""Open data: the figures for everybody, by whole months, in numbers that are nobody's own."""
