"""Keys by which texts call references: the name and the year, in plain letters."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from debates.bibliography.dates import read_csl_date

_LONGEST = 24
"""Letters of a key before the year: bodies have long names."""
_PLAIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
"""Latin letters that Unicode does not take apart into a plain one and a mark."""
_OWN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:.+-]{0,59}")


def citation_keys(items: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return a key for each item of CSL-JSON, as `lih2011`, then `lih2011a`; no two differ in letter case only.

    A key that an item brings along (`citation-key`) is kept if it is plain ASCII and free. The same items in the same order
    have the same keys. Any: JSON.
    """
    taken: set[str] = set()
    runs: dict[str, Iterator[str]] = {}
    keys = []
    for item in items:
        own = item.get("citation-key")
        if isinstance(own, str) and _OWN.fullmatch(own) and own.lower() not in taken:
            key = own
        else:
            base = f"{_name(item)}{_year(item)}"
            run = runs.setdefault(base, _run(base))
            key = next(one for one in run if one not in taken)
        taken.add(key.lower())
        keys.append(key)
    return keys


def _run(base: str) -> Iterator[str]:
    """Yield a key, then the same with a letter after it, from z on with two."""
    yield base
    for number in count():
        letters = ""
        while number >= 0:
            number, digit = divmod(number, 26)
            letters = chr(ord("a") + digit) + letters
            number -= 1
        yield base + letters


def _name(item: Mapping[str, Any]) -> str:
    """Return the first author's name in plain letters, else the first editor's, else a word of the title."""
    for role in ("author", "editor"):
        names = item.get(role)
        for name in names if isinstance(names, list | tuple) else ():
            if isinstance(name, Mapping):
                written = next((name[part] for part in ("family", "literal", "given") if name.get(part)), "")
                if plain := _plain(str(written)):
                    return plain
    for word in str(item.get("title", ""))[:500].split():
        plain = _plain(word)
        if len(plain) > 3:
            return plain
    return "work"


def _plain(written: str) -> str:
    """Return the letters and digits of ASCII that a name has without its accents; of another alphabet, none."""
    lower = unicodedata.normalize("NFKD", written[:200].lower().translate(_PLAIN))
    return re.sub(r"[^a-z0-9]", "", lower)[:_LONGEST]


def _year(item: Mapping[str, Any]) -> str:
    date = read_csl_date(item.get("issued"))
    return str(date.first[0]) if date is not None and date.first and date.first[0] > 0 else "nd"
