"""Read BibTeX and BibLaTeX into CSL-JSON; which of the two it is, an entry need not say.

`read_bibtex` splits the text (`bibtex_splitting`), adds what entries inherit (`bibtex_inheritance`) and gives every field
its place by the tables (`bibtex_tables`). Letter case is kept as it is written; braces and commands of LaTeX vanish.
Not taken over: how to sort and print (`sortname`, `options`, `pagination`), files, and fields that are of no standard.
"""

import re
from typing import Any

from debates.bibliography.csl import check_item
from debates.formats.references import bibtex_tables as tables
from debates.formats.references.bibtex_dates import CslDate, read_date, read_year_and_month
from debates.formats.references.bibtex_fields import Allowance, Fields
from debates.formats.references.bibtex_inheritance import Kin
from debates.formats.references.bibtex_languages import read_language
from debates.formats.references.bibtex_splitting import Raw, Split, split
from debates.formats.references.entries import check_length
from debates.formats.references.readout import MOST_ENTRIES, Entry, Fault, ReadingError, Readout
from debates.sentence import gettext_noop

_NO_TITLE = gettext_noop("“%(name)s” in line %(line)d has no title: write title = {…}.")
_LEFT = gettext_noop(
    "Entries were left unread, %(count)d in all, from “%(name)s” in line %(line)d on: at most %(most)d are read at once, so"
    " bring the others in a second go."
)
_WRONG = gettext_noop("“%(name)s” in line %(line)d: %(reason)s")
_NO_ENTRIES = ("xdata", "set")
"""Types that hold fields or keys for other entries and are no works."""
_RANGE = re.compile(r"(?<!-)-{2,3}(?!-)")
_ADDRESS = re.compile(r"\\url\s*\{([^{}]+)\}|(https?://[^\s{}\\]+)", re.IGNORECASE)
_DOI_ADDRESS = re.compile(r"^(?:https?://)?(?:dx\.)?doi\.org/|^doi:\s*", re.IGNORECASE)

type Item = dict[str, Any]
"""One item of CSL-JSON. Any: JSON."""


def read_bibtex(text: str) -> Readout:
    """Read every entry of a text, and say of each that cannot be read where it is and why; linear in the text's length."""
    try:
        check_length(text)
    except ReadingError as error:
        return Readout("bibtex", (), (Fault("", 1, error),))
    parts = split(text)
    kin = Kin(parts.entries, parts.abbreviations)
    allowance = Allowance()
    entries: list[Entry] = []
    faults: list[Fault] = []
    read, left = _within_the_cap(parts)
    for part in read:
        if isinstance(part, Fault):
            faults.append(part)
            continue
        try:
            fields = Fields(part.where, kin.fields(part), parts.abbreviations, allowance)
            item = _item(part.type, fields)
            for wrong in check_item(item):
                raise part.where.error(_WRONG, reason=wrong)
            entries.append(Entry(item, part.where.name, part.where.line))
        except ReadingError as error:
            faults.append(Fault(part.where.name, part.where.line, error))
    return Readout("bibtex", tuple(entries), (*faults, *left))


def _within_the_cap(parts: Split) -> tuple[list[Raw | Fault], list[Fault]]:
    """Return what is looked at, in the order of the text, and one fault about what is not, if there is more."""
    found: list[Raw | Fault] = [entry for entry in parts.entries if entry.type not in _NO_ENTRIES]
    found += parts.faults
    found.sort(key=_line)
    over = found[MOST_ENTRIES:]
    count = len(over) + parts.left
    if not count:
        return found, []
    first = over[0] if over else None
    name = first.name if isinstance(first, Fault) else first.where.name if first else "@"
    line = _line(first) if first else parts.left_line
    error = ReadingError(_LEFT, count=count, name=name, line=line, most=MOST_ENTRIES)
    return found[:MOST_ENTRIES], [Fault(name, line, error)]


def _line(part: Raw | Fault) -> int:
    return part.line if isinstance(part, Fault) else part.where.line


def _item(kind: str, entry: Fields) -> Item:
    """Return the CSL-JSON item of an entry of a type (in lower case)."""
    item: Item = {"type": "", **_titles(kind, entry)}
    if not item.get("title"):
        raise entry.where.error(_NO_TITLE)
    item |= _people(entry)
    item |= _dates(entry)
    item |= {csl: entry.text(*fields) for csl, fields in tables.PLAIN.items()}
    item |= {csl: entry.as_it_stands(*fields) for csl, fields in tables.AS_IT_STANDS.items()}
    item |= _numbers(kind, entry)
    item |= _archive(entry)
    address = _ADDRESS.search(entry.latex("howpublished"))
    item["publisher"] = _publisher(entry, without="howpublished" if address else "")
    item["URL"] = item["URL"] or ((address[1] or address[2]) if address else "")
    item["DOI"] = _DOI_ADDRESS.sub("", item["DOI"])
    item["language"] = read_language(entry.text("language"), entry.text("langid", "hyphenation"))
    item["note"] = _note(entry)
    for field in ("genre", "status"):
        item[field] = tables.KINDS.get(item[field].lower(), item[field])
    subtype = entry.text("entrysubtype").lower()
    stated = tables.SUBTYPES.get(subtype, subtype if subtype in tables.WRITTEN else "")
    has = {field for field in tables.TELLING if entry.latex(field)}
    if address:
        has = has - {"howpublished"} | {"url"}
    item["type"] = stated or tables.type_of(kind, has, preprint="arxiv" in item["custom"])
    if not stated and not item["genre"]:
        item["genre"] = tables.THESES.get(kind, "")
    return {field: value for field, value in item.items() if value}


