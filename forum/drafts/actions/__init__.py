"""Keep a draft, mark it as posted, throw it away and take it back, forget old ones."""
