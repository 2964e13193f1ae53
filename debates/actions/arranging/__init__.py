"""Arrange arguments: move, merge, split, link, bundle, each with its undoing."""
