"""What objections show on pages of the rooms below."""
