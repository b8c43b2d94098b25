"""What the information site hands in each month, and the signals of branch organisations."""
