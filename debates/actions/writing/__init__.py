"""Write texts: post, edit, withdraw, suggest, each with its revision."""
