"""Forms to fill in at home, as spreadsheets: made, handed out, and read when they come back."""
