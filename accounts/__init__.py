"""Who somebody is, and which roles they have."""
