"""How fast it is where that matters: `make bench`."""
