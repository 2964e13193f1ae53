"""What a member does with their bookmarks and lists; one verb a file."""
