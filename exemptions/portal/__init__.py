"""What an applicant sees and answers after sending: where it stands, what happened, what is next."""
