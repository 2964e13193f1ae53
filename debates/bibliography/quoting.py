"""Find what a text sets as a quotation: between marks, or in a block of lines that begin with `>`. Pure.

Taken: “…”, "…", „…“, «…», »…«, ”…”, 「…」, and, from four words on, ‘…’ and '…', each within one paragraph; and block
quotations. Marks that do not match take nothing with them: an opening mark without a closing one is passed over, and what
stands between marks that match inside it is still found. By an old custom a quotation of several paragraphs opens each of
them with a mark and closes only the last; each such paragraph is then a quotation of its own.

Not taken: marks in code or in the address of a link, and a paragraph after “You say:”, for nothing says where the words of the
other end. Of Markdown the words are taken as they are read, without the signs that set them in italics or make them a link.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

LEAST_WORDS = 4
"""Words from which on a quotation is surely one; fewer may be a title, a term, or a word held at arm's length."""
MOST = 100
"""Quotations that are taken from one text; a text with more is a list of them."""
NOTHING = "\u200b"
"""Stands in for a character that is not read; folding drops it, so the indices of all others stay as they are."""


class Form(StrEnum):
    """Say how a quotation is set."""

    MARKS = "marks"
    BLOCK = "block"


@dataclass(frozen=True)
class Quoted:
    """What a text sets as a quotation: the characters between the marks, and the words that are read there."""

    start: int
    end: int
    words: str
    form: Form
    within: int | None = None
    """The number, in the list, of the quotation that it stands in."""

    @property
    def is_short(self) -> bool:
        """Say whether it has fewer words than what is surely a quotation."""
        return len(self.words.split()) < LEAST_WORDS


_PAIRS = {
    "“": "”“\"", "„": "“”", "‟": "”", '"': '"”', "”": "”", "«": "»", "»": "«", "「": "」", "‘": "’", "'": "'"
}  # fmt: skip
"""What opens a quotation, and what closes one that it opened, with the slips that people and programs make."""
_SINGLE = "‘'"
_APOSTROPHES = "’'"
_BEFORE_OPENING = "([{/—–-…=<>"
_NEVER_FIRST = ",;:!?)]}"
_MARK = re.compile(f"[{re.escape(''.join(_PAIRS) + ''.join(_PAIRS.values()))}]")
_DEEPEST = 40
"""Marks that may be open at once; the outer ones of more are passed over."""

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<![`\\])(`{1,3})(?!`)[^`\n]{1,2000}\1(?!`)")
_NOT_CODE = re.compile(f"[`~{re.escape(''.join(_PAIRS) + ''.join(_PAIRS.values()))}]")
_SIGN = re.compile(r"[*_`\\\[>~]")
_UNREAD = (
    re.compile(r"(\[\^[^\]\s]{1,50}\])"),
    re.compile(r"(\\)(?=[!-/:-@\[-`{-~\n])"),
    re.compile(r"(?<!\\)(\*{1,3})(?=[^\s*])[^*\n]{0,2000}?(?<=[^\s*\\])(\*{1,3})"),
    re.compile(r"(?<![\w\\])(_{1,3})(?=[^\s_])[^_\n]{0,2000}?(?<=[^\s_\\])(_{1,3})(?!\w)"),
    re.compile(
        r"(!?\[)[^\[\]\n]{0,500}(\]\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,2000})?(?:\s+\"[^\"\n]{0,500}\")?\))"
    ),
)
"""Footnote marks, escapes, emphasis and links: what is not read of them are the groups."""
_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_QUOTE_SIGN = re.compile(r" {0,3}(?:> ?)+")
_NEW_BLOCK = re.compile(r" {0,3}(?:[-*+•]|\d{1,9}[.)]|#{1,6})\s")
_FROM = re.compile(r"\n[ \u200b]*(?:—|–|--?)[ \u00a0]?[^\n]{1,100}\Z")
"""The last line of a block quotation where it begins with a dash: it says whose words these are."""


def quoted(text: str, *, markdown: bool = True) -> list[Quoted]:
    """Return what a text sets as quotations, in order; one inside another follows it and names it."""
    read = as_read(text) if markdown else _without_signs(text)
    blocks = list(_blocks(text, read))
    found: list[Quoted] = []
    for number, (depth, start, end) in enumerate(blocks):
        if depth:
            source = _FROM.search(read, start, end)
            spans = [(start, source.start() if source else end)]
        else:
            spans, opened, _closed = _between_marks(read, start, end)
            if opened and number + 1 < len(blocks) and _goes_on(read, opened, start, blocks[number + 1]):
                spans.append((opened[0] + 1, end))
        form = Form.BLOCK if depth else Form.MARKS
        found += _nested([one for span in spans if (one := _quoted(read, *span, form))], len(found))
        if len(found) >= MOST:
            break
    return found[:MOST]


def as_read(markdown: str) -> str:
    """Return a Markdown text, as long as it was, in which the signs that are not read are `NOTHING`."""
    if not _SIGN.search(markdown):
        return markdown
    chars = list(_without_signs(markdown))
    bare = markdown
    for pattern in (_FENCE, _CODE):
        for match in pattern.finditer(bare):
            chars[match.start() : match.end()] = _NOT_CODE.sub(NOTHING, match[0])
        bare = pattern.sub(lambda match: "x" * len(match[0]), bare)
    for pattern in _UNREAD:
        for match in pattern.finditer(bare):
            for number in range(1, pattern.groups + 1):
                chars[match.start(number) : match.end(number)] = NOTHING * len(match[number])
    return "".join(chars)


