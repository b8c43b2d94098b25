"""What the information site hands in each month; and what branch organisations signal."""
