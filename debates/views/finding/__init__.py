"""Find arguments, sources and work that is left: search, tags, queues."""
