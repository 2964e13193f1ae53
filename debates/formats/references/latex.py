"""Turn the LaTeX of a bibliography into plain Unicode, and plain Unicode into LaTeX.

Only words are kept: braces, fonts and the dollar signs of mathematics vanish, accents and symbols become the character they
stand for. One pass over the text with a stack of its own: linear in time, and deaf to nesting that would exhaust Python's.
The names of symbols come from the tables of pylatexenc; its parser is recursive, so we do not let it near what people paste.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from pylatexenc.latex2text import get_default_latex_context_db  # type: ignore[import-untyped]  # has none
from pylatexenc.latexencode import get_builtin_uni2latex_dict  # type: ignore[import-untyped]  # has none

from debates.formats.references.readout import ReadingError
from debates.sentence import gettext_noop

DEEPEST = 50
"""Braces, or commands that wait for their argument, that may be open at once. Titles that people wrote have three."""

_TOKEN = re.compile(
    r"\\[A-Za-z]+[ ]?|\\.|-{2,3}|``|''|[?!]`|[^\\{}$~^_`'?!-]+|.",
    re.DOTALL,
)
_BLANK = re.compile(r"[ \t\r\n\f\v]+")
_BLANK_IN_LINE = re.compile(r"[ \t\r\f\v]+")
_ROUND_BREAK = re.compile(r"[ \t\r\f\v]*\n[ \t\r\f\v]*")

_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
}
"""The accent commands of LaTeX and the combining character of each."""

_LIGATURES = {"--": "–", "---": "—", "``": "“", "''": "”", "?`": "¿", "!`": "¡", "~": " "}
_WORDS = {
    **dict.fromkeys([" ", ",", ";", ":", ">", "\n", "\\", "quad", "qquad", "space"], " "),
    **dict.fromkeys(["nobreakspace", "thinspace", "enspace"], " "),
    **dict.fromkeys(["/", "-", "!", "@", "relax", "protect", "left", "right", "allowbreak", "null"], ""),
    **dict.fromkeys(["em", "it", "bf", "sc", "sl", "rm", "tt", "sf", "xspace", "leavevmode"], ""),
    **dict.fromkeys(["itshape", "bfseries", "scshape", "upshape", "normalfont", "small", "large"], ""),
    **{char: char for char in "&%$#_{}|"},
    "newline": "\n",
    "par": "\n\n",
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textasciigrave": "`",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "textunderscore": "_",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "slash": "/",
    "pounds": "£",
    "S": "§",
    "P": "¶",
    "copyright": "©",
    "degree": "°",
    "SS": "ẞ",
    "glqq": "„",
    "grqq": "“",
    "flqq": "«",
    "frqq": "»",
    "TeX": "TeX",
    "LaTeX": "LaTeX",
    "BibTeX": "BibTeX",
    "sim": "∼",
}
"""Commands without an argument."""

_DROPPED = frozenset(
    ["noopsort", "label", "cite", "citep", "citet", "nocite", "href", "hspace", "vspace", "begin", "end"]
)
"""Commands whose (first) argument is no text."""

_RAISED = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # Not \{ and \}: BibTeX itself counts every brace, so an odd one would swallow the entries that follow.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "`": r"\textasciigrave{}",
        "\n": r"\newline{}",
        **{char: "\\" + char for char in "$%&#_"},
    }
)


class TooDeep(ReadingError):
    """Say that LaTeX nests deeper than anybody writes."""

    def __init__(self) -> None:
        super().__init__(
            gettext_noop("The LaTeX nests more than %(most)d braces: take out those that it does not need."),
            most=DEEPEST,
        )


def tidy(text: str) -> str:
    """Return a text as LaTeX can hold it: blanks run together, none at an end or around a line break."""
    return _BLANK_IN_LINE.sub(" ", _ROUND_BREAK.sub("\n", text)).strip(" \n")


def to_latex(text: str) -> str:
    """Return LaTeX that `from_latex` reads as the same (tidied) text; what is not ASCII stays as it is."""
    escaped = tidy(text.replace("\0", "")).translate(_ESCAPED)
    # Two in a row would be read as a dash or a quotation mark.
    return re.sub(r"([-'])(?=\1)", r"\1{}", escaped)


def from_latex(text: str) -> str:
    """Return the words of a piece of LaTeX; raise `TooDeep` where it nests beyond `DEEPEST`."""
    text = _BLANK.sub(" ", text).strip(" ")
    # Most values of most fields; also those of the fields that are meant as they stand.
    return text if text.isalnum() else tidy(_Reading(text).read())


type _Change = Callable[[str], str]


class _Reading:
    """One pass over a text: a stack of open groups, each with what waits for its next argument."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.out: list[list[str]] = [[]]
        self.waiting: list[list[_Change]] = [[]]
        self.mathematics = False
        self.quoted = 0
        self.last_dollar = _last_odd_dollar(text)

    def read(self) -> str:
        """Return the words."""
        for piece in _TOKEN.finditer(self.text):
            self._take(piece)
        while len(self.out) > 1:
            self._close()
        self._settle()
        return "".join(self.out[0])

    def _take(self, match: re.Match[str]) -> None:
        piece = match[0]
        if piece == "{":
            self._open()
        elif piece == "}":
            if len(self.out) > 1:
                self._close()
        elif piece == "$" and match.start() != self.last_dollar:
            self.mathematics = not self.mathematics
        elif piece[0] == "\\" and len(piece) > 1:
            self._command(piece[1:], match.end())
        elif piece in "^_" and self.mathematics:
            self._wait(_raised if piece == "^" else _lowered)
        elif piece in _LIGATURES and not (self.mathematics and piece[0] in "-'"):
            self._put(_LIGATURES[piece])
        elif piece == "`":
            self.quoted += 1
            self._put("‘")
        elif piece == "'" and self.quoted and not self.text[match.end() : match.end() + 1].isalpha():
            self.quoted -= 1
            self._put("’")
        else:
            self._text(piece)

    def _open(self) -> None:
        if len(self.out) > DEEPEST:
            raise TooDeep
        self.out.append([])
        self.waiting.append([])

    def _close(self) -> None:
        """Close the innermost group; it is the argument of whatever waited for one outside it."""
        self._settle()
        self.waiting.pop()
        self._put("".join(self.out.pop()))

    def _settle(self) -> None:
        """Give what still waits where a group ends an empty argument."""
        if self.waiting[-1]:
            self._put("")

    def _wait(self, change: _Change) -> None:
        if len(self.waiting[-1]) >= DEEPEST:
            raise TooDeep
        self.waiting[-1].append(change)

    def _put(self, words: str) -> None:
        """Put out words that are one argument, if one is waited for."""
        waiting = self.waiting[-1]
        while waiting:
            words = waiting.pop()(words)
        self.out[-1].append(words)

    def _text(self, words: str) -> None:
        """Put out plain words, of which an argument without braces is the first character only."""
        if self.waiting[-1]:
            words = words.lstrip(" ")
            if not words:
                return
            self._put(words[0])
            words = words[1:]
        self.out[-1].append(words)

    def _command(self, written: str, end: int) -> None:
        name = written.rstrip(" ") or " "
        before_group = self.text[end : end + 1] == "{"
        if name in _ACCENTS:
            self._wait(_accent(name))
        elif name in "()":
            self.mathematics = name == "("
        elif name in _DROPPED:
            self._wait(_drop)
        elif name in ("textsuperscript", "textsubscript"):
            self._wait(_raised_word if name == "textsuperscript" else _lowered_word)
        elif name in ("enquote", "mkbibquote"):
            self._wait(_quote)
        elif name == "frac":
            self._wait(_over)
        elif (symbol := _WORDS.get(name, symbols().get(name))) is not None:
            self._put(symbol)
        elif not before_group:
            # Nobody's command: more likely a backslash that was meant (C:\temp), so it stays.
            self._text("\\" + written)
        # An unknown command before a group is a font or the like: its argument stays, as the group that it is.


