"""Read the entries out of pandoc's JSON and write them as HTML that can hold nothing else than text. Pure.

The HTML is written here, element by element, from a tree: nothing that was typed can become a tag or an attribute.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from debates.bibliography.styles_input import SPOKEN

ELEMENTS = {"Emph": "em", "Strong": "strong", "Superscript": "sup", "Subscript": "sub"}
SMALL_CAPS = '<span class="smallcaps">'
LABEL = "csl-left-margin"
"""Where a numbered style puts the number. Numbering is the page's business, so it is left out."""

Node = Mapping[str, Any]
"""A block or inline of pandoc's JSON. Any: its `c` has another shape for every `t`."""


def entries(document: Mapping[str, Any], spoken: Sequence[str]) -> list[str]:
    """Return the HTML of the entries `r0`, `r1` … of a document in pandoc's JSON, "" for one that is not there.

    `spoken` has, for each, what to write where the style has the spoken season. Any: pandoc's JSON.
    """
    found = [""] * len(spoken)
    pending: list[Any] = list(document["blocks"])
    while pending:
        block = pending.pop()
        if block["t"] != "Div":
            continue
        (name, classes, _), inner = block["c"]
        if "csl-entry" in classes:
            number = int(name.removeprefix("ref-r"))
            found[number] = html(_flattened(inner), spoken[number])
        else:
            pending += inner
    return found


def html(inlines: Sequence[Node], spoken: str = "") -> str:
    """Return the HTML of inlines: em, strong, sup, sub, span for small capitals and links that begin with http."""
    written = "".join(_inline(one, "", spoken) for one in inlines)
    return written.replace("<em></em>", "").strip()


def _flattened(blocks: Sequence[Node]) -> list[Node]:
    """Return the inlines of an entry without its label."""
    out: list[Node] = []
    for block in blocks:
        inner = _flattened(block["c"][1]) if block["t"] == "Div" else block["c"]
        out += ([{"t": "Space"}] if out else []) + inner
    return [one for one in out if not (one["t"] == "Span" and LABEL in one["c"][0][1])]


def _inline(node: Node, outer: str, spoken: str) -> str:
    """Write one inline; `outer` is the element that stands right around it.

    Italics within italics are set upright, as every style asks: a title in a title.
    """
    kind: str = node["t"]
    content: Any = node.get("c")
    if kind == "Str":
        return escape(str(content).replace(SPOKEN, spoken))
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind == "Emph" and outer == "em":
        return f"</em>{_all(content, '', spoken)}<em>"
    if kind in ELEMENTS:
        tag = ELEMENTS[kind]
        return f"<{tag}>{_all(content, tag, spoken)}</{tag}>"
    if kind == "SmallCaps":
        return f"{SMALL_CAPS}{_all(content, 'span', spoken)}</span>"
    if kind == "Quoted":
        left, right = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
        return f"{left}{_all(content[1], outer, spoken)}{right}"
    if kind == "Link":
        inner, address = _all(content[1], "a", spoken), str(content[2][0])
        if not address.lower().startswith(("https://", "http://")):
            return inner
        return f'<a href="{escape(address)}">{inner}</a>'
    if kind in ("Span", "Underline", "Strikeout"):
        return _all(content[1] if kind == "Span" else content, outer, spoken)
    # Citeproc makes no others. Whatever text one has is written as text.
    return escape(content[-1]) if isinstance(content, list) and isinstance(content[-1], str) else ""


def _all(content: Sequence[Node], outer: str, spoken: str) -> str:
    return "".join(_inline(one, outer, spoken) for one in content)
