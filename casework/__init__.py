"""What any case has: dossier, events, documents, deadlines, messages."""
