"""Take what members write: answers, edits, suggestions, debates, theses."""
