"""Read and write the texts that debates are exchanged in: text in, text out, no database."""
