"""Find the names that a text mentions with an @, and draw them as links. No database here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterator

MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0966-\u0dff\u0e00-\u0e4e\u0e80-\u0ecd"
)
"""What stands on or between letters in the scripts of Europe, the Near East, India, Thailand and Laos, and is none itself."""
NAME = re.compile(rf"(?<![\w@/.+-])@(\w[\w.+{MARKS}-]*)")
"""An @ with what may be a name behind it. None follows a letter, a digit or a slash: those are addresses."""
LONGEST = 150
TAG = re.compile(r"(<(?:\"[^\"]*\"|'[^']*'|[^'\">])*>)")
"""A tag of HTML that was cleaned, with its attributes."""
KEPT = ("a", "code", "pre")
"""Inside these nothing is a mention: a link leads somewhere already, and code is quoted."""
LOOKED_FOR = 500
"""At so many different names a text is no longer looked through."""


def folded(name: str) -> str:
    """Return a name as it is compared: letter case and compatibility forms do not count."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())


def candidates(written: str) -> list[str]:
    """Return what may be meant by the signs behind an @, folded, the longest first.

    A dot, plus or hyphen at the end may belong to the sentence: “@ada.” means ada where nobody is named “ada.”.
    """
    name = folded(written)
    shorter = name.rstrip(".+-")
    return [name[:end] for end in range(len(name), len(shorter) - 1, -1) if name[:end]][:8]


def meant_by(name: str, known: Container[str]) -> str | None:
    """Return which of the known names, folded, a text means; None where it means none of them."""
    return next((one for one in candidates(name) if one in known), None)


def names_in(claim: str, html: str) -> list[str]:
    """Return the names that a claim and the HTML of its elaboration mention, as they are compared, each once, in order."""
    found: dict[str, None] = {}
    for text in (claim, *texts_of(html)):
        for match in NAME.finditer(text):
            if len(match[1]) <= LONGEST:
                found.setdefault(folded(match[1]))
            if len(found) >= LOOKED_FOR:
                return list(found)
    return list(found)


def texts_of(html: str) -> Iterator[str]:
    """Yield the texts of a cleaned piece of HTML that stand neither in links nor in code."""
    return (piece for piece, open_ in _pieces(html) if open_)


def replace_names(html: str, draw: Callable[[str, str], str]) -> str:
    """Return HTML with each mention drawn anew: `draw` gets the name as written and the whole with its @."""
    return "".join(
        NAME.sub(lambda match: draw(match[1], match[0]), piece) if open_ else piece
        for piece, open_ in _pieces(html)
    )


def _pieces(html: str) -> Iterator[tuple[str, bool]]:
    """Yield tags and texts, each with whether it is a text that may hold mentions."""
    inside = 0
    for piece in TAG.split(html):
        if piece.startswith("<"):
            closing, name = piece.startswith("</"), re.match(r"</?([a-z0-9]*)", piece)
            if name is not None and name[1] in KEPT:
                inside += -1 if closing else 1
            yield piece, False
        else:
            yield piece, not inside
