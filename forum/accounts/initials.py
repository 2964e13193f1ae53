"""Pictures of members: the initials of the name, drawn here. Nothing is uploaded, and nobody is asked for a face."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from xml.sax.saxutils import escape

HUES = 12


def initials_of(name: str) -> str:
    """Return one or two letters of a name: the first, and the first after a sign, with the marks they carry."""
    words = [word for word in re.split(r"[._\-]+", name) if word]
    return "".join(_first(word) for word in (words or [name])[:2]).upper()


def _first(word: str) -> str:
    end = 1
    while end < len(word) and unicodedata.category(word[end])[0] == "M":
        end += 1
    return word[:end]


def picture_of(name: str) -> str:
    """Return an SVG of 64 × 64, the same for a name for ever; its colours are attributes, for the policy allows no style.

    The hue is one of twelve, chosen by the name's SHA-256; white on these has 4.5 : 1 or more.
    """
    hue = sha256(name.encode("utf-8", "surrogatepass")).digest()[0] % HUES * (360 // HUES)
    letters = escape(initials_of(name))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">'
        f'<rect width="64" height="64" rx="4" fill="hsl({hue} 38% 30%)"/>'
        '<text x="32" y="32" text-anchor="middle" dominant-baseline="central" font-family="serif" font-size="27"'
        f' fill="#fff">{letters}</text></svg>'
    )
