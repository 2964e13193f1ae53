"""Paint the picture that stands for a debate or an argument where its address is shared: 1200 by 630 pixels, as PNG.

On paper, in our own letters: the question or the claim, how much was said on either side, and the map in small, for to
the left and against to the right. A text whose script the letters do not have is left out rather than painted as boxes.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from debates.layout.lettering import Lettering, Measure, set_in
from debates.layout.partition import CON, PRO, Twig, coarse_enough

WIDTH, HEIGHT = 1200, 630
"""Pixels; the proportions that Open Graph’s readers show uncut."""
VERSION = 1
"""Counted up with every change of the drawing, so that nobody keeps an older one."""
MARGIN = 76
PAPER, INK, SOFT, RULE = "#fbf8f1", "#211d18", "#5e564b", "#ddd5c5"
SIDES = {PRO: "#1d4f91", CON: "#92400f", "": "#665d50"}
"""The light theme of site.css."""
SIZES = (74, 68, 62, 57, 52, 48, 44, 41, 38, 35, 32, 30, 28, 25, 22)
TOP = 152
"""Where the text begins."""
MAP_LEVELS, PIECES = 3, 1000
LEAST_PIECE, GAP, MIDDLE = 5, 2, 6
"""Pixels: the shortest piece of the map, what stays free between two, and between for and against."""
LINE = 7
"""How thick the lines of a piece are that is against."""
EM = 100
"""The size at which widths are measured."""


@dataclass(frozen=True)
class _Place:
    """Where the map stands, and how high one of its rows is, in pixels."""

    top: int
    row: int


LOW_MAP, TALL_MAP = _Place(500, 20), _Place(290, 72)
"""Below a text, and where no text can be written."""


@dataclass(frozen=True)
class Poster:
    """What a picture says. `small` stands above the large `text`; `side` puts its mark before the small words."""

    site: str
    text: str
    small: str = ""
    side: str = ""
    words: tuple[str, str] = ("", "")
    """How many are for, how many against, in words."""
    pros: tuple[Twig, ...] = ()
    cons: tuple[Twig, ...] = ()


def paint(poster: Poster, letters: Path) -> bytes:
    """Return the picture as PNG; `letters` is a variable font. The same poster gives the same bytes."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    if can_write(poster.site, letters):
        draw.text((MARGIN, 66), poster.site, SOFT, _font(letters, 30, 600), anchor="la")
    draw.line((MARGIN, 120, WIDTH - MARGIN, 120), fill=RULE, width=2)
    _small(image, draw, poster, letters)
    lettering = large_text(poster, letters)
    if lettering is None:
        _counts(image, draw, poster, letters, TALL_MAP.top)
        _map(draw, poster, TALL_MAP)
    else:
        font = _font(letters, lettering.size, 600)
        for number, line in enumerate(lettering.lines):
            draw.text((MARGIN, _top(poster) + number * lettering.leading), line, INK, font, anchor="la")
        _counts(image, draw, poster, letters, LOW_MAP.top)
        _map(draw, poster, LOW_MAP)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def large_text(poster: Poster, letters: Path) -> Lettering | None:
    """Return how the large text is set in its frame; None where the font lacks some of its letters."""
    if not poster.text or not can_write(poster.text, letters):
        return None
    height = LOW_MAP.top - 88 - _top(poster)
    return set_in(poster.text, _measure(letters, 600), WIDTH - 2 * MARGIN, height, SIZES, leading=1.16)


def _top(poster: Poster) -> int:
    """Return where the large text begins."""
    return TOP + (62 if poster.small or poster.side else 0)


def _small(image: Image.Image, draw: ImageDraw.ImageDraw, poster: Poster, letters: Path) -> None:
    left = MARGIN
    if poster.side in (PRO, CON):
        _mark(image, left, TOP, 34, poster.side)
        left += 50
    if poster.small and can_write(poster.small, letters):
        frame = WIDTH - MARGIN - left
        small = set_in(poster.small, _measure(letters, 400), frame, 40, (28, 26, 24))
        font = _font(letters, small.size, 400)
        draw.text((left, TOP + 17), small.lines[0], SOFT, font, anchor="lm")


