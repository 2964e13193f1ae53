"""The grammar of the search: what somebody typed, read into words, phrases and operators. Pure: no Django, no database.

    query    = { part }
    part     = [ "-" ] ( word | phrase | operator ":" ( word | phrase ) )
    phrase   = quotation mark, anything but one, quotation mark     (straight, curly, low or angular)

Nothing that is typed is an error. What cannot be meant as it stands is left out, or read as words, and a sentence says so. A
word with a colon whose beginning is no operator (10:30, https://…, Mark 4:12) is just a word.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rapidfuzz.distance import OSA

from debates.bibliography.identifiers import read_doi, shown
from debates.sentence import SentenceError, gettext_noop
from debates.stemming import stems

MOST_WORDS, MOST_FILTERS = 40, 12
"""Words, those in phrases counted, and operators of one query; further ones are left out, and a sentence says so."""
MOST_PROBLEMS = 6


class Operator(StrEnum):
    """Name what can stand before a colon."""

    AUTHOR = "author"
    VOICE = "voice"
    TAG = "tag"
    STANCE = "stance"
    DEBATE = "debate"
    SOURCE = "source"
    DOI = "doi"
    HAS = "has"
    IS = "is"
    BEFORE = "before"
    AFTER = "after"


VALUES = {
    Operator.STANCE: ("for", "against"),
    Operator.HAS: ("source", "quote", "checked"),
    Operator.IS: ("unanswered", "contested", "rebuttal", "thesis", "note", "stale"),
}
"""The operators that take one of a few values."""
EXAMPLES = {
    Operator.AUTHOR: "author:ada",
    Operator.VOICE: 'voice:"D. W. Jenkins"',
    Operator.TAG: "tag:leadership",
    Operator.STANCE: "stance:against",
    Operator.DEBATE: "debate:harbour",
    Operator.SOURCE: "source:Deutscher",
    Operator.DOI: "doi:10.1000/182",
    Operator.HAS: "has:source",
    Operator.IS: "is:unanswered",
    Operator.BEFORE: "before:2024-05",
    Operator.AFTER: "after:2024-05-03",
}
_SIDES = {"for": "for", "pro": "for", "against": "against", "con": "against"}
_MEANT = {
    "by": Operator.AUTHOR,
    "user": Operator.AUTHOR,
    "member": Operator.AUTHOR,
    "side": Operator.STANCE,
    "topic": Operator.TAG,
    "since": Operator.AFTER,
    "until": Operator.BEFORE,
}
"""What other sites call them."""

_QUOTES = '"“”„‟«»'
_PART = re.compile(
    rf"(?P<minus>[-−]?)(?:(?P<name>[^\W\d_]++):)?"
    rf"(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*+)[{_QUOTES}]|(?P<plain>[^\s{_QUOTES}]++))"
)
_LAST = re.compile(
    rf"(?<![^\s{_QUOTES}])(?P<minus>[-−]?)(?:(?P<name>[^\W\d_]++):)?(?P<text>[^\s{_QUOTES}]*+)\Z"
)
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_FIRST_YEAR = 1000


@dataclass(frozen=True)
class Words:
    """A word, or a phrase whose words stand side by side, that a text must hold, or must not."""

    text: str
    phrase: bool = False
    excluded: bool = False

    def __str__(self) -> str:
        return f"{'-' if self.excluded else ''}{f'"{self.text}"' if self.phrase else self.text}"

    @property
    def stems(self) -> tuple[str, ...]:
        """Return the stems of its words in order; `e-mail` has two."""
        return tuple(stems(self.text))


@dataclass(frozen=True)
class Filter:
    """An operator with its value as it is compared: a side in our word, a date as 2024, 2024-05 or 2024-05-03, a bare DOI."""

    operator: Operator
    value: str
    excluded: bool = False

    def __str__(self) -> str:
        value = f'"{self.value}"' if " " in self.value else self.value
        return f"{'-' if self.excluded else ''}{self.operator}:{value}"

    @property
    def day(self) -> date:
        """Return the first day of a date: what is after 2024-05 begins with that day, what is before ends ahead of it."""
        year, month, day = (*(int(part) for part in self.value.split("-")), 1, 1)[:3]
        return date(year, month, day)


@dataclass(frozen=True)
class Query:
    """What is searched for: all of its parts hold together. `problems` say what in the typed text was not understood."""

    parts: tuple[Words | Filter, ...] = ()
    problems: tuple[SentenceError, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return " ".join(map(str, self.parts))

    def __bool__(self) -> bool:
        return bool(self.parts)

    @property
    def wanted(self) -> list[Words]:
        """Return the words and phrases that a text must hold."""
        return [part for part in self.parts if isinstance(part, Words) and not part.excluded]

    @property
    def unwanted(self) -> list[Words]:
        """Return the words and phrases that it must not hold."""
        return [part for part in self.parts if isinstance(part, Words) and part.excluded]

    @property
    def terms(self) -> list[tuple[str, ...]]:
        """Return what hits are ordered by and what is marked in them: each word that is wanted, and each phrase, in stems."""
        return [
            term
            for one in self.wanted
            for term in ([one.stems] if one.phrase else [(stem,) for stem in one.stems])
        ]

    @property
    def filters(self) -> list[Filter]:
        """Return the operators."""
        return [part for part in self.parts if isinstance(part, Filter)]


def parse(text: str) -> Query:
    """Return what a typed text searches for; it never fails, and `parse(str(query))` is the query again. Linear."""
    reading = _Reading()
    for match in _PART.finditer(reading.closed(_clean(text))):
        reading.take(match)
    return Query(tuple(reading.parts), tuple(reading.problems))


class _Reading:
    """One pass over one text."""

    def __init__(self) -> None:
        self.parts: list[Words | Filter] = []
        self.problems: list[SentenceError] = []
        self.words = self.filters = 0
        self.full = False

    def closed(self, text: str) -> str:
        """Return the text without a quotation mark that is never closed; every one before it has its partner."""
        marks = [place for place, char in enumerate(text) if char in _QUOTES]
        if len(marks) % 2 == 0:
            return text
        last = marks[-1]
        self.complain(
            gettext_noop(
                "The quotation mark before “%(text)s” is never closed, so its words were searched for one by one; close it to"
                " search for the phrase."
            )
            if text[last + 1 :].strip()
            else gettext_noop("The quotation mark at the end opens no phrase; it was left out."),
            text=shown(text[last + 1 :].strip(), 40),
        )
        # Behind a word it parts; behind a colon or a minus what follows belongs to them.
        return text[:last] + ("" if text[last - 1 : last] in (":", "-", "−") else " ") + text[last + 1 :]

    def take(self, match: re.Match[str]) -> None:
        """Read one part."""
        excluded, phrase = bool(match["minus"]), match["phrase"]
        name, value = (match["name"] or "").lower(), phrase if phrase is not None else match["plain"]
        if name in list(Operator):
            self.filter(Operator(name), " ".join(value.split()), excluded)
        elif name and not value.startswith("//"):
            self.unknown(match, name, excluded)
        elif phrase is not None:
            self.hold(Words(" ".join(phrase.split()), phrase=True, excluded=excluded))
        else:
            text = f"{match['name']}:{value}" if name else value
            if text[-1] == ":" and text[:-1].lower() in list(Operator):
                self.alone(Operator(text[:-1].lower()))
            else:
                self.hold(Words(text, excluded=excluded))

    def unknown(self, match: re.Match[str], name: str, excluded: bool) -> None:
        """Read what has the form of an operator and is none: as a slip of the pen, or else as words."""
        if near := _near(name):
            self.complain(
                gettext_noop(
                    "There is no operator “%(typed)s:”, so it was left out; did you mean “%(known)s:”?"
                ),
                typed=shown(name, 40),
                known=near,
            )
            return
        whole = match[0].removeprefix(match["minus"])
        self.complain(
            gettext_noop("“%(typed)s:” is no operator, so “%(text)s” was searched for as words."),
            typed=shown(name, 40),
            text=shown(whole, 60),
        )
        if match["phrase"] is None:
            self.hold(Words(whole, excluded=excluded))
        else:
            self.hold(Words(match["name"], excluded=excluded))
            self.hold(Words(" ".join(match["phrase"].split()), phrase=True, excluded=excluded))

    def filter(self, operator: Operator, value: str, excluded: bool) -> None:
        """Read an operator with what stands behind its colon."""
        if operator is Operator.AUTHOR:
            value = value.lstrip("@").strip()
        if not value:
            self.alone(operator)
            return
        try:
            kept = _value(operator, value)
        except SentenceError as error:
            self.problems.append(error)
            return
        if self.filters == MOST_FILTERS:
            self.once(
                gettext_noop("Only the first %(count)d operators count; leave some out."), count=MOST_FILTERS
            )
            return
        self.filters += 1
        self.parts.append(Filter(operator, kept, excluded))

    def alone(self, operator: Operator) -> None:
        """Say that an operator has no value."""
        self.complain(
            gettext_noop(
                "“%(operator)s:” stands alone; write right after the colon what it should be, as in %(example)s."
            ),
            operator=operator,
            example=EXAMPLES[operator],
        )

    def hold(self, words: Words) -> None:
        """Take a word or a phrase, if there are letters or digits in it."""
        count = len(words.stems)
        if self.words + count > MOST_WORDS:
            self.once(
                gettext_noop(
                    "Only the first %(count)d words are searched for; the others were left out, from “%(text)s” on."
                ),
                count=MOST_WORDS,
                text=shown(words.text, 40),
            )
            self.full = True
        elif count and not self.full:
            self.words += count
            self.parts.append(words)

    def once(self, template: str, **values: object) -> None:
        """Complain of what would be said of every part that follows, too."""
        if all(problem.template != template for problem in self.problems):
            self.complain(template, **values)

    def complain(self, template: str, **values: object) -> None:
        """Say what was not understood; of a text that is full of it, the beginning tells enough."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(SentenceError(template, **values))


