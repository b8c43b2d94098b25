"""What the information site hands in each month, by form or by spreadsheet; and what branch organisations signal."""