def can_write(text: str, letters: Path) -> bool:
    """Say whether a font has a shape for every character of a text."""
    return all(letter.isspace() or _has(letters, letter) for letter in set(text))


def _counts(image: Image.Image, draw: ImageDraw.ImageDraw, poster: Poster, letters: Path, foot: int) -> None:
    """Paint how many are for and against, with their marks, above the map."""
    font = _font(letters, 30, 600)
    middle = foot - 35
    for words, side in zip(poster.words, (PRO, CON), strict=True):
        if not words or not can_write(words, letters):
            continue
        left = MARGIN if side == PRO else WIDTH - MARGIN - round(draw.textlength(words, font)) - 46
        _mark(image, left, middle - 17, 34, side)
        draw.text((left + 46, middle), words, SIDES[side], font, anchor="lm")


def _map(draw: ImageDraw.ImageDraw, poster: Poster, place: _Place) -> None:
    """Paint the map in small: a row a level, every branch as wide as it has arguments."""
    left, right = MARGIN, WIDTH - MARGIN
    whole = sum(twig.weight for twig in (*poster.pros, *poster.cons))
    if not whole:
        draw.line((left, place.top, right, place.top), fill=RULE, width=2)
        return
    unit = (right - left - MIDDLE) / whole
    _least, plans = coarse_enough(
        [poster.pros, poster.cons], levels=MAP_LEVELS, most=PIECES, least=math.ceil(LEAST_PIECE / unit)
    )
    sides = {twig.key: twig.side for twig in (*poster.pros, *poster.cons)}
    for plan, begins in zip(plans, (left, left + plans[0].height * unit + MIDDLE), strict=True):
        for piece in plan.pieces:
            if piece.level >= MAP_LEVELS:
                continue
            x = begins + piece.start * unit
            end = max(x + 1, x + piece.span * unit - GAP)
            y = place.top + piece.level * (place.row + GAP)
            side = sides[piece.key] if piece.key is not None else ""
            _piece(draw, (round(x), y, round(end) - 1, y + place.row - 1), side)


def _piece(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], side: str) -> None:
    """Paint a piece: filled where it is for, lines where it is against, an outline for a note and what is gathered."""
    x, y, end, foot = box
    colour = SIDES.get(side, SIDES[""])
    if side == PRO:
        draw.rectangle(box, fill=colour)
    elif side == CON:
        for line in range(y, foot, 2 * LINE - 1):
            draw.rectangle((x, line, end, line + LINE - 1), fill=colour)
    else:
        draw.rectangle(box, outline=colour)


def _mark(image: Image.Image, x: int, y: int, size: int, side: str) -> None:
    """Paint the mark of a side, round with a plus or square with a minus, four times as large and then reduced."""
    large = Image.new("RGB", (size * 4, size * 4), PAPER)
    draw = ImageDraw.Draw(large)
    whole, bar = size * 4 - 1, size // 3
    middle, arm = size * 2, size
    if side == PRO:
        draw.ellipse((0, 0, whole, whole), fill=SIDES[PRO])
        draw.rectangle((middle - bar // 2, middle - arm, middle + bar // 2, middle + arm), fill=PAPER)
    else:
        draw.rounded_rectangle((0, 0, whole, whole), size // 3, fill=SIDES[CON])
    draw.rectangle((middle - arm, middle - bar // 2, middle + arm, middle + bar // 2), fill=PAPER)
    image.paste(large.resize((size, size), Image.Resampling.LANCZOS), (x, y))


def _measure(letters: Path, weight: int) -> Measure:
    font = _font(letters, EM, weight)
    return lambda words: font.getlength(words) / EM


@lru_cache(maxsize=64)
def _font(letters: Path, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(letters, size)
    font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=4096)
def _has(letters: Path, letter: str) -> bool:
    """Say whether a font has a character: whatever it has not, it draws as it draws one that nobody assigned."""
    font = _font(letters, 24, 400)
    return bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))
