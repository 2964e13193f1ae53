"""Change what is read and what is followed: one verb, one file, one transaction."""
