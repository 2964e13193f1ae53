"""Check an item against CSL-JSON 1.0.2: which fields there are, and what each holds (citationstyles.org).

The schema is built from the names of the standard's fields in `csl-fields.json` and accepts what its own accepts, but that
the `id` may be missing: an item is known here by its source.
"""

import json
import math
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

from debates.bibliography.identifiers import RecordError, shown
from debates.sentence import gettext_noop

# Values of any kind, since it is JSON.
FIELDS: dict[str, Any] = json.loads(Path(__file__).with_name("csl-fields.json").read_text(encoding="utf-8"))
"""The types of works, and the fields by what they hold: names, dates, a number or a text, a text."""
NAMES, DATES, NUMBERS, TEXTS = (frozenset(FIELDS[kind]) for kind in ("names", "dates", "numbers", "texts"))

_TEXT = {"type": "string"}
_NUMBER = {"type": ["string", "number"]}
_FLAG = {"type": ["string", "number", "boolean"]}
_NAME = {
    "type": "object",
    "properties": {
        **dict.fromkeys(
            ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle"), _TEXT
        ),
        **dict.fromkeys(("comma-suffix", "static-ordering", "parse-names"), _FLAG),
    },
    "additionalProperties": False,
}
_LIST = {"type": "array", "items": _NAME}
_DAY = {"type": "array", "items": _NUMBER, "minItems": 1, "maxItems": 3}
_DATE = {
    "type": "object",
    "properties": {
        "date-parts": {"type": "array", "items": _DAY, "minItems": 1, "maxItems": 2},
        "season": _NUMBER,
        "circa": _FLAG,
        "literal": _TEXT,
        "raw": _TEXT,
    },
    "additionalProperties": False,
}
# Values of any kind, since it is JSON.
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "id": _NUMBER,
        "type": {"enum": FIELDS["types"]},
        "categories": {"type": "array", "items": _TEXT},
        "custom": {"type": "object"},
        **dict.fromkeys(TEXTS, _TEXT),
        **dict.fromkeys(NUMBERS, _NUMBER),
        **dict.fromkeys(NAMES, _LIST),
        **dict.fromkeys(DATES, _DATE),
    },
    "required": ["type"],
    "additionalProperties": False,
}
_VALIDATOR = Draft7Validator(SCHEMA)

DEEPEST = 20
"""Lists and objects inside each other; a date has four, and nobody’s `custom` needs more."""


def check_item(item: object) -> list[RecordError]:
    """Return what is wrong with one item of CSL-JSON, one sentence a field (named as CSL names it); nothing, if all is right.

    The sentences are returned, not raised, so that somebody can mend them all at once.
    """
    if not isinstance(item, Mapping):
        return [RecordError("", gettext_noop("An item of CSL-JSON is an object with “type” and “title”."))]
    # What cannot be stored is looked for first: a validator would fall over a thousand brackets.
    faults = {key: fault for key, value in item.items() if (fault := _unfit(str(key), value)) is not None}
    if faults:
        return list(faults.values())
    for error in _VALIDATOR.iter_errors(item):
        if error.validator == "additionalProperties" and not error.absolute_path:
            faults |= {key: _unknown(str(key)) for key in item if key not in SCHEMA["properties"]}
        elif error.validator == "required":
            faults["type"] = RecordError(
                "type",
                gettext_noop("The field “type” is missing: say what kind of work it is, as in “book”."),
            )
        else:
            key = str(error.absolute_path[0])
            faults.setdefault(key, _wrong(key, item[key]))
    return [faults[key] for key in sorted(faults, key=str)]


def _unfit(key: str, value: object) -> RecordError | None:
    """Say what no database and no page can hold: a NUL, half of a surrogate pair, a number that is none, a tower of lists."""
    for text in _texts(value):
        if text is None:
            template = gettext_noop(
                "The field “%(name)s” has more than %(most)d lists or objects inside each other; make it flatter."
            )
            return RecordError(key, template, name=shown(key), most=DEEPEST)
        if isinstance(text, float):
            template = gettext_noop("The field “%(name)s” holds %(number)s, which is no number in JSON.")
            return RecordError(key, template, name=shown(key), number=text)
        if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
            template = gettext_noop(
                "The field “%(name)s” holds a character that cannot be stored (a NUL or half of a pair); remove it."
            )
            return RecordError(key, template, name=shown(key))
    return None


def _texts(value: object) -> Iterator[str | float | None]:
    """Yield every text in a value, every float that is no number, and `None` where it is too deep; without recursion."""
    stack = [(value, 1)]
    while stack:
        one, deep = stack.pop()
        if isinstance(one, str) or (isinstance(one, float) and not math.isfinite(one)):
            yield one
        elif isinstance(one, Mapping | list | tuple):
            if deep > DEEPEST:
                yield None
                return
            held = [*one.keys(), *one.values()] if isinstance(one, Mapping) else one
            stack += [(inner, deep + 1) for inner in held]


def _unknown(key: str) -> RecordError:
    near = get_close_matches(key[:80], SCHEMA["properties"], n=1)
    if near:
        template = gettext_noop("CSL-JSON has no field “%(name)s”; did you mean “%(near)s”?")
        return RecordError(key, template, name=shown(key), near=near[0])
    template = gettext_noop("CSL-JSON has no field “%(name)s”; put it under “custom” or remove it.")
    return RecordError(key, template, name=shown(key))


def _wrong(key: str, value: object) -> RecordError:
    """Say what a field holds, by its kind."""
    if key == "type":
        text = shown(value) if isinstance(value, str) else ""
        near = get_close_matches(text, FIELDS["types"], n=1) or ["document"]
        template = gettext_noop("“%(text)s” is no type of work in CSL-JSON; did you mean “%(near)s”?")
        return RecordError(key, template, text=text, near=near[0])
    if key in NAMES:
        template = gettext_noop(
            "The field “%(name)s” must be a list of names, each with “family” and “given”, or “literal”."
        )
    elif key in DATES:
        template = gettext_noop(
            "The field “%(name)s” must be a date, as in {“date-parts”: [[1917, 11, 7]]} or {“literal”: “about 1917”}."
        )
    elif key == "categories":
        template = gettext_noop("The field “%(name)s” must be a list of texts.")
    elif key == "custom":
        template = gettext_noop("The field “%(name)s” must be an object of named values.")
    elif key in TEXTS:
        template = gettext_noop("The field “%(name)s” must be a text.")
    else:
        template = gettext_noop("The field “%(name)s” must be a text or a number.")
    return RecordError(key, template, name=key)
