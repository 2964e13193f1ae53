"""What an entry takes from those that it refers to (`crossref`, `xdata`): BibLaTeX manual, 3.14 and appendix B."""

from collections.abc import Mapping, Sequence

from debates.formats.references.bibtex_splitting import Raw, value_of
from debates.formats.references.bibtex_tables import ARTICLES, BOOKS, PARTS

FARTHEST = 10
"""Entries that one refers to through others; a circle ends here, too."""

_TO_WHOLE = {"title": "maintitle", "subtitle": "mainsubtitle", "titleaddon": "maintitleaddon"}
_TO_BOOK = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_TO_JOURNAL = {"title": "journaltitle", "subtitle": "journalsubtitle"}
_ITS_OWN = frozenset(
    [
        *(
            "crossref",
            "xref",
            "xdata",
            "ids",
            "related",
            "relatedtype",
            "options",
            "presort",
            "label",
            "sorttitle",
        ),
        *("keywords", "keyword", "entrysubtype", "abstract", "annotation", "annote", "shorttitle", "file"),
        # Named by these, a chapter would be taken for its book.
        *(
            "doi",
            "url",
            "urldate",
            "eprint",
            "eprinttype",
            "eprintclass",
            "archiveprefix",
            "primaryclass",
            "pmid",
        ),
    ]
)
"""Fields that belong to an entry itself."""


class Kin:
    """All entries of a text by their keys; of two with one key, the first."""

    def __init__(self, entries: Sequence[Raw], abbreviations: Mapping[str, str]) -> None:
        self._abbreviations = abbreviations
        self._known: dict[str, Raw] = {}
        for entry in entries:
            self._known.setdefault(entry.key.lower(), entry)

    def fields(self, entry: Raw) -> dict[str, str]:
        """Return the fields of an entry with those that it inherits, as they were written; its own come first."""
        found = dict(entry.fields)
        waiting, met = [entry], {id(entry)}
        while waiting and len(met) <= FARTHEST:
            child = waiting.pop(0)
            for parent, through in self._parents(child):
                if id(parent) in met:
                    continue
                met.add(id(parent))
                waiting.append(parent)
                for field, value in parent.fields.items():
                    names = (field,) if through == "xdata" else inherited_as(field, parent.type, entry.type)
                    for name in names:
                        found.setdefault(name, value)
        return found

    def _parents(self, entry: Raw) -> list[tuple[Raw, str]]:
        parents = []
        for through in ("xdata", "crossref"):
            if through in entry.fields:
                keys = value_of(entry.fields[through], self._abbreviations, entry.where, through)
                for key in keys.lower().split(",")[:FARTHEST]:
                    if (parent := self._known.get(key.strip())) is not None:
                        parents.append((parent, through))
        return parents


def inherited_as(field: str, parent: str, child: str) -> tuple[str, ...]:
    """Return what a field of a type of parent is called in a type of child that refers to it, if it is inherited."""
    if field in _ITS_OWN:
        return ()
    if child in PARTS and parent in BOOKS | PARTS:
        if field == "author" and parent in ("book", "mvbook"):
            return ("bookauthor", "author")
        return ((_TO_WHOLE if parent.startswith("mv") else _TO_BOOK).get(field, field),)
    if child in BOOKS and parent.startswith("mv"):
        return (_TO_WHOLE.get(field, field),)
    if child in ARTICLES and parent == "periodical":
        return (_TO_JOURNAL.get(field, field),)
    return (field,)
