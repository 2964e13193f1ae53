"""The specimens of the style page: every part that pages are made of, in every state, filled with invented words."""
