"""Hold the commands of drafts."""
