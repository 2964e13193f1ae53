"""Ask what readers think, and show what follows from it."""
