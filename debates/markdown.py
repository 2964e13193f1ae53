"""Turn Markdown into safe HTML, once, when a text is saved. No Django here."""

import re
from collections.abc import Sequence
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from debates.sentence import SentenceError, gettext_noop

LONGEST_INPUT = 20_000
LONGEST_OUTPUT = 200_000
"""Characters. Reference links can make 25 MB of 20 kB: what grows beyond this is refused."""
DEEPEST = 12
"""Levels of nesting. The parser drops text below its own limit without a word, so we refuse long before."""


class TextError(SentenceError):
    """Say in one sentence why a text cannot be set."""


_parser = MarkdownIt(
    "commonmark", {"html": False, "linkify": False, "typographer": False, "maxNesting": 100}
).disable(["image", "heading", "lheading", "html_block", "html_inline"])
MARK = re.compile(r"\[\^(\d{1,3})\]")
"""A footnote mark: [^2] refers to the second source that the text cites."""


def _read_mark(state: StateInline, silent: bool) -> bool:
    """Read a footnote mark where the parser stands; a rule of markdown-it's inline parser."""
    match = MARK.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("cite_mark", "", 0).meta = {"number": int(match[1])}
    state.pos = match.end()
    return True


def _write_mark(
    self: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Return a footnote mark as a link to its source; a rule of markdown-it's renderer."""
    number = tokens[index].meta["number"]
    return f'<sup><a href="#{env["anchor"]}-{number}">[{number}]</a></sup>'


_parser.inline.ruler.before("link", "cite_mark", _read_mark)
_parser.add_render_rule("cite_mark", _write_mark)
_cleaner = nh3.Cleaner(
    tags={"sup", "p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr"},
    attributes={"a": {"href", "title"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow ugc noopener",
)


def render(text: str, cited: int = 0, anchor: str = "cite") -> str:
    """Return the safe HTML of a Markdown text: paragraphs, emphasis, lists, quotations, code and links; no images.

    A footnote mark such as [^2] becomes a link to `#anchor-2`; one beyond the number of sources `cited` is refused.
    """
    if len(text) > LONGEST_INPUT:
        raise TextError(
            gettext_noop("The text has %(count)s characters; shorten it to %(most)s or fewer."),
            count=f"{len(text):,}",
            most=f"{LONGEST_INPUT:,}",
        )
    if not text.strip():
        return ""
    tokens = _parser.parse(text)
    if any(token.level > DEEPEST * 2 for token in tokens):
        raise TextError(
            gettext_noop("The text nests lists or quotations more than %(most)d deep; use fewer levels."),
            most=DEEPEST,
        )
    if any(child.level > DEEPEST for token in tokens for child in token.children or ()):
        raise TextError(
            gettext_noop("The text nests stars or underscores more than %(most)d deep; use fewer of them."),
            most=DEEPEST,
        )
    _check_marks(tokens, cited)
    html = _parser.renderer.render(tokens, _parser.options, {"anchor": anchor})
    if len(html) > LONGEST_OUTPUT:
        raise TextError(
            gettext_noop("The text grows too large when it is set; use fewer links that share one target.")
        )
    return _cleaner.clean(html)


def _check_marks(tokens: Sequence[Any], cited: int) -> None:
    """Refuse a footnote mark that refers to nothing. Any: tokens, whose metadata is untyped."""
    for child in (child for token in tokens for child in token.children or ()):
        if child.type == "cite_mark" and not 1 <= child.meta["number"] <= cited:
            raise TextError(
                gettext_noop(
                    "The mark [^%(number)d] refers to a source that the text does not cite: it cites %(cited)d."
                    " Cite the source, or take the mark away."
                ),
                number=child.meta["number"],
                cited=cited,
            )
