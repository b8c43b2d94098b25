"""A dossier as one numbered PDF with an inventory: for the court, to lie open, or for who asks for their own data."""
