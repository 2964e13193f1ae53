"""Take ratings and opinions, and compute how arguments stand."""
