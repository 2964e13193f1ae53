"""Bring an object that says it is CSL-JSON into the shape of version 1.0.2, losing nothing.

Programs write more than the standard has: Crossref puts lists where it has texts, and affiliations into names; some write
field names in small letters. What has no place in the standard goes to `custom`, which is there for it.
"""

from collections.abc import Mapping
from typing import Any

from debates.bibliography.csl import DATES, NAMES, NUMBERS, SCHEMA, TEXTS

_SPELLED = {name.lower(): name for name in SCHEMA["properties"]}
_NAME_PARTS = frozenset(
    {
        *("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle"),
        *("comma-suffix", "static-ordering", "parse-names"),
    }
)
_DATE_PARTS = frozenset({"date-parts", "season", "circa", "literal", "raw"})


def item_of(value: dict[str, Any]) -> dict[str, Any]:
    """Return the item without its id and without what says nothing; what is wrong in it stays, to be said. Any: JSON."""
    item: dict[str, Any] = {}
    custom: dict[str, Any] = {}
    for written, held in value.items():
        name = written if written in SCHEMA["properties"] else _SPELLED.get(written.lower(), written)
        if name == "id" or held is None or held in ("", [], {}):
            continue
        if name not in SCHEMA["properties"] or (name != written and (name in value or name in item)):
            custom[written] = held
            continue
        shaped = _shaped(name, held)
        if shaped is not None:
            item[name] = shaped
        if _says_more(name, held):
            custom[name] = held
    own = item.get("custom", {})
    if custom and isinstance(own, Mapping):
        twice = {name: held for name, held in custom.items() if name in own and own[name] != held}
        item["custom"] = {**custom, **({"csl-json": twice} if twice else {}), **own}
    return item


def _shaped(name: str, held: Any) -> Any:
    """Return a value as its field has it; nothing where it says nothing. Any: JSON."""
    if name in TEXTS or name in NUMBERS:
        return _text(name, held)
    if name in NAMES:
        people = held if isinstance(held, list) else [held]
        return [person for one in people if (person := _name(one))] or None
    if name in DATES:
        return _date(held)
    return held


def _text(name: str, held: Any) -> Any:
    """Return a text; a number where the field may be one; of a list of texts, all, in one text. Any: JSON."""
    if isinstance(held, list) and all(isinstance(one, str) for one in held):
        return " ".join(held) if name in ("ISBN", "ISSN") else ", ".join(held)
    number = isinstance(held, int | float) and not isinstance(held, bool)
    return str(held) if number and name in TEXTS else held


def _name(one: Any) -> Any:
    """Return a name without parts that the standard does not have. Any: JSON."""
    if isinstance(one, str):
        return {"literal": one}
    if isinstance(one, dict):
        parts = {key: part for key, part in one.items() if key in _NAME_PARTS and part not in (None, "")}
        # Crossref calls a body `name`.
        if not parts and isinstance(one.get("name"), str):
            return {"literal": one["name"]}
        return parts
    return one


def _date(held: Any) -> Any:
    """Return a date without parts that the standard does not have, and without parts that are null. Any: JSON."""
    if isinstance(held, str | int) and not isinstance(held, bool):
        return {"raw": str(held)}
    if not isinstance(held, dict):
        return held
    date = {key: part for key, part in held.items() if key in _DATE_PARTS and part not in (None, "", [])}
    sides = date.get("date-parts")
    if isinstance(sides, list):
        if not any(isinstance(side, list) for side in sides):
            sides = [sides]
        known = [
            [part for part in side if part is not None] if isinstance(side, list) else side for side in sides
        ]
        date["date-parts"] = [side for side in known if side != []]
        if not date["date-parts"]:
            del date["date-parts"]
    return date or None


def _says_more(name: str, held: Any) -> bool:
    """Say whether a value has parts that were left out of the item. Any: JSON."""
    if name in NAMES and isinstance(held, list):
        return any(
            isinstance(one, dict)
            and any(one[key] not in (None, "", [], {}) for key in one.keys() - _NAME_PARTS)
            for one in held
        )
    return name in DATES and isinstance(held, dict) and bool(held.keys() - _DATE_PARTS)
