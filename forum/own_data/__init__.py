"""Give members what is stored of them, and let them leave: with their name, and with as much of their text as they choose."""
