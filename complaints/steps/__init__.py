"""The steps of a complaint, one module per phase."""
