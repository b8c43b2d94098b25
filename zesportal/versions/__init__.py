"""Changes made by two people at the desk: which models, their forms, what a change affects, and the log."""
