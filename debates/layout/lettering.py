"""Set a text into a frame: the largest size at which its lines fit, and where they break."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

type Measure = Callable[[str], float]
"""The width of some letters in ems: in pixels it is so many times the size."""

CUT = "…"
SLACK = 0.1
"""Ems by which balanced lines may be off."""


@dataclass(frozen=True)
class Lettering:
    """A text as it is set: `size` and `leading`, from one line to the next, in pixels."""

    size: int
    leading: int
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        """Return the height of all lines in pixels."""
        return self.leading * len(self.lines)


def set_in(
    text: str,
    measure: Measure,
    width: float,
    height: float,
    sizes: Sequence[int],
    *,
    leading: float = 1.2,
) -> Lettering:
    """Set a text as large as a frame of `width` by `height` pixels allows; `sizes` go from the largest down.

    Lines come out about equally long. A word that is wider than the frame is broken only at the smallest size, and what
    does not fit even then is cut, with an ellipsis. `measure` is asked for words, a space and the ellipsis alone.
    """
    words, space = text.split(), measure(" ")
    widths = {word: measure(word) for word in words}
    for size in sizes:
        step, frame = round(size * leading), width / size
        if max(widths.values(), default=0.0) > frame:
            continue
        lines = _balanced(words, widths, space, frame)
        if len(lines) <= height // step:
            return Lettering(size, step, tuple(lines))
    size = sizes[-1]
    step, frame = round(size * leading), width / size
    pieces = [piece for word in words for piece in _pieces(word, measure, frame)]
    widths = {piece: measure(piece) for piece in pieces}
    lines = _wrapped(pieces, widths, space, frame)
    most = max(1, int(height // step))
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1], measure, frame)]
    return Lettering(size, step, tuple(lines))


def _wrapped(words: Sequence[str], widths: dict[str, float], space: float, frame: float) -> list[str]:
    """Break words into lines, each as full as can be."""
    lines: list[list[str]] = []
    filled = 0.0
    for word in words:
        longer = filled + space + widths[word]
        if lines and longer <= frame:
            lines[-1].append(word)
            filled = longer
        else:
            lines.append([word])
            filled = widths[word]
    return [" ".join(line) for line in lines]


def _balanced(words: Sequence[str], widths: dict[str, float], space: float, frame: float) -> list[str]:
    """Break words into as few lines as the frame allows, about equally long: in the narrowest that needs no more."""
    lines = _wrapped(words, widths, space, frame)
    low, high = max(widths.values(), default=0.0), frame
    while high - low > SLACK:
        middle = (low + high) / 2
        tried = _wrapped(words, widths, space, middle)
        if len(tried) > len(lines):
            low = middle
        else:
            lines, high = tried, middle
    return lines


def _pieces(word: str, measure: Measure, frame: float) -> list[str]:
    """Break a word that is wider than a line."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and measure(pieces[-1] + letter) > frame:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut(line: str, measure: Measure, frame: float) -> str:
    while line and measure(line) + measure(CUT) > frame:
        line = line[:-1].rstrip()
    return line + CUT
