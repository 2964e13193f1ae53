"""Cut texts into stemmed words, in Python, so that both databases index and find the same. No Django here."""

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+")
LONGEST_WORD = 60


class _Stemmers(threading.local):
    """Keep a stemmer for each thread: one works on its own fields, and two threads would mix their words."""

    def __init__(self) -> None:
        self.english = snowballstemmer.stemmer("english")


_stemmers = _Stemmers()


def words(text: str) -> list[str]:
    """Return the words of a text in order, folded: no case, no accents, no marks; apostrophes join."""
    # Taken apart before and after: some signs come apart into capitals (㎒ is MHz), some letters into others with marks.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return [word[:LONGEST_WORD] for word in WORD.findall(plain.replace("’", "").replace("'", ""))]


def stems(text: str) -> list[str]:
    """Return the stems of a text's words in order; no word is left out, however common."""
    return [_stem(word) for word in words(text)]


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """Return the stem of one folded word; the few that make up most of every text are cut once."""
    return str(_stemmers.english.stemWord(word))
