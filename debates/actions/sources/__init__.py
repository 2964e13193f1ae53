"""Keep sources: records, texts, checks, merges, look-ups."""
