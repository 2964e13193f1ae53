"""Show and mend sources, their texts and the checks of what is cited from them."""
