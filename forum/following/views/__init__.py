"""The pages of what is new and of what is followed."""
