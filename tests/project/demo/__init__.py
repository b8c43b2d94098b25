"""The demo as a whole; a package, so that what `conftest.py` loads goes when its last test has run."""
