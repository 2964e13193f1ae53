"""Names: what may be one, and which two look alike.

The ideas are those of Unicode Technical Standard #39, “Unicode Security Mechanisms”: one script to a name (its section 5),
few marks on a letter (5.4), and a skeleton (section 4) that two names share when a reader could take one for the other.
The table is our own choice of the likeliest rows of its data file `confusables.txt`, one look to a
letter: where its capital and its small letter resemble different ones, the likelier stands here.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forum.accounts.gone import GONE

LONGEST = 40
"""Characters of a name, once its compatibility forms are resolved (NFKC)."""
MOST_MARKS = 2
"""Marks that one letter may carry, in scripts that write with marks."""
SIGNS = "._-"
RESERVED = (
    *(
        "admin",
        "administrator",
        "moderator",
        "moderators",
        "editor",
        "editors",
        "staff",
        "team",
        "root",
        "system",
    ),
    *("support", "help", "security", "postmaster", "webmaster", "abuse", "anonymous", "everyone", "deleted"),
    GONE,
)
"""Names by which somebody could pass for the house."""
WRITTEN_TOGETHER = ({"HAN", "HIRAGANA", "KATAKANA"}, {"HAN", "HANGUL"}, {"HAN", "BOPOMOFO"})
"""Scripts that make up one way of writing: Japanese, Korean, and Chinese with its phonetic letters."""
_LOOKS = {
    # Cyrillic
    "а": "a", "в": "b", "ь": "b", "с": "c", "ԁ": "d", "е": "e", "ѐ": "e", "һ": "h", "н": "h", "і": "l", "ї": "l",
    "ј": "j", "к": "k", "ӏ": "l", "м": "rn", "п": "n", "о": "o", "р": "p", "ԛ": "q", "г": "r", "ѕ": "s", "т": "t",
    "у": "y", "ү": "y", "ѵ": "v", "ԝ": "w", "ш": "w", "х": "x", "з": "3", "б": "6", "ч": "4", "ԍ": "g", "ɡ": "g",
    # Greek
    "α": "a", "β": "b", "ϲ": "c", "ε": "e", "η": "n", "ι": "l", "ϳ": "j", "κ": "k", "μ": "u", "ν": "v", "ο": "o",
    "ρ": "p", "σ": "o", "ς": "c", "τ": "t", "υ": "u", "χ": "x", "γ": "y", "ω": "w", "ζ": "z", "δ": "d",
    # Armenian
    "ո": "n", "օ": "o", "ս": "u", "ց": "g", "հ": "h", "զ": "q", "ք": "f", "ո\u0582": "u",
    # Latin and digits among themselves
    "i": "l", "ı": "l", "1": "l", "0": "o", "m": "rn", "ƅ": "b", "ɑ": "a", "ƽ": "s", "ꮃ": "w", "ŋ": "n", "ƞ": "n",
    "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ł": "l", "ŧ": "t", "ƨ": "2", "ȥ": "z",
}  # fmt: skip
_LETTERS = str.maketrans({letter: look for letter, look in _LOOKS.items() if len(letter) == 1})


def skeleton(name: str) -> str:
    """Return what two names share that a reader could take for each other: letter case and look-alikes folded.

    The price: small i and l are one, since their capital and small letters are; “Neil” is refused beside “Nell”.
    """
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", name).casefold())
    looks = unicodedata.normalize("NFD", folded.translate(_LETTERS))
    return looks.replace("l\u0307", "l").replace("l\u0308", "l")  # the dots of i, İ and ї


def settled(name: str) -> str:
    """Return a name as it is kept: compatibility forms (full-width letters, ligatures) resolved, by NFKC."""
    return unicodedata.normalize("NFKC", name)


def script_of(letter: str) -> str:
    """Return the script of a letter or mark, by the first word of its name in Unicode; Han for its ideographs."""
    first = re.split(r"[ -]", unicodedata.name(letter, "UNNAMED"), maxsplit=1)[0]
    return "HAN" if first in ("CJK", "IDEOGRAPHIC") else first


def check_name(name: str) -> None:
    """Refuse what cannot be a name, with one sentence that says why."""
    _check_length(name)
    kinds = [unicodedata.category(sign) for sign in name]
    if "@" in name:
        raise ValidationError(_("A name holds no @: it could pass for somebody’s address."))
    if any(kind in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for kind in kinds):
        raise ValidationError(
            _("A name holds no signs that cannot be seen, nor such as turn the direction of reading.")
        )
    _check_signs(name, kinds)
    _check_marks(name, kinds)
    _check_script(name, kinds)


def _check_length(name: str) -> None:
    if len(name) > LONGEST:
        raise ValidationError(
            _("This name has %(count)d characters, marks included; a name has %(most)d at most.")
            % {"count": len(name), "most": LONGEST}
        )


def _check_signs(name: str, kinds: list[str]) -> None:
    for sign, kind in zip(name, kinds, strict=True):
        letter = kind in ("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd")
        if not letter and sign not in SIGNS:
            raise ValidationError(
                _("A name is made of letters, digits and the signs . _ -; “%(sign)s” is none of them.")
                % {"sign": sign}
            )
    if not any(kind[0] in "LN" for kind in kinds):
        raise ValidationError(_("A name holds at least one letter or digit."))
    if name.startswith(".") or name.endswith("."):
        raise ValidationError(
            _("A name neither begins nor ends with a full stop: it would vanish in a sentence.")
        )


def _check_marks(name: str, kinds: list[str]) -> None:
    runs = [len(list(run)) for mark, run in groupby(kind[0] == "M" for kind in kinds) if mark]
    borrowed = any(
        kind[0] == "M" and script_of(sign) == "COMBINING" for sign, kind in zip(name, kinds, strict=True)
    )
    if borrowed or max(runs, default=0) > MOST_MARKS or kinds[0][0] == "M":
        raise ValidationError(
            _("A name holds letters as they are usually written: too many marks stand on one of them.")
        )


def _check_script(name: str, kinds: list[str]) -> None:
    written = [
        sign
        for sign, kind in zip(name, kinds, strict=True)
        if kind[0] in "LM" or (kind == "Nd" and not sign.isascii())
    ]
    scripts = {script_of(sign) for sign in written}
    if len(scripts) > 1 and not any(scripts <= together for together in WRITTEN_TOGETHER):
        raise ValidationError(
            _(
                "The letters of a name belong to one alphabet; this one mixes several, and would look like another name."
            )
        )
    if any(script_of(sign) == "LATIN" and not _is_everyday(sign) for sign in written):
        raise ValidationError(_("A name holds letters of everyday writing, not those of phonetic alphabets."))


def _is_everyday(letter: str) -> bool:
    """Say whether a Latin letter stands in the blocks that languages are written with, phonetic ones left out."""
    return letter <= "\u024f" or "\u1e00" <= letter <= "\u1eff"
