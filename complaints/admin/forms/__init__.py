"""The forms for complaints, one module per phase."""
