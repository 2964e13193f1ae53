"""Hold the tags with which a form shows its draft."""