def _without_signs(text: str) -> str:
    """Return a text, as long as it was, without the signs that begin the lines of a block quotation."""
    return re.sub(f"(?m)^{_QUOTE_SIGN.pattern}", lambda match: NOTHING * len(match[0]), text)


def _blocks(text: str, read: str) -> Iterator[tuple[int, int, int]]:
    """Yield the paragraphs: how deep each is quoted, and its first index and one past its last."""
    start, end, depth = 0, 0, -1
    for line in _LINE.finditer(text):
        sign = _QUOTE_SIGN.match(text, line.start())
        level = sign[0].count(">") if sign and NOTHING in read[line.start() : sign.end()] else 0
        blank = not read[line.start() : line.end()].replace(NOTHING, "").strip()
        if blank or level != depth or _NEW_BLOCK.match(text, line.start()):
            if depth >= 0 and end > start:
                yield depth, start, end
            start, depth = line.start(), level
        end = line.start() if blank else line.end()
        depth = -1 if blank else depth
    if depth >= 0 and end > start:
        yield depth, start, end


def lone_marks(text: str, *, markdown: bool = True) -> list[int]:
    """Return where marks open what nothing closes, or close what nothing opened; such a quotation is not taken."""
    read = as_read(text) if markdown else _without_signs(text)
    found: list[int] = []
    for depth, start, end in _blocks(text, read):
        if not depth:
            _pairs, opened, closed = _between_marks(read, start, end)
            found += sorted(opened + closed)
    return found


def _between_marks(read: str, start: int, end: int) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Return what stands between marks that match in a paragraph, and the marks that only open or only close."""
    pairs: list[tuple[int, int]] = []
    closed: list[int] = []
    stack: list[tuple[int, str]] = []
    for match in _MARK.finditer(read, start, end):
        at, mark = match.start(), match[0]
        before, after = _neighbours(read, at, start, end)
        if mark in _APOSTROPHES and _is_apostrophe(
            read[max(at - 1, start) : at], after, read[at + 1 : at + 3]
        ):
            continue
        # A single mark closes nothing that a double one has opened since: it may be an apostrophe after all.
        depths = range(len(stack) - 1, len(stack) - 2 if mark in _SINGLE + _APOSTROPHES else -1, -1)
        closes = next((depth for depth in depths if depth >= 0 and mark in _PAIRS[stack[depth][1]]), None)
        if mark in _PAIRS and _opens(mark, before, after, closes is not None):
            stack.append((at, mark))
            del stack[:-_DEEPEST]
        elif closes is not None:
            pairs.append((stack[closes][0] + 1, at))
            del stack[closes:]
        elif mark not in _SINGLE + _APOSTROPHES:
            closed.append(at)
    return pairs, [at for at, mark in stack if mark not in _SINGLE], closed


def _neighbours(read: str, at: int, start: int, end: int) -> tuple[str, str]:
    """Return the characters on both sides of a mark, other marks and what is not read passed over."""
    left, right = at - 1, at + 1
    while left >= max(start, at - 8) and (read[left] == NOTHING or _MARK.match(read[left])):
        left -= 1
    while right < min(end, at + 8) and (read[right] == NOTHING or _MARK.match(read[right])):
        right += 1
    return read[left] if left >= start else "", read[right] if right < end else ""


def _opens(mark: str, before: str, after: str, may_close: bool) -> bool:
    """Say whether a mark opens a quotation where it stands; whoever writes « sets a space after it."""
    at_start = not before or before.isspace() or before in _BEFORE_OPENING
    if mark == "«":
        return at_start
    if mark == "「":
        return True
    starts = bool(after) and not after.isspace() and after not in _NEVER_FIRST
    return at_start and starts and not (may_close and after in ".…")


def _is_apostrophe(before: str, after: str, following: str) -> bool:
    """Say whether a mark is surely, or may be, part of a word: don’t, the workers’ state."""
    if before.isalnum() and following[:1].isalnum():
        return True
    return before in ("s", "S") and following[:1] == " " and following[1:].isalnum() and after == " "


def _goes_on(read: str, opened: list[int], start: int, following: tuple[int, int, int]) -> bool:
    """Say whether a paragraph opens with a mark that it does not close, and the next one opens with the same."""
    depth, begin, end = following
    bare = read[begin:end].lstrip(f" {NOTHING}")
    return not depth and not read[start : opened[0]].strip(f" {NOTHING}") and bare[:1] == read[opened[0]]


def _quoted(read: str, start: int, end: int, form: Form) -> Quoted | None:
    """Return one quotation without the space at its ends; none where no word stands, or a single mark may mean less."""
    while start < end and (read[start].isspace() or read[start] == NOTHING):
        start += 1
    while end > start and (read[end - 1].isspace() or read[end - 1] == NOTHING):
        end -= 1
    one = Quoted(start, end, read[start:end].replace(NOTHING, ""), form)
    single = form == Form.MARKS and read[start - 1 : start] in (*_SINGLE,)
    return one if any(map(str.isalnum, one.words)) and not (single and one.is_short) else None


def _nested(found: list[Quoted], first: int) -> list[Quoted]:
    """Order the quotations of a paragraph, and say of each in which other one it stands; the list goes on at `first`."""
    found.sort(key=lambda one: (one.start, -one.end))
    out: list[Quoted] = []
    outer = -1
    for one in found:
        if outer >= 0 and out[outer].end >= one.end:
            one = replace(one, within=first + outer)
        else:
            outer = len(out)
        out.append(one)
    return out
