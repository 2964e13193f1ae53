"""Write CSL-JSON items as BibLaTeX or BibTeX; `read_bibtex` gives back equal what the format can hold.

Text is UTF-8; what LaTeX would take for a command is escaped, and titles stand in double braces, so that no style changes
their letter case. What cannot be held, or comes back otherwise:

* fields without a place: `available-date` and `submitted`; names other than author, editor, translator, container-author,
  compiler, contributor, director, organizer, producer (of the last five, three at once); `archive-place`, `authority`,
  `custom` (but for our `arxiv`), `dimensions`, `division`, `jurisdiction`, `medium`, `part-title`, `printing`, `references`,
  `reviewed-…`, `scale`, `section`, `source`, `supplement` and the like;
* `shortTitle`, `journalAbbreviation` and `event`, which come back by the names that CSL 1.0.2 prefers;
* `number`, `issue` and `collection-number` where the type has fewer places: an article has no `collection-number`, a
  report no number in a series;
* numbers come back as text; runs of blanks as one, tabs as blanks;
* in a date: a season beside a month or in a range, words beside numbers, words that are a date (they become one), a year 0;
* of a name: `comma-suffix`, `static-ordering`, `parse-names`; in the dialect `bibtex` a dropping particle (it follows the
  given name) and a particle that is not written small (it precedes the family name);
* an `archive` that is arXiv or PubMed (its number goes where ours stands), and `arXiv:` before such a number;
* braces and backslashes in DOI, URL, ISBN and ISSN (they are percent-encoded), and the address of a resolver before a DOI;
* a `language` that is a name in English (it becomes a code), and BibLaTeX's own words in `genre` and `status` (`phdthesis`).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from debates.formats.references import bibtex_tables as tables
from debates.formats.references.bibtex_dates import is_plain, words, write_date, write_year
from debates.formats.references.bibtex_languages import write_language
from debates.formats.references.bibtex_names import write_names
from debates.formats.references.keys import citation_keys
from debates.formats.references.latex import tidy, to_latex

type Item = Mapping[str, Any]
"""One item of CSL-JSON. Any: JSON."""
type Dialect = Literal["biblatex", "bibtex"]

_OLD_NAMES = {
    "title-short": "shortTitle",
    "container-title-short": "journalAbbreviation",
    "event-title": "event",
}
_TITLES = ("title-short", "container-title-short", "collection-title", "original-title", "event-title")
"""Fields besides the titles themselves whose letter case some readers change."""
_VERBATIM = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", "\0": ""})
_SINGLE = re.compile(r"(?<![-}])-(?![-{])")


def write_bibtex(items: Sequence[Item], dialect: Dialect = "biblatex") -> str:
    """Return the items as entries with readable keys (`lih2011`, `lih2011a`), in the order given."""
    keys = citation_keys(items)
    return "\n".join(_Writing(item, dialect).entry(key) for key, item in zip(keys, items, strict=True))


class _Writing:
    """One item on its way to an entry: fields with their values, braces included, in the order in which they are put."""

    def __init__(self, item: Item, dialect: Dialect) -> None:
        self.item = item
        self.classic = dialect == "bibtex"
        self.fields: dict[str, str] = {}
        self.kind = self._kind()

    def entry(self, key: str) -> str:
        """Return the entry."""
        self._names()
        self._titles()
        self._dates()
        for csl, (field, *_) in tables.PLAIN.items():
            if csl != "genre" or self.kind not in tables.THESES:
                self._put(field, self._text(csl), protected=csl in _TITLES)
        self._numbers()
        self._publisher()
        self._archive()
        self._put(*write_language(self._text("language")))
        self._put("note", self._text("note"))
        for csl, (field, *_) in tables.AS_IT_STANDS.items():
            if text := self._text(csl).translate(_VERBATIM):
                self.fields[field] = f"{{{text}}}"
        self._subtype()
        lines = [f"  {field} = {value}," for field, value in self.fields.items()]
        return "\n".join([f"@{self.kind}{{{key},", *lines, "}\n"])

    def _text(self, csl: str) -> str:
        value = self.item.get(csl) or self.item.get(_OLD_NAMES.get(csl, ""))
        return tidy(str(value)) if isinstance(value, str | int | float) else ""

    def _kind(self) -> str:
        kind = tables.WRITTEN.get(self._text("type"), ("misc", "misc"))[self.classic]
        theses = {genre: thesis for thesis, genre in tables.THESES.items()}
        if self.classic and self.item.get("type") == "thesis":
            return theses.get(self._text("genre"), kind)
        return kind

    def _put(self, field: str, text: str, *, protected: bool = False) -> None:
        """Put a field, if there is anything to put; its name is BibLaTeX's."""
        if text:
            latex = to_latex(text)
            self.fields[self._called(field)] = f"{{{{{latex}}}}}" if protected else f"{{{latex}}}"

    def _called(self, field: str) -> str:
        return tables.CLASSIC.get(field, field) if self.classic else field

    def _names(self) -> None:
        # Few readers look into `editora`, so a director takes the editor's place where there is none.
        further = iter(tables.FURTHER if self.item.get("editor") else ("editor", *tables.FURTHER))
        for csl, field in {**tables.NAMES, **tables.ROLES}.items():
            names = self.item.get(csl)
            names = names if isinstance(names, list | tuple) else []
            people = [name for name in names if isinstance(name, Mapping)]
            written = write_names(people, long_form=not self.classic)
            if written and csl in tables.ROLES:
                if (further_field := next(further, None)) is not None:
                    self.fields[further_field] = f"{{{written}}}"
                    self._put(f"{further_field}type", field)
            elif written:
                self.fields[field] = f"{{{written}}}"

    def _titles(self) -> None:
        title, container, volume = map(self._text, ("title", "container-title", "volume-title"))
        if self.kind in tables.PARTS:
            if volume and container and not self.classic:
                titles = {"title": title, "maintitle": container, "booktitle": volume}
            else:
                titles = {"title": title, "booktitle": container, "volumetitle": volume}
        elif self.kind in tables.ARTICLES:
            titles = {"title": title, "journaltitle": container, "issuetitle": volume}
        elif volume and not self.classic:
            titles = {"maintitle": title, "title": volume, "journaltitle": container}
        else:
            titles = {"title": title, "journaltitle": container, "volumetitle": volume}
        for field, text in titles.items():
            self._put(field, text, protected=True)

    def _dates(self) -> None:
        for csl, field in [("issued", "date"), *((csl, fields[0]) for csl, fields in tables.DATES.items())]:
            date = self.item.get(csl)
            if not isinstance(date, Mapping):
                continue
            said = words(date)
            if csl == "issued" and (self.classic or said):
                year, month = write_year(date)
                self._put("year", year)
                if month:
                    self.fields["month"] = month
                if is_plain(date):
                    continue
            if said:
                self._put(field, said)
            elif written := write_date(date):
                # Not escaped: a tilde means “about”.
                self.fields[field] = f"{{{written}}}"

    def _numbers(self) -> None:
        number, issue, series = map(self._text, ("number", "issue", "collection-number"))
        if page := self._text("page"):
            # A range has two hyphens in LaTeX; one that stands alone is doubled, and read as one.
            self.fields["pages"] = f"{{{_SINGLE.sub('--', to_latex(page))}}}"
        if self.kind in tables.ARTICLES:
            found = {"number": issue, "eid": number}
        elif self.kind in tables.BOOKS | tables.PARTS:
            found = {"number": series, "issue": issue, "eid": number}
        else:
            found = {"number": number, "issue": issue}
        for field, text in found.items():
            self._put(field, text)

    def _publisher(self) -> None:
        publisher = self._text("publisher")
        field = tables.PUBLISHER_OF.get(self.kind, "publisher")
        # An address in `howpublished` would be taken for the work's.
        self._put("publisher" if "://" in publisher else field, publisher)

    def _archive(self) -> None:
        """Put the archive, else the arXiv number, else that of PubMed into BibLaTeX’s one place, the others beside it."""
        found = {"arxivid": self._arxiv(), "pmid": self._text("PMID")}
        archive, number = self._text("archive"), self._text("archive_location")
        if not archive and not number:
            field = next((field for field, text in found.items() if text), "")
            archive = {"arxivid": "arxiv", "pmid": "pubmed"}.get(field, "")
            number = found.pop(field, "")
        for field, text in {"eprinttype": archive, "eprint": number, **found}.items():
            self._put(field, text)

    def _arxiv(self) -> str:
        custom = self.item.get("custom")
        number = custom.get("arxiv") if isinstance(custom, Mapping) else ""
        return tidy(number) if isinstance(number, str) else ""

    def _subtype(self) -> None:
        """State CSL's type where the type of the entry, and what is in it, would be taken for another one."""
        stated = self._text("type")
        if stated and stated != tables.type_of(self.kind, self.fields, preprint=bool(self._arxiv())):
            short = {csl: word for word, csl in tables.SUBTYPES.items()}
            self._put("entrysubtype", short.get(stated, stated))
