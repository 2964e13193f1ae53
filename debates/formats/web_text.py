"""The words of an HTML page, a paragraph for each of its blocks: what quotations are looked for in."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from debates.sentence import SentenceError, gettext_noop

SILENT = frozenset(
    {
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "svg",
        "math",
        "select",
        "textarea",
        "iframe",
        "object",
    }
)
"""Elements whose text is not read by people."""

INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter output progress q"
        " ruby rb rt s samp small span strike strong sub sup time tt u var wbr",
    )
)
"""Elements that stand within a line; every other begins and ends a paragraph."""


UNCLOSED = frozenset(
    re.findall(
        r"\w+",
        "p li dt dd tr td th thead tbody tfoot colgroup option optgroup rp rt area base br col embed hr img input link meta"
        " param source track wbr",
    )
)
"""Elements that HTML lets end by themselves; they say nothing about how deep a page nests."""
DEEPEST = 500
"""Levels of elements. The parser takes the square of them in time: a page of two megabytes in divisions, more than a minute."""


class WebTextError(SentenceError):
    """Say in one sentence why a page gives no text."""


def read_web_page(html: str) -> str:
    """Return the text of a page, a blank line between its blocks; what is hidden from readers is left out."""
    _check_depth(html)
    root = LexborHTMLParser(html).body
    paragraphs: list[str] = []
    words: list[str] = []

    def end_paragraph() -> None:
        if said := re.sub(r"[^\S\n]*\n[^\S\n]*", "\n", re.sub(r"[^\S\n]+", " ", "".join(words))).strip():
            paragraphs.append(said)
        words.clear()

    # A stack of our own: pages nest thousands deep, and Python's would end first. None stands for a block's end.
    stack: list[LexborNode | None] = [root]
    while stack:
        node = stack.pop()
        if node is None:
            end_paragraph()
            continue
        if node.tag == "-text":
            words.append((node.text_content or "").replace("\n", " "))
            continue
        if node.tag == "br":
            words.append("\n")
            continue
        if node.tag is None or node.tag in SILENT or node.tag.startswith(("-", "!")) or _hidden(node):
            continue
        if node.tag not in INLINE:
            end_paragraph()
            stack.append(None)
        children = list(node.iter(include_text=True))
        stack.extend(reversed(children))
    end_paragraph()
    if not paragraphs:
        raise WebTextError(
            gettext_noop("The page holds no text; is it put together by scripts? Paste its text instead.")
        )
    return "\n\n".join(paragraphs)


def _check_depth(html: str) -> None:
    """Refuse a page that nests deeper than pages do, before the parser meets it; linear in its length."""
    depth = 0
    for match in re.finditer(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)", html):
        if match[2].lower() in UNCLOSED:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > DEEPEST:
            raise WebTextError(
                gettext_noop("The page nests its elements more than %(most)d deep; paste its text instead."),
                most=DEEPEST,
            )


def _hidden(node: LexborNode) -> bool:
    return "hidden" in node.attributes or node.attributes.get("aria-hidden") == "true"
