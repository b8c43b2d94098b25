"""Forms to fill in at home, as spreadsheets: generated, downloaded, and read when they come back."""
