"""What two records of the same work share: an identifier, an address, or title, year and first author."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from debates.bibliography.addresses import normal_address
from debates.bibliography.identifiers import (
    RecordError,
    isbn13,
    read_arxiv,
    read_doi,
    read_identifier,
    read_isbn,
    read_pmid,
    same_arxiv,
)
from debates.bibliography.names import PARTICLES, Name
from debates.bibliography.record import Record

BOUND = frozenset(
    [
        "book",
        "classic",
        "collection",
        "document",
        "legislation",
        "manuscript",
        "map",
        "motion_picture",
        "musical_score",
        "pamphlet",
        "report",
        "software",
        "standard",
        "thesis",
        "treaty",
    ]
)
"""Types of works that are published by themselves: the ISBN in their record is their own, not that of what they stand in."""
LONGEST = 200
"""Characters of a key; a longer one is cut and has its digest, so that it fits into an index."""

_ARTICLES = re.compile("the|an?|d(?:er|ie|as|en)|eine?|l(?:e|a|es|os|as|o)?|une?|el|il|gli|i|het|een|de")
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "&": " and "}
)
"""Letters that Unicode does not take apart into a plain one and a mark."""


@dataclass(frozen=True)
class WorkKey:
    """One thing by which a work is known: `doi`, `isbn`, `pmid`, `arxiv`, `address` or `words`, and the value to compare."""

    kind: str
    value: str


def work_keys(record: Record) -> frozenset[WorkKey]:
    """Return the keys of a record; two records that share one are likely the same work, and a person decides.

    What cannot be read as an identifier is no key. An archived copy's address says nothing about the work.
    """
    found = {("doi", _read("doi", record.doi)), ("pmid", _read("pmid", record.pmid))}
    found.add(("arxiv", _read("arxiv", record.arxiv)))
    if record.type in BOUND:
        found |= {("isbn", _read("isbn", one)) for one in _isbns(record.isbn)}
    found |= _of_address(record.url)
    found.add(("words", _words(record)))
    # arXiv gives each preprint a DOI as well, which holds its number.
    found |= {
        ("arxiv", _read("arxiv", value)) for kind, value in found if kind == "doi" and "/arxiv." in value
    }
    return frozenset(WorkKey(kind, _fitted(value)) for kind, value in found if value)


def _read(kind: str, written: str) -> str:
    """Return an identifier for comparing, or nothing."""
    try:
        match kind:
            case "doi":
                return read_doi(written)
            case "pmid":
                return read_pmid(written)
            case "isbn":
                return isbn13(read_isbn(written))
            case _:
                return same_arxiv(read_arxiv(written))
    except RecordError:
        return ""


def _isbns(written: str) -> list[str]:
    """Return the ISBNs of a field; libraries write several, of the bound and the electronic book, one after the other."""
    pieces = [piece for piece in re.split(r"[,;/()]|\s(?=97[89]|ISBN)", written[:1_000]) if piece.strip()]
    return [one for piece in pieces for one in ([piece] if _read("isbn", piece) else piece.split())]


def _of_address(url: str) -> set[tuple[str, str]]:
    """Return the key of an address: the identifier that it is made of, or itself, unless it is a whole site's."""
    named = read_identifier(url)
    if named is not None and named.kind != "address":
        return {(named.kind, _read(named.kind, named.value))}
    address = normal_address(url)
    return {("address", address)} if re.search("[/?#]", address) else set()


def _words(record: Record) -> str:
    """Return year, author and title, where all three are known."""
    first = next(iter(record.authors or record.editors), Name())
    author, title = _author(first), _title(record.title)
    return f"{record.year} {author}: {title}" if record.year and author and title else ""


def _author(name: Name) -> str:
    """Return the family name without the particles, which some catalogues count to it and some do not."""
    words = name.short().split()
    while len(words) > 1 and PARTICLES.fullmatch(words[0].lower()):
        del words[0]
    return folded(" ".join(words))


def _title(title: str) -> str:
    words = folded(title).split()
    return " ".join([word for word in words if not _ARTICLES.fullmatch(word)] or words)


def folded(text: str) -> str:
    """Return the words of a text in lower case, without punctuation, and without marks on Latin, Greek and Cyrillic letters.

    Marks that are vowels, as in Devanagari, are letters and stay.
    """
    text = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    # Classes 202 to 240 of Unicode are the marks above and below a letter.
    kept = [char for char in text if not 202 <= unicodedata.combining(char) <= 240]
    text = "".join(char if unicodedata.category(char)[0] in "LMN" else _gap(char) for char in kept)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _gap(char: str) -> str:
    """Return what stands for a character that is no letter: nothing within a word, a space between words."""
    return "" if char in "'’ʼ‘`´\u00ad\u200b\u200c\u200d\u2060\ufeff" else " "


def _fitted(value: str) -> str:
    if len(value) <= LONGEST:
        return value
    return f"{value[:100]}…{hashlib.sha256(value.encode(errors='surrogatepass')).hexdigest()}"
