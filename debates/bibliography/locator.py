"""Where in a work something stands: the labels of CSL 1.0.2, and how people write them."""

import re

from debates.sentence import gettext_noop

SHOWN = {
    "page": gettext_noop("page"),
    "chapter": gettext_noop("chapter"),
    "paragraph": gettext_noop("paragraph"),
    "section": gettext_noop("section"),
    "line": gettext_noop("line"),
    "verse": gettext_noop("verse"),
    "volume": gettext_noop("volume"),
    "part": gettext_noop("part"),
    "note": gettext_noop("note"),
    "column": gettext_noop("column"),
    "folio": gettext_noop("folio"),
    "figure": gettext_noop("figure"),
    "table": gettext_noop("table"),
    "timestamp": gettext_noop("at"),
    "act": gettext_noop("act"),
    "appendix": gettext_noop("appendix"),
    "article-locator": gettext_noop("article"),
    "book": gettext_noop("book"),
    "canon": gettext_noop("canon"),
    "elocation": gettext_noop("location"),
    "equation": gettext_noop("equation"),
    "issue": gettext_noop("issue"),
    "opus": gettext_noop("opus"),
    "rule": gettext_noop("rule"),
    "scene": gettext_noop("scene"),
    "sub-verbo": gettext_noop("under"),
    "supplement": gettext_noop("supplement"),
    "title-locator": gettext_noop("title"),
    "version": gettext_noop("version"),
}
"""Every locator label of CSL 1.0.2, with the word that a reader sees before the value; what people use most comes first."""

LOCATORS = tuple(SHOWN)
"""The CSL locator labels."""

_WORDS = {
    "page": "pages p pp pg pgs",
    "chapter": "chapters ch chs chap chaps",
    "paragraph": "paragraphs para paras par pars ¶ ¶¶",
    "section": "sections sec secs sect sects § §§",
    "line": "lines l ll",
    "verse": "verses v vv",
    "volume": "volumes vol vols",
    "part": "parts pt pts",
    "note": "notes n nn fn fns footnote footnotes endnote endnotes",
    "column": "columns col cols",
    "folio": "folios fol fols f ff",
    "figure": "figures fig figs",
    "table": "tables tab tabs",
    "timestamp": "timestamps time min minute",
    "act": "acts",
    "appendix": "appendices appendixes app apps",
    "article-locator": "articles art arts",
    "book": "books bk bks",
    "canon": "canons can cann",
    "elocation": "locations loc locs e-location",
    "equation": "equations eq eqs",
    "issue": "issues iss no nos",
    "opus": "op opp",
    "rule": "rules r rr",
    "scene": "scenes sc scs",
    "sub-verbo": "s.v s.vv sv entry entries",
    "supplement": "supplements supp suppl",
    "title-locator": "titles tit",
    "version": "versions ver",
}
_LABELS = {word: label for label, words in _WORDS.items() for word in (label, SHOWN[label], *words.split())}
_VAGUE = re.compile("[a-oq-z]|at|can|nos?|time")
_TIME = re.compile(r"[0-9]{1,2}:[0-5][0-9]:[0-5][0-9](?:[.,][0-9]+)?")
_TIMES = re.compile(rf"{_TIME.pattern}(?:\s*[-–—]\s*{_TIME.pattern})?")
_STUCK = re.compile(r"(?:§++|¶++|(?:[^\W\d_]+\.)++)(?=\S)|pp?(?=[0-9])", re.IGNORECASE)
"""What is written without a space as often as with one: “§12”, “p.12”, “p12”."""
_OVERRIDES = re.compile("[\x00\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def read_locator(written: str) -> tuple[str, str]:
    """Split `page 111` or `pp. 184–185` into CSL's label and the value; without a known label it is a page.

    `00:12:30` is a time. A letter, or a word that means much else (`l. 5`, `no 3`), is a label only before a number.
    """
    text = " ".join(_OVERRIDES.sub("", written).split())
    if not text:
        return "", ""
    if _TIMES.fullmatch(text):
        return "timestamp", text
    text = re.sub(r"^(?i:sub verbo)\b", "sub-verbo", text)
    stuck = _STUCK.match(text)
    head, _, rest = (text if stuck is None else f"{stuck[0]} {text[stuck.end() :]}").partition(" ")
    word = head.rstrip(".").lower()
    label = _LABELS.get(word, "")
    if not label or not rest or (_VAGUE.fullmatch(word) and not re.match("[0-9]", rest)):
        return "page", text
    return label, rest


_PAGES = re.compile(r"(?<![0-9.])([0-9]{1,6})(?![0-9.])")


def last_page(pages: str, number_of_pages: object) -> int | None:
    """Return the last page of a work: where its range of pages ends, or how many it has; None where neither says so.

    In a range an abbreviated end stands for the whole: 321–8 ends on page 328.
    """
    if ends := re.fullmatch(r"\s*([0-9]{1,6})\s*[-–—]{1,2}\s*([0-9]{1,6})\s*", pages):
        first, last = ends.groups()
        return int(first[: len(first) - len(last)] + last) if len(last) < len(first) else int(last)
    counted = re.fullmatch(r"\s*([0-9]{1,6})\s*", str(number_of_pages or ""))
    return int(counted[1]) if counted else None


def past_the_end(label: str, value: str, last: int | None) -> bool:
    """Say whether a page is cited that comes after a work’s last; roman numerals and other labels are left alone."""
    if label != "page" or last is None:
        return False
    return any(int(page) > last for page in _PAGES.findall(value))
