"""Template filters and tags of the exemptions."""
