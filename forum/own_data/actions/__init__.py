"""Ask for an export and make it, leave the site and stay after all: one verb a file."""
