"""What can be done with notices, mentions and mail: one verb a file."""
