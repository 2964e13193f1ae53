"""Give arguments other places: move, merge, split, link, and undo each of them."""