def _titles(kind: str, entry: Fields) -> Item:
    own, book = _joined(entry, "title", "subtitle"), _joined(entry, "booktitle", "booksubtitle")
    whole, volume = _joined(entry, "maintitle", "mainsubtitle"), entry.text("volumetitle")
    journal = _joined(entry, "journaltitle", "journalsubtitle") or entry.text("journal")
    if kind in tables.PARTS:
        if whole:
            volume = volume or book
        return {"title": own, "container-title": whole or book or journal, "volume-title": volume}
    if kind in tables.ARTICLES:
        issue = _joined(entry, "issuetitle", "issuesubtitle")
        return {"title": own, "container-title": journal or book, "volume-title": issue or volume}
    if kind in tables.BOOKS:
        # Classic BibTeX has the title twice in a book that others refer to.
        own, book = own or book, ""
    if whole:
        own, volume = whole, own or volume
    return {"title": own, "container-title": journal or book, "volume-title": volume}


def _joined(entry: Fields, title: str, subtitle: str) -> str:
    words = [part for part in (entry.text(title), entry.text(subtitle)) if part]
    return (" " if words and words[0][-1] in ".:?!…" else ": ").join(words)


def _people(entry: Fields) -> Item:
    roles = {written: csl for csl, written in tables.ROLES.items()}
    found: dict[str, list[dict[str, str]]] = {}
    for csl, field in tables.NAMES.items():
        role = roles.get(entry.text("editortype").lower(), csl) if field == "editor" else csl
        found.setdefault(role, []).extend(entry.people(field))
    for field in tables.FURTHER:
        written = entry.text(f"{field}type").lower()
        role = roles.get(written, "editor" if written in ("", "editor") else "contributor")
        found.setdefault(role, []).extend(entry.people(field))
    found.setdefault("director", []).extend(entry.people("director"))
    for field in tables.HELPERS:
        found.setdefault("contributor", []).extend(entry.people(field))
    return dict(found)


def _dates(entry: Fields) -> Item:
    # Not decoded: a tilde is no blank in them, but “about”.
    issued = read_date(entry.latex("date").strip("{}"))
    issued = issued or read_year_and_month(entry.text("year"), entry.text("month"), entry.text("day"))
    found = {"issued": issued or _loose(entry, "date")}
    for csl, fields in tables.DATES.items():
        field = next((field for field in fields if entry.latex(field)), fields[0])
        found[csl] = read_date(entry.latex(field).strip("{}")) or _loose(entry, field)
    return dict(found)


def _loose(entry: Fields, field: str) -> CslDate | None:
    """Read a date that is not as BibLaTeX wants it; what is none stays as words."""
    return read_year_and_month(entry.text(field))


def _numbers(kind: str, entry: Fields) -> Item:
    number, issue, own = entry.text("number"), entry.text("issue"), entry.text("eid")
    pages = entry.words(_RANGE.sub("-", entry.latex("pages")), "pages")
    if kind in tables.ARTICLES:
        return {"page": pages, "issue": ", ".join(part for part in (number, issue) if part), "number": own}
    if kind in tables.BOOKS | tables.PARTS:
        return {"page": pages, "issue": issue, "number": own, "collection-number": number}
    return {"page": pages, "issue": issue, "number": number or own}


def _archive(entry: Fields) -> Item:
    """Return where an electronic copy lies: PubMed has a field in CSL, arXiv stands in our `custom`, others are archives."""
    archive, number = entry.text("eprinttype", "archiveprefix"), entry.text("eprint")
    pubmed, arxiv = entry.as_it_stands("pmid"), entry.text("arxivid")
    if archive.lower() == "pubmed":
        pubmed, archive, number = pubmed or number, "", ""
    elif (number and archive.lower() == "arxiv") or number.lower().startswith("arxiv:"):
        arxiv, archive, number = number, "", ""
    custom = {"arxiv": re.sub(r"(?i)^arxiv:\s*", "", arxiv)} if arxiv else {}
    return {"PMID": pubmed, "archive": archive, "archive_location": number, "custom": custom}


def _publisher(entry: Fields, without: str) -> str:
    """Return who published: of several (a press and a society, say), all, each once."""
    found = [entry.text(field) for field in tables.PUBLISHERS if field != without]
    return "; ".join(dict.fromkeys(publisher for publisher in found if publisher))


def _note(entry: Fields) -> str:
    found = [entry.text(field) for field in ("titleaddon", "note", "addendum")]
    notes = [note for note in found if note]
    return ". ".join([*(note.rstrip(".") for note in notes[:-1]), *notes[-1:]])
