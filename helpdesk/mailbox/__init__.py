"""What people write to the editors, and what they get back."""
