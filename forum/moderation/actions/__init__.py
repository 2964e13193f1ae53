"""Change reports: one verb, one file, one transaction."""
