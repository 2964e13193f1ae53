"""Cut texts into stemmed words, in Python, so that both databases index and find the same. No Django here."""

import re
import threading
import unicodedata

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
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return [word[:LONGEST_WORD] for word in WORD.findall(plain.replace("’", "").replace("'", ""))]


def stems(text: str) -> list[str]:
    """Return the stems of a text's words in order; no word is left out, however common."""
    return [str(stem) for stem in _stemmers.english.stemWords(words(text))]
