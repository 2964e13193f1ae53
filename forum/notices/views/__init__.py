"""The pages of notices and of how to hear of them."""