def _clean(text: str) -> str:
    """Return a text without what no database stores and no reader sees: controls and halves of pairs become space."""
    return "".join(" " if unicodedata.category(char) in ("Cc", "Cs") else char for char in text)


def _value(operator: Operator, value: str) -> str:
    """Return a value as it is compared, or raise the sentence that says why it is none."""
    if operator in VALUES:
        known = _SIDES.get(value.lower()) if operator is Operator.STANCE else value.lower()
        if known not in VALUES[operator]:
            raise SentenceError(
                gettext_noop("“%(value)s” is nothing that “%(operator)s:” knows; write one of %(values)s."),
                value=shown(value, 40),
                operator=operator,
                values=", ".join(VALUES[operator]),
            )
        return known
    if operator in (Operator.BEFORE, Operator.AFTER):
        return _date(operator, value)
    if operator is Operator.DOI:
        doi = read_doi(value)
        if _clean(doi) != doi or set(doi) & set(_QUOTES):  # out of a percent-encoded address
            raise SentenceError(
                gettext_noop("“%(text)s” holds a mark that no DOI has; copy the DOI itself."),
                text=shown(doi),
            )
        return doi
    return value


def _date(operator: Operator, value: str) -> str:
    """Return a year, month or day that there is, in the form of ISO 8601."""
    match = _DATE.fullmatch(value)
    try:
        if match is None or int(match[1]) < _FIRST_YEAR:
            raise ValueError
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        raise SentenceError(
            gettext_noop(
                "“%(value)s” is no date for “%(operator)s:”; write a year, a month or a day, as in 2024, 2024-05 or 2024-05-03."
            ),
            value=shown(value, 40),
            operator=operator,
        ) from None
    return "-".join([match[1], *(f"{int(part):02}" for part in match.groups()[1:] if part)])


