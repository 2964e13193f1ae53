"""Keep what members are writing, so that text is never lost: on the server while they type, restored where they left it."""
