"""Read what a request asks, and answer one that is refused."""
