"""Forms to fill in at home, as spreadsheets: we generate them, people download them, and we read what comes back."""
