"""Hold the commands of moderation."""
