"""What applicants see and answer after filing: the status, what happened, and what is next."""
