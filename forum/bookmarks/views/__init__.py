"""The pages of bookmarks and lists."""
