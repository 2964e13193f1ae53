"""Cut a page of HTML into the few pieces that say what it is, in one pass.

A tree of a hostile page costs too much: two megabytes of `<ul><li>`, each inside the other, keep the parser busy for minutes,
since HTML wants it to look through all that is open at every tag. What is needed here stands in tags that hold no others, so
they are cut out first, by the rules by which HTML finds the end of a tag, of a comment and of a script, and only they go to
the parser: flat, few and short.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from selectolax.lexbor import LexborHTMLParser

MOST_TAGS = 3_000
"""Tags of metadata that are read of one page."""
LONGEST_TAG = 2_000
"""Characters of one of them; the abstract of a work may be longer, and is not needed."""
LONGEST_TEXT = 2_000
"""Characters of the title, of the heading, and of the words at the beginning of the page that are kept."""
LONGEST_BODY = 200_000
"""Characters of the page, up to its comments and without scripts and styles, for who looks for an author in it."""
MOST_HEADINGS = 20
"""Headings of the first rank that are looked at until one has words in it."""
MOST_LINKED = 50
"""Scripts of linked data that are read of one page."""

_OPENING = re.compile(r"<([a-zA-Z/!?])")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)((?:=\s*(?:\"[^\"]*\"|'[^']*')|[^>])*+)>")
_ANY_TAG = re.compile(r"<[^<>]*>")
_RAW = (
    "script",
    "style",
    "textarea",
    "title",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "template",
    "svg",
    "math",
)
"""What holds text and no tags, or tags that are not the page's own (the `<title>` of a drawing)."""
_BLOCKS = ("article", "aside", "div", "dl", "footer", "li", "ol", "section", "table", "ul")
_COMMENTS = re.compile(
    r"\b(?:id|class)\s*=\s*[\"']?[^\"'>]*(?<![\w-])"
    r"(?:comments?|comment-?list|comments?-(?:area|section|wrapper|body|author|content|thread)|disqus_thread|respond)(?![\w-])",
    re.IGNORECASE,
)
"""Where the comments of other people begin; nothing after it is the author's."""
_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in (*_RAW, "h1")}
_LINKED = re.compile(r"ld\s*\+\s*json", re.IGNORECASE)


@dataclass
class Pieces:
    """What a page says of itself: its title, tags, linked data, first heading, first words, and its body.

    `metas` are pairs of a name in lower case (`name`, `property` or `itemprop`) and what it holds, in their order; `links`
    pairs of `rel` and `href`.
    """

    title: str = ""
    language: str = ""
    heading: str = ""
    words: str = ""
    body: str = ""
    metas: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    linked_data: list[str] = field(default_factory=list)

    def held(self, *names: str) -> Iterator[str]:
        """Yield what the tags of these names hold, name after name."""
        for wanted in names:
            yield from (held for name, held in self.metas if name == wanted)


def pieces_of(html: str) -> Pieces:
    """Cut a page; what is broken in it is read about as far as a browser would."""
    pieces = Pieces()
    tags: list[str] = []
    words: list[str] = []
    body: list[str] = []
    heard = kept = headings = at = 0
    while at < len(html):
        start, end, tag = _next_tag(html, at)
        text = html[at:start]
        if heard < LONGEST_TEXT and not text.isspace():
            words.append(text[:LONGEST_TEXT])
            heard += len(text)
        name = tag[2].lower() if tag else ""
        if tag and kept < LONGEST_BODY and name in _BLOCKS and _COMMENTS.search(tag[3][:200]):
            kept = LONGEST_BODY
        if kept < LONGEST_BODY:
            body.append(text if name in _RAW or not tag else html[at:end])
            kept += len(body[-1])
        at = end
        if tag is None or tag[1]:
            continue
        if name in ("meta", "link") or (name == "html" and not tags):
            if len(tags) < MOST_TAGS and len(tag[0]) <= LONGEST_TAG:
                tags.append(tag[0])
        elif name == "h1" and not pieces.heading and headings < MOST_HEADINGS:
            headings += 1
            pieces.heading = _line(_until(html[at : at + 2 * LONGEST_TEXT], 0, "h1")[0])
        elif name in _RAW and not (name in ("svg", "math") and tag[3].endswith("/")):
            inside, at = _until(html, at, name)
            if name == "title" and not pieces.title:
                pieces.title = _line(inside[:LONGEST_TEXT])
            elif name == "script" and _LINKED.search(tag[3]) and len(pieces.linked_data) < MOST_LINKED:
                pieces.linked_data.append(inside)
    pieces.words = _line(" ".join(words))[:LONGEST_TEXT]
    pieces.body = "".join(body)[:LONGEST_BODY]
    _read_tags(pieces, "".join(tags))
    return pieces


def _next_tag(html: str, at: int) -> tuple[int, int, re.Match[str] | None]:
    """Return where the next tag or comment begins and ends, and the tag; what does not end goes on to the end of the page."""
    opening = _OPENING.search(html, at)
    if opening is None:
        return len(html), len(html), None
    start = opening.start()
    if html.startswith("<!--", start):
        end = html.find("-->", start + 2)
        return start, end + 3 if end >= 0 else len(html), None
    if opening[1] in ("!", "?") or (opening[1] == "/" and not html[start + 2 : start + 3].isalpha()):
        end = html.find(">", start)
        return start, end + 1 if end >= 0 else len(html), None
    tag = _TAG.match(html, start)
    return start, tag.end() if tag else len(html), tag


def _until(html: str, at: int, name: str) -> tuple[str, int]:
    """Return what stands before the end of an element, and where that is."""
    found = _ENDS[name].search(html, at)
    end = found.start() if found else len(html)
    return html[at:end], end


def _line(html: str) -> str:
    """Return a piece of HTML as one line of text."""
    return " ".join(unescape(_ANY_TAG.sub(" ", html)).split())


def _read_tags(pieces: Pieces, tags: str) -> None:
    """Read names and contents out of the tags that were kept."""
    tree = LexborHTMLParser(tags)
    root = tree.css_first("html")
    pieces.language = (root.attributes.get("lang") or "").strip() if root is not None else ""
    for node in tree.css("meta"):
        content = " ".join((node.attributes.get("content") or "").split())
        for key in ("name", "property", "itemprop"):
            name = (node.attributes.get(key) or "").strip().lower()
            if name and content:
                pieces.metas.append((name, content))
    for node in tree.css("link[href]"):
        rels = (node.attributes.get("rel") or "").lower().split()
        pieces.links += [(rel, (node.attributes.get("href") or "").strip()) for rel in rels]
