"""The names of BibTeX and BibLaTeX, and those of CSL-JSON.

A list is split first, at every “and” outside braces, then each name by BibTeX's rules (btxdoc, “Names”): `First von Last`,
`von Last, First` or `von Last, Jr, First`, where `von` is what is written small. Only then is the LaTeX decoded, since it is
the braces that hold `{World Health Organization}` together: a name wholly in braces is a body, CSL's `literal`.
BibLaTeX's long form (`family=Brown, given=Lee, given-i=L, useprefix=false`; its manual, 3.5) is read too, and written where
the short one cannot say it. A `von` is CSL's non-dropping particle, unless `useprefix=false` makes it a dropping one.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from debates.formats.references.latex import from_latex, tidy, to_latex

_MARK = re.compile(r"\\.|[{}]|(?<![^ ])and(?![^ ])|,|[ ~]+", re.IGNORECASE | re.DOTALL)
_BLANK = re.compile(r"[ \t\r\n\f\v]+")
_PARTS = {"family": "family", "given": "given", "prefix": "non-dropping-particle", "suffix": "suffix"}
"""The parts of a name in BibLaTeX's long form, and those of CSL."""


def read_names(written: str) -> list[dict[str, str]]:
    """Return the names of a list as CSL-JSON has them.

    “and others” is left out: CSL has no mark for it, and shortens a list by the rule of the style.
    """
    found = (_read_name(name.strip(" ")) for name in _split(_BLANK.sub(" ", written), "and"))
    return [name for name in found if name]


def _split(text: str, at: str) -> list[str]:
    """Split a text outside braces at every “and”, comma, or blank (`at`: the mark in lower case, or a blank)."""
    parts, start, depth = [], 0, 0
    for mark in _MARK.finditer(text):
        if mark[0] in "{}":
            depth += 1 if mark[0] == "{" else -1
        elif depth <= 0 and (mark[0].lower() == at or (at == " " and mark[0][0] in " ~")):
            parts.append(text[start : mark.start()])
            start = mark.end()
    parts.append(text[start:])
    return parts


def _read_name(written: str) -> dict[str, str]:
    if written.lower() == "others":
        return {}
    if _is_group(written):
        return _named(literal=written)
    parts = _split(written, ",")
    assigned = dict(_assignment(part) for part in parts if "=" in part)
    if assigned.keys() & _PARTS.keys():
        return _read_long(assigned)
    if len(parts) == 1:
        words = _words(written)
        low = [place for place, word in enumerate(words[:-1]) if _is_small(word)]
        if not low:
            return _named(family=words[-1] if words else "", given=" ".join(words[:-1]))
        return _named(
            family=" ".join(words[low[-1] + 1 :]),
            given=" ".join(words[: low[0]]),
            non_dropping_particle=" ".join(words[low[0] : low[-1] + 1]),
        )
    words = _words(parts[0])
    low = [place for place, word in enumerate(words[:-1]) if _is_small(word)]
    last = low[-1] + 1 if low else 0
    return _named(
        family=" ".join(words[last:]),
        given=",".join(parts[2:]) if len(parts) > 2 else parts[1],
        non_dropping_particle=" ".join(words[:last]),
        suffix=parts[1] if len(parts) > 2 else "",
    )


def _words(text: str) -> list[str]:
    return [word for word in _split(text, " ") if word]


def _assignment(part: str) -> tuple[str, str]:
    """Return the name and the value of a part in BibLaTeX's long form; some quote the whole of it."""
    name, _, value = part.strip(' "').partition("=")
    return name.strip().lower(), value


def _read_long(assigned: Mapping[str, str]) -> dict[str, str]:
    """Read `family=…, given=…`, in any order; initials (`given-i`) are made by the style, so they are left out."""
    particle = "dropping" if assigned.get("useprefix", "").strip().lower() == "false" else "non-dropping"
    return _named(
        family=assigned.get("family", ""),
        given=assigned.get("given", ""),
        suffix=assigned.get("suffix", ""),
        **{f"{particle.replace('-', '_')}_particle": assigned.get("prefix", "")},
    )


def _named(**parts: str) -> dict[str, str]:
    """Return a CSL name of the parts that say anything, decoded."""
    decoded = {part.replace("_", "-"): from_latex(latex) for part, latex in parts.items()}
    return {part: text for part, text in decoded.items() if text}


def _is_group(text: str) -> bool:
    """Say whether one pair of braces holds the whole text."""
    if not text.startswith("{"):
        return False
    depth = 0
    for mark in re.finditer(r"\\.|[{}]", text, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if not depth:
            return mark.end() == len(text)
    return False


def _is_small(word: str) -> bool:
    """Say whether a word begins small, as a `von` does: by its first letter that no plain braces protect."""
    depth = 0
    for mark in re.finditer(r"(\{?\\.?)|([{}])|\w", word):
        if mark[1] and not depth:
            # An accent, with braces or without, counts as the letter that it makes.
            return next(
                (char.islower() for char in from_latex(word[mark.start() :]) if char.isalpha()), False
            )
        if mark[2] or mark[0][0] == "{":
            depth += -1 if mark[2] == "}" else 1
        elif not depth and mark[0].isalpha():
            return mark[0].islower()
    return False


def write_names(names: Sequence[Mapping[str, Any]], *, long_form: bool) -> str:
    """Return a list of CSL names as BibTeX writes it. Any: JSON.

    `long_form` allows BibLaTeX's, which BibTeX does not know; without it a dropping particle follows the given name.
    """
    return " and ".join(written for name in names if (written := _write_name(name, long_form=long_form)))


def _write_name(name: Mapping[str, Any], *, long_form: bool) -> str:
    said = {
        part: tidy(str(name.get(part) or "")) for part in (*_PARTS.values(), "dropping-particle", "literal")
    }
    if said["literal"] and not said["family"]:
        return f"{{{to_latex(said['literal'])}}}"
    if said["dropping-particle"] and not long_form:
        said["given"] = f"{said['given']} {said.pop('dropping-particle')}".strip(" ")
    meant = {part: text for part, text in said.items() if text and part != "literal"}
    if not meant:
        return ""
    candidates = [_short(meant, braces=False), _short(meant, braces=True)]
    if long_form:
        candidates.append(_long(meant))
    # The rules have so many corners that the reader itself is asked which form it takes for this name.
    return next((one for one in candidates if read_names(one) == [meant]), candidates[-1])


def _short(name: Mapping[str, str], *, braces: bool) -> str:
    def part(key: str) -> str:
        latex = to_latex(name.get(key, ""))
        return f"{{{latex}}}" if braces and (latex or key == "family") else latex

    particle = to_latex(name.get("non-dropping-particle", ""))
    parts = [f"{particle} {part('family')}".strip(" ")]
    if "suffix" in name:
        parts.append(part("suffix"))
    if braces or "given" in name or "suffix" in name:
        # An empty given name keeps a family name in braces from being a body.
        parts.append(part("given"))
    return ", ".join(parts).rstrip(" ")


def _long(name: Mapping[str, str]) -> str:
    particle = name.get("dropping-particle")
    parts = [f"{short}={{{to_latex(name[csl])}}}" for short, csl in _PARTS.items() if csl in name]
    if particle:
        parts.append(f"prefix={{{to_latex(particle)}}}, useprefix=false")
    return ", ".join(parts)
