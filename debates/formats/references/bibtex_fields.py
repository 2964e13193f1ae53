"""The fields of one entry as a reader of them wants them: decoded, plain, as names; none longer than we take."""

import re
from collections.abc import Mapping

from debates.formats.references.bibtex_names import read_names
from debates.formats.references.bibtex_splitting import Where, value_of
from debates.formats.references.latex import DEEPEST, TooDeep, from_latex
from debates.formats.references.readout import LONGEST_FIELD, LONGEST_INPUT
from debates.sentence import gettext_noop

_TOO_DEEP = gettext_noop(
    "“%(name)s” in line %(line)d nests more than %(most)d braces in “%(field)s”: take out those that it does not need."
)
_TOO_MUCH = gettext_noop(
    "“%(name)s” in line %(line)d was not read: with its abbreviations and cross-references the text has more than"
    " %(most)d characters, so bring it in parts."
)
BLANKS = " \t\r\n\f\v"
"""What BibTeX takes for blanks; other spaces of Unicode are characters like any other."""

_BLANK = re.compile(f"[{BLANKS}]+")
_ESCAPED = re.compile(r"\\([%#&_~{}$^ ])|\\text(?:ascii)?(?:tilde|underscore)(?:\{\})?|\$\\sim\$|[{}]")
_WRAPPED = re.compile(r"\\(?:url|path|nolinkurl)\s*\{(.*)\}", re.DOTALL)


class Allowance:
    """How much LaTeX may still be decoded for one text: abbreviations can make a short one very long."""

    def __init__(self, most: int = LONGEST_INPUT) -> None:
        self.most = self.left = most

    def spend(self, length: int, where: Where) -> None:
        """Take a length off; refuse the entry that exceeds what is left."""
        self.left -= length
        if self.left < 0:
            raise where.error(_TOO_MUCH, most=self.most)


class Fields:
    """One entry's fields, its own and those inherited, decoded when they are asked for."""

    def __init__(
        self, where: Where, written: Mapping[str, str], abbreviations: Mapping[str, str], allowance: Allowance
    ) -> None:
        self.where = where
        self._written = written
        self._abbreviations = abbreviations
        self._allowance = allowance

    def latex(self, field: str) -> str:
        """Return a field as LaTeX, its pieces joined; empty where there is none."""
        written = self._written.get(field)
        if written is None:
            return ""
        value = value_of(written, self._abbreviations, self.where, field).strip(BLANKS)
        self._allowance.spend(len(value), self.where)
        return value

    def text(self, *fields: str) -> str:
        """Return the words of the first of these fields that has any."""
        return next((words for field in fields if (words := self.words(self.latex(field), field))), "")

    def words(self, latex: str, field: str) -> str:
        """Decode a piece of LaTeX from a field."""
        try:
            words = from_latex(latex)
        except TooDeep:
            raise self.where.error(_TOO_DEEP, field=field, most=DEEPEST) from None
        return self._short(words, field)

    def as_it_stands(self, *fields: str) -> str:
        """Return the first of these fields that has anything, which is not LaTeX, though some escape what LaTeX would."""
        for field in fields:
            value = _BLANK.sub(" ", self.latex(field))
            if "\\" in value:
                value = _ESCAPED.sub(_unescaped, _WRAPPED.sub(r"\1", value))
            if value.startswith("{") and value.endswith("}"):
                value = value.strip("{}")
            if value:
                return self._short(value, field)
        return ""

    def people(self, field: str) -> list[dict[str, str]]:
        """Return the names in a field."""
        latex = self._short(self.latex(field), field)
        try:
            return read_names(latex)
        except TooDeep:
            raise self.where.error(_TOO_DEEP, field=field, most=DEEPEST) from None

    def _short(self, text: str, field: str) -> str:
        if len(text) > LONGEST_FIELD:
            raise self.where.too_long(field, len(text))
        return text


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    if match[0] in "{}":
        return ""
    return "_" if "underscore" in match[0] else "~"
