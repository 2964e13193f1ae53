"""What members do with their accounts, and what those do who look after them."""
