"""Do what moderators do to texts, each with its row in the log."""
