"""Read what a page says of itself in linked data: JSON-LD with the words of schema.org.

Only what is about the page itself is read: articles that stand beside it in a list, comments below it, and the dates of both
belong to others.
"""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from debates.bibliography.addresses import normal_address
from debates.lookup.item import plain
from debates.lookup.spelled import day_of, people_of, person_of

TYPES = {
    "ScholarlyArticle": "article-journal",
    "MedicalScholarlyArticle": "article-journal",
    "NewsArticle": "article-newspaper",
    "AnalysisNewsArticle": "article-newspaper",
    "BackgroundNewsArticle": "article-newspaper",
    "OpinionNewsArticle": "article-newspaper",
    "ReportageNewsArticle": "article-newspaper",
    "ReviewNewsArticle": "article-newspaper",
    "BlogPosting": "post-weblog",
    "LiveBlogPosting": "post-weblog",
    "SocialMediaPosting": "post",
    "DiscussionForumPosting": "post",
    "Book": "book",
    "Chapter": "chapter",
    "Report": "report",
    "Thesis": "thesis",
    "Dataset": "dataset",
    "Legislation": "legislation",
    "Movie": "motion_picture",
    "Article": "webpage",
    "TechArticle": "webpage",
    "WebPage": "webpage",
    "AboutPage": "webpage",
    "FAQPage": "webpage",
    "ItemPage": "webpage",
    "QAPage": "webpage",
}
"""The types of schema.org that a work may have, and CSL's; the last ones say no more than that it is a page."""
_PAGES = ("WebPage", "AboutPage", "FAQPage", "ItemPage", "QAPage")
_WRAPPINGS = (
    ("<!--", "-->"),
    ("//<![CDATA[", "//]]>"),
    ("// <![CDATA[", "// ]]>"),
    ("/*<![CDATA[*/", "/*]]>*/"),
    ("/* <![CDATA[ */", "/* ]]> */"),
    ("<![CDATA[", "]]>"),
)
"""What was once put around scripts to hide them."""
_BODY_TYPE = re.compile(r"Organi[sz]ation|Corporation|Company|NGO|Project|Agency")
_DOI = re.compile(r"\b10\.\d{4,9}/\S+")
_DEEPEST = 6
MOST_NODES = 2_000
"""Objects of linked data that are looked at on one page."""

type Node = Mapping[str, Any]
"""One object of linked data. Any: JSON, from anybody."""


def nodes_of(scripts: Sequence[str]) -> list[Node]:
    """Return the objects of these scripts that may be about the page: on top, in a graph, or the main entity of one."""
    return list(islice((node for script in scripts for node in _nodes(script)), MOST_NODES))


def linked_data(
    nodes: Sequence[Node], addresses: Sequence[str], titles: Sequence[str] = ()
) -> dict[str, Any]:
    """Return what linked data says of the page at these addresses, named as in CSL-JSON (to be `shaped`). Any: JSON.

    `titles` are what the page is called elsewhere in it, for objects that give a wrong address for themselves.
    """
    here = {normal_address(one) for one in addresses} - {""}
    chosen = _about(nodes, here, {one.casefold() for one in titles if one})
    if chosen is None:
        return {}
    said = _Said({node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1})
    found: dict[str, Any] = {
        "type": _kind(chosen),
        "title": _title(chosen),
        "author": said.people(chosen.get("author")) or said.people(chosen.get("creator")),
        "editor": said.people(chosen.get("editor")),
        "translator": said.people(chosen.get("translator")),
        "publisher": said.name(chosen.get("publisher")),
        "ISBN": plain(chosen.get("isbn")),
        "DOI": said.doi(chosen),
        "language": said.name(chosen.get("inLanguage")),
        **said.pages(chosen),
        **said.container(chosen),
    }
    if day := day_of(chosen.get("datePublished")):
        found["issued"] = {"date-parts": [list(day)]}
    return {key: value for key, value in found.items() if value}


def site_name(nodes: Sequence[Node]) -> str:
    """Return what linked data calls the whole site."""
    sites = (node for node in nodes if "WebSite" in _types(node))
    return next((name for node in sites if (name := plain(node.get("name"), 300))), "")