def _near(name: str) -> Operator | None:
    """Return the operator that somebody may have meant: one letter off, or called something else elsewhere."""
    if name in _MEANT:
        return _MEANT[name]
    if len(name) < 3:
        return None
    return next((known for known in Operator if len(known) > 2 and OSA.distance(name, known) == 1), None)


@dataclass(frozen=True)
class Begun:
    """The part that somebody is typing: all before it, and how far it has come."""

    before: str
    excluded: bool = False
    operator: Operator | None = None
    text: str = ""

    def finished(self, part: str) -> str:
        """Return the typed text with its last part replaced by a whole one."""
        return f"{self.before}{'-' if self.excluded else ''}{part}"


def begun(text: str) -> Begun:
    """Return what is being typed at the end of a text; nothing where the last part is closed by space or a quotation mark."""
    text = _clean(text)
    marks = [place for place, char in enumerate(text) if char in _QUOTES]
    opened = marks[-1] if len(marks) % 2 else None
    head = text if opened is None else text[:opened]
    match = _LAST.search(head)
    if match is None or (opened is not None and match["text"]):
        # Behind a phrase, or where a quotation mark in the middle of a word opens one, a new part begins.
        return Begun(f"{head} " if head else "", text="" if opened is None else text[opened + 1 :].strip())
    name, typed = (match["name"] or "").lower(), match["text"]
    operator = Operator(name) if name in list(Operator) else None
    if opened is not None:
        typed = text[opened + 1 :].strip()
    elif name and operator is None:
        typed = f"{match['name']}:{typed}"
    return Begun(head[: match.start()], bool(match["minus"]), operator, typed)
