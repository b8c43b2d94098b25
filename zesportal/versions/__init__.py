"""What changes by two people at the desk: which tables, their forms, what a change touches, and the log of changes."""
