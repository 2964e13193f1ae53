"""Read what people type: arguments with their citations, and new debates."""
