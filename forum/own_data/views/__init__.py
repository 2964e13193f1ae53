"""Pages about one's own data: the export, and leaving."""
