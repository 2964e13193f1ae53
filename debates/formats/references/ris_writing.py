"""Write references as RIS; `read_ris` gives back equal what the format can hold.

Not held, and not written:

* `id`, `citation-key`; in `custom` all but the arXiv number and what came from RIS;
* names other than author, editor, translator, collection-editor, and the recipient of a letter or the interviewer of an
  interview; of a book without an editor, and of letters and interviews, the collection-editor; the flags of a name;
* dates other than `issued`, `accessed` and `original-date`; the end of a range, `circa`, words beside a day, words in the
  latter two;
* `event-title` and `event-place`, but of speeches, events and performances, and of a conference paper that also says in what
  and where it was published;
* `version` but of software, which has no `edition`; `chapter-number` but of chapters, which have no `section`;
  `number-of-pages` but of books, theses and the like of which no `page` is named;
* `authority`, `collection-number`, `dimensions`, `division`, `event`, `jurisdiction`, `medium`, `original-title` and its
  publisher, `part`, `part-title`, `printing`, `references`, `reviewed-…`, `scale`, `status`, `supplement`, `volume-title`, …

Held, but coming back otherwise:

* a line break within a field as a blank (`abstract`, `note` and `annote` keep their lines, but no empty one); blanks around
  a field not at all; numbers as text; the parts of a date as numbers, and a season by name as one of 1 to 4;
* `journalAbbreviation` and `shortTitle` under their present names; `container-title-short` of an article that has no
  `container-title` also as that;
* a comma within a family or given name as its end; a particle that is not written apart and small (d’Alembert) as part of
  the family name;
* an ISBN or ISSN that does not look like one by the type of the work; `genre` and lines of `note` that are a DOI as that, if
  there is no other.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from debates.bibliography.dates import read_csl_date
from debates.formats.references.ris import LINE_END
from debates.formats.references.ris_tables import (
    COUNTED,
    LINES,
    NEAREST,
    RIS_TYPES,
    Layout,
    name_tags,
    place_tags,
    plain_tags,
    title_tags,
)
from debates.formats.references.ris_values import (
    read_serial,
    serials,
    write_name,
    write_pages,
    write_ris_date,
)

_TAG = re.compile(r"[A-Z][A-Z0-9]")
_OLDER = {"container-title-short": "journalAbbreviation", "title-short": "shortTitle"}


def write_ris(items: Sequence[Mapping[str, Any]]) -> str:
    """Return items of CSL-JSON as RIS, one entry each, its lines ended by CR and LF as the format has them. Any: JSON."""
    return "".join(f"{tag}  - {value}\r\n" for item in items for tag, value in _entry(item))


def _entry(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the tags and values of one entry; those without a value are left out. Any: JSON."""
    kind = _text(item.get("type"))
    kept = _kept(item)
    unknown = kept.pop("TY", []) if kind == "document" else []
    yield "TY", unknown[0] if unknown else RIS_TYPES.get(kind, "GEN")
    fields = (
        *_people(item, kind, kept),
        *_titles(item, kind, kept),
        *_dates(item),
        *_numbers(item, kind, kept),
        *((tag, _text(item.get(variable))) for tag, variable in _laid(item, place_tags(kind), kept)),
        *((tag, _text(_named(item, variable))) for tag, variable in plain_tags(kind).items()),
        ("DO", _text(item.get("DOI"))),
        ("UR", _text(item.get("URL"))),
        ("M3", kind if kind in NEAREST else ""),
        ("M3", _text(item.get("genre"))),
        *(
            (tag, _text(line))
            for tag, variable in LINES.items()
            for line in LINE_END.split(_raw(item.get(variable)))
        ),
        *(("KW", word.strip()) for word in _text(item.get("keyword")).split(", ")),
        *((tag, value) for tag, values in kept.items() for value in values),
    )
    for tag, value in fields:
        if value:
            yield tag, value
    yield "ER", ""


def _people(item: Mapping[str, Any], kind: str, kept: Iterable[str]) -> Iterator[tuple[str, str]]:
    roles = [("AU", "author"), *_laid(item, name_tags(kind), kept), ("A4", "translator")]
    for tag, role in roles:
        names = item.get(role)
        for name in names if isinstance(names, Sequence) else ():
            if isinstance(name, Mapping):
                yield tag, write_name(name)


def _titles(item: Mapping[str, Any], kind: str, kept: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield "TI", _text(item.get("title"))
    for tag, variable in _laid(item, title_tags(kind), kept):
        yield tag, _text(item.get(variable))


def _dates(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield PY, the year or the words, and DA where more is known; the day of access; the date of the original."""
    value = item.get("issued")
    issued = read_csl_date(value)
    if issued is not None:
        only_words = issued.words and not (isinstance(value, Mapping) and value.get("date-parts"))
        whole = "" if only_words else write_ris_date(issued)
        year = whole.partition("/")[0]
        yield "PY", _text(issued.words) if only_words else year
        yield "DA", whole if whole != f"{year}///" else ""
    for tag, variable in (("Y2", "accessed"), ("OP", "original-date")):
        date = read_csl_date(item.get(variable))
        yield tag, write_ris_date(date) if date is not None and not date.words else ""


def _numbers(item: Mapping[str, Any], kind: str, kept: Container[str]) -> Iterator[tuple[str, str]]:
    """Yield pages, numbers of books and journals, and numbers in archives."""
    pages = _text(item.get("page"))
    first, last = write_pages(pages, counted=kind in COUNTED)
    yield "SP", first or (_text(item.get("number-of-pages")) if kind in COUNTED else "")
    yield "EP", last
    number = _text(item.get("number"))
    yield "SN" if read_serial(number, kind) == "number" and "M1" not in kept else "M1", number
    for name in ("ISBN", "ISSN"):
        for serial in serials(_text(item.get(name))):
            yield "SN", serial
    custom = item.get("custom")
    arxiv = _text(custom.get("arxiv")) if isinstance(custom, Mapping) else ""
    for head, value in (("PMID:", _text(item.get("PMID"))), ("arXiv:", arxiv)):
        yield "AN", f"{head}{value}" if value else ""
    yield "AN", _text(item.get("archive_location"))
    yield "C2", _text(item.get("PMCID"))


def _laid(
    item: Mapping[str, Any], layouts: Sequence[Layout], kept: Iterable[str]
) -> Iterable[tuple[str, str]]:
    """Return the first layout for which the item has every variable, and that is recognised among the tags that are kept."""
    whole = [layout for layout in layouts if all(item.get(variable) for variable in layout.values())]
    for layout in whole:
        tags = {*layout, *kept}
        if layout is next(other for other in layouts if tags >= set(other)):
            return layout.items()
    return whole[0].items() if whole else ()


def _kept(item: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what came from RIS and has no variable in CSL, as far as it has still the shape of it."""
    custom = item.get("custom")
    kept = custom.get("ris") if isinstance(custom, Mapping) else None
    if not isinstance(kept, Mapping):
        return {}
    return {
        tag: [_text(value) for value in values]
        for tag, values in kept.items()
        if isinstance(tag, str) and _TAG.fullmatch(tag) and tag != "ER" and isinstance(values, list)
    }


def _named(item: Mapping[str, Any], variable: str) -> object:
    """Return a variable, also under the name that it had in CSL-JSON before."""
    return item.get(variable) or item.get(_OLDER.get(variable, variable))


def _raw(value: object) -> str:
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _text(value: object) -> str:
    """Return a text or a number in one line."""
    return " ".join(filter(None, (part.strip() for part in LINE_END.split(_raw(value)))))