def _last_odd_dollar(text: str) -> int:
    """Return where the dollar sign stands that opens no mathematics because none closes it, or -1."""
    places = [match.start() for match in re.finditer(r"\\.|(\$)", text, re.DOTALL) if match[1]]
    return places[-1] if len(places) % 2 else -1


def _accent(name: str) -> _Change:
    def put_on(words: str) -> str:
        if not words:
            # \~{} and \^{} are how people write the character itself.
            return name if not name.isalpha() else ""
        base = {"ı": "i", "ȷ": "j"}.get(words[0], words[0])
        if words == "ı" and name == ".":
            return base
        return unicodedata.normalize("NFC", base + _ACCENTS[name]) + words[1:]

    return put_on


def _drop(words: str) -> str:
    return ""


def _quote(words: str) -> str:
    return f"“{words}”"


def _over(words: str) -> str:
    return f"{words}/"


def _raised_word(words: str) -> str:
    raised = words.translate(_RAISED)
    return words if any(a == b for a, b in zip(words, raised, strict=True)) else raised


def _lowered_word(words: str) -> str:
    lowered = words.translate(_LOWERED)
    return words if any(a == b for a, b in zip(words, lowered, strict=True)) else lowered


def _raised(words: str) -> str:
    raised = _raised_word(words)
    return raised if raised != words or words in ("st", "nd", "rd", "th") else f"^{words}"


def _lowered(words: str) -> str:
    lowered = _lowered_word(words)
    return lowered if lowered != words else f"_{words}"


@cache
def symbols() -> dict[str, str]:
    """Return the names of commands without an argument, and the words of each, from pylatexenc's two tables."""
    found: dict[str, str] = {}
    for macro in get_default_latex_context_db().iter_macro_specs():
        shown = macro.simplify_repl
        # “%s” stands for an argument and “<ref>” for a number that only LaTeX knows; “today” is no constant.
        if isinstance(shown, str) and not re.search("[%<]", shown) and macro.macroname != "today":
            found.setdefault(macro.macroname, shown)
    for code, latex in get_builtin_uni2latex_dict().items():
        if match := re.fullmatch(r"(?:\\ensuremath\{)?\\([A-Za-z]+)\}?", latex):
            found.setdefault(match[1], chr(code))
    return found
