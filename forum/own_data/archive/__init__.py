"""Write the archive of an export: one document for programs, plain pages for people."""