def _nodes(script: str) -> Iterator[Node]:
    try:
        whole = json.loads(_unwrapped(script), strict=False, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return
    waiting = deque([(whole, 0)])
    while waiting:
        one, deep = waiting.popleft()
        if isinstance(one, Mapping):
            yield one
            inner = [one.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage")]
        else:
            inner = one if isinstance(one, list) else []
        if deep < _DEEPEST:
            waiting += [(held, deep + 1) for held in inner if isinstance(held, list | Mapping)]


def _unwrapped(script: str) -> str:
    text = script.strip()
    for before, after in _WRAPPINGS:
        if text.startswith(before):
            text = text.removeprefix(before).removesuffix(after)
    return text.rstrip("; \t\r\n")


def _types(node: Node) -> list[str]:
    """Return the bare names of an object's types; some write “https://schema.org/Article” or “schema:Article”."""
    types = node.get("@type")
    held = types if isinstance(types, list) else [types]
    return [re.split(r"[/:#]", one)[-1] for one in held if isinstance(one, str)]


def _kind(node: Node) -> str:
    """Return CSL's type of an object: the one that says most."""
    kinds = [TYPES[one] for one in _types(node) if one in TYPES]
    return next((kind for kind in kinds if kind != "webpage"), "webpage")


def _title(node: Node) -> str:
    """Return what an object is called; a headline may be cut for search engines, with the whole in the name."""
    headline, name = plain(node.get("headline")), plain(node.get("name"))
    return name if headline and name.startswith(headline.rstrip("… .")) else headline or name


def _about(nodes: Sequence[Node], addresses: set[str], titles: set[str]) -> Node | None:
    """Return the work that the page is: it has the page's address, or its title, or is the only one and says neither.

    Where there is no such work, the same is asked of the objects that say no more than that this is a page.
    """
    works = [node for node in nodes if any(one in TYPES for one in _types(node))]
    for pages in (False, True):
        level = [
            node for node in works if all(one in _PAGES or one not in TYPES for one in _types(node)) == pages
        ]
        level.sort(key=lambda node: _kind(node) == "webpage")
        fitting = [node for node in level if _addresses(node) & addresses]
        fitting += [node for node in level if _title(node).casefold() in titles]
        fitting += [node for node in level if len(level) == 1 and not _addresses(node)]
        if fitting:
            return fitting[0]
    return None


def _addresses(node: Node) -> set[str]:
    """Return the addresses that an object gives for itself, for comparing."""
    page = node.get("mainEntityOfPage")
    given = [node.get("url"), node.get("@id"), page, page.get("@id") if isinstance(page, Mapping) else None]
    return {normal_address(one.partition("#")[0]) for one in given if isinstance(one, str)} - {""}


class _Said:
    """Read values in which an object may stand, or the name of one that stands elsewhere, or a list of either."""

    def __init__(self, known: Mapping[str, Node]) -> None:
        self.known = known

    def each(self, value: Any) -> list[Any]:
        """Return the things that a value holds, with those that are only named put in their place. Any: JSON."""
        held = value if isinstance(value, list) else [value]
        return [
            self.known.get(str(one.get("@id")), one) if isinstance(one, Mapping) and len(one) == 1 else one
            for one in held[:5000]
        ]

    def name(self, value: Any) -> str:
        """Return the name of the first thing that has one. Any: JSON."""
        for one in self.each(value):
            text = (
                plain(one.get("name") or one.get("alternateName"), 300)
                if isinstance(one, Mapping)
                else plain(one, 300)
            )
            if text and not text.startswith(("http://", "https://")):
                return text
        return ""

    def people(self, value: Any) -> list[dict[str, str]]:
        """Return names in the shape of CSL: people taken apart, bodies whole. Any: JSON."""
        names: list[dict[str, str]] = []
        for one in self.each(value):
            if not isinstance(one, Mapping):
                names += people_of(plain(one))
                continue
            family, given = plain(one.get("familyName"), 300), plain(one.get("givenName"), 300)
            text = self.name(one)
            if family:
                names.append({"family": family} | ({"given": given} if given else {}))
            elif any(_BODY_TYPE.search(kind) for kind in _types(one)):
                names += [{"literal": text}] if text else []
            elif isinstance(one.get("name"), list):
                names += [found for each in one["name"] if (found := person_of(plain(each, 300)))]
            else:
                names += people_of(text)
        return names

    def doi(self, node: Node) -> str:
        """Return the DOI among an object's identifiers. Any: JSON."""
        for one in [
            *self.each(node.get("identifier")),
            *self.each(node.get("sameAs")),
            node.get("doi"),
            node.get("@id"),
        ]:
            text = plain(one.get("value"), 300) if isinstance(one, Mapping) else plain(one, 300)
            if found := _DOI.search(text):
                return found[0]
        return ""

    def pages(self, node: Node) -> dict[str, str]:
        """Return the pages of an article. Any: JSON."""
        first, last = plain(node.get("pageStart"), 30), plain(node.get("pageEnd"), 30)
        pages = plain(node.get("pagination"), 60) or (
            f"{first}-{last}" if first and last and first != last else first
        )
        return {"page": pages} if pages else {}

    def container(self, node: Node) -> dict[str, str]:
        """Return what a work appeared in: its issue, its volume, and the journal, each part of the next. Any: JSON."""
        found: dict[str, str] = {}
        part = node
        for _ in range(4):
            held = next((one for one in self.each(part.get("isPartOf")) if isinstance(one, Mapping)), None)
            if held is None:
                break
            part = held
            found.setdefault("issue", plain(part.get("issueNumber"), 60))
            found.setdefault("volume", plain(part.get("volumeNumber"), 60))
            if {"Periodical", "Newspaper", "Book", "Blog", "CreativeWork", "CreativeWorkSeries"} & set(
                _types(part)
            ):
                found["container-title"] = plain(part.get("name"), 500)
                found["ISSN"] = plain(next(iter(self.each(part.get("issn"))), ""), 60)
            found = {key: text for key, text in found.items() if text}
        return found
