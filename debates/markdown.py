"""Turn Markdown into safe HTML, once, when a text is saved. No Django here."""

import nh3
from markdown_it import MarkdownIt

LONGEST_INPUT = 20_000
LONGEST_OUTPUT = 200_000
"""Characters. Reference links can make 25 MB of 20 kB: what grows beyond this is refused."""
DEEPEST = 12
"""Levels of nesting. The parser drops text below its own limit without a word, so we refuse long before."""


class TextError(ValueError):
    """Say in one sentence why a text cannot be set."""


_parser = MarkdownIt(
    "commonmark", {"html": False, "linkify": False, "typographer": False, "maxNesting": 100}
).disable(["image", "heading", "lheading", "html_block", "html_inline"])
_cleaner = nh3.Cleaner(
    tags={"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr"},
    attributes={"a": {"href", "title"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow ugc noopener",
)


def render(text: str) -> str:
    """Return the safe HTML of a Markdown text: paragraphs, emphasis, lists, quotations, code and links; no images."""
    if len(text) > LONGEST_INPUT:
        raise TextError(f"The text has {len(text):,} characters; shorten it to {LONGEST_INPUT:,} or fewer.")
    if not text.strip():
        return ""
    tokens = _parser.parse(text)
    if any(token.level > DEEPEST * 2 for token in tokens):
        raise TextError(f"The text nests lists or quotations more than {DEEPEST} deep; use fewer levels.")
    if any(child.level > DEEPEST for token in tokens for child in token.children or ()):
        raise TextError(f"The text nests stars or underscores more than {DEEPEST} deep; use fewer of them.")
    html = _parser.renderer.render(tokens, _parser.options, {})
    if len(html) > LONGEST_OUTPUT:
        raise TextError("The text grows too large when it is set; use fewer links that share one target.")
    return _cleaner.clean(html)
