"""How fast it is where it matters: `make bench`."""
