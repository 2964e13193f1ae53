"""Letters: whom they reach, what they say, and how they are stopped."""
