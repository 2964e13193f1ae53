"""Hold the commands of own data."""
