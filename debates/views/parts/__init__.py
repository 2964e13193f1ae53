"""Build what several pages draw: cards and their trees, margins, bars, lists of references."""
