"""The colours of the style sheet, measured: contrast on paper, and how far apart the two sides lie for every eye. Pure.

* Contrast is that of WCAG 2.2 (relative luminance, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
* Colour blindness is simulated with the matrices of Machado, Oliveira and Fernandes, “A Physiologically-based Model for
  Simulation of Color Vision Deficiency” (2009), at their full severity, in linear RGB.
* Distance is ΔE*ab of CIE 1976: the straight line between two colours in CIELAB, with the white point D65.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from math import dist

type Rgb = tuple[float, float, float]
"""Red, green and blue within [0, 1]; linear where a function says so."""
type Matrix = tuple[Rgb, Rgb, Rgb]

TOKEN = re.compile(r"--([a-z-]+):\s*light-dark\(\s*(#[0-9a-f]{6})\s*,\s*(#[0-9a-f]{6})\s*\)", re.IGNORECASE)
GROUNDS = ("paper", "raised", "wash")
"""What text stands on."""
TEXT = ("ink", "soft", "for", "against", "note", "source", "warning", "focus")
"""Roles in which text is set."""
ENOUGH_FOR_TEXT, ENOUGH_FOR_EDGES = 4.5, 3.0
"""The least contrast of text, and of what has to be seen to be used (WCAG 2.2, 1.4.3 and 1.4.11)."""
ENOUGH_APART = 20.0
"""The least ΔE*ab of the two sides.

A mark of a third of a degree, some 4 mm at arm's length, is told from another by half of those who look when the two lie
7 apart in lightness, 10 from green to red or 14 from blue to yellow (Stone, Szafir and Setlur, “An Engineering Model for
Color Difference as a Function of Size”, 2014). Twenty is half as much again as the largest.
"""

SIGHT: dict[str, Matrix] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_TO_XYZ: Matrix = (
    (0.4123907993, 0.3575843394, 0.1804807884),
    (0.2126390059, 0.7151686788, 0.0721923154),
    (0.0193308187, 0.1191947798, 0.9505321522),
)
"""From linear sRGB to CIE XYZ (IEC 61966-2-1)."""
_WHITE = (0.9504559271, 1.0, 1.0890577508)


@dataclass(frozen=True)
class Token:
    """A colour of the style sheet by its role, as it is in the light and in the dark."""

    name: str
    light: str
    dark: str

    def shade(self, theme: str) -> str:
        """Return the colour of a theme, `light` or `dark`."""
        return self.dark if theme == "dark" else self.light


def tokens_in(css: str) -> dict[str, Token]:
    """Return by names the colours that a style sheet lays down for both themes."""
    return {name: Token(name, light.lower(), dark.lower()) for name, light, dark in TOKEN.findall(css)}


def rgb(colour: str) -> Rgb:
    """Return the parts of a colour written as #rrggbb."""
    red, green, blue = (int(colour[start:end], 16) / 255 for start, end in pairwise((1, 3, 5, 7)))
    return red, green, blue


def linear(colour: Rgb) -> Rgb:
    """Return a colour of sRGB in linear light."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 for the same to 21 for black on white."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def distance(one: str, other: str, sight: str = "") -> float:
    """Return ΔE*ab of two colours, as they look to everybody or to somebody with the sight that is named."""
    first, second = (_lab(_seen(linear(rgb(colour)), sight)) for colour in (one, other))
    return dist(first, second)


def _luminance(colour: str) -> float:
    red, green, blue = linear(rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _seen(colour: Rgb, sight: str) -> Rgb:
    """Return a linear colour as somebody sees it; what falls out of sRGB is cut off."""
    if not sight:
        return colour
    red, green, blue = (min(max(part, 0.0), 1.0) for part in _times(SIGHT[sight], colour))
    return red, green, blue


def _lab(colour: Rgb) -> Rgb:
    """Return a linear colour in CIELAB: lightness, green to red, blue to yellow."""
    x, y, z = (_f(part / white) for part, white in zip(_times(_TO_XYZ, colour), _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _f(part: float) -> float:
    edge = 6 / 29
    return part ** (1 / 3) if part > edge**3 else part / (3 * edge**2) + 4 / 29


def _times(matrix: Matrix, colour: Rgb) -> Rgb:
    x, y, z = (sum(a * b for a, b in zip(row, colour, strict=True)) for row in matrix)
    return x, y, z
