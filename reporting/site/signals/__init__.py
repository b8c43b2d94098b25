"""What branch organisations and interest groups ask attention for: noted, changed, withdrawn, and never lost."""
