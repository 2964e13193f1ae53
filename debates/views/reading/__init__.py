"""Show debates and arguments to those who read."""
