"""Make the short names that stand in addresses."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without 0, 1, i, l and o, which are mistaken for one another when read aloud or copied by hand."""
LENGTH = 9


def make_public_id() -> str:
    """Return a new random name: 31⁹ possibilities, so they collide never and cannot be counted through."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
