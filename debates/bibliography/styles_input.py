"""Shape CSL-JSON items for pandoc: one document of metadata, in which no text is Markdown, HTML or a command. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from debates.bibliography.styles_titles import clean, inlines

_TEXTS = """
    title title-short container-title container-title-short collection-title collection-number publisher publisher-place
    volume volume-title issue edition page number number-of-pages number-of-volumes chapter-number part-number part-title
    supplement-number printing-number version section genre medium status scale dimensions source authority jurisdiction
    division references event event-title event-place archive archive-place archive_collection archive_location call-number
    original-title original-publisher original-publisher-place reviewed-title reviewed-genre ISBN ISSN PMID PMCID
    """
TEXTS = frozenset(_TEXTS.split())
"""CSL's variables of text and number that styles print. `note`, `abstract` and `annote` are ours to show, not a style's."""

_NAMES = """
    author editor translator director container-author collection-editor composer interviewer recipient reviewed-author
    original-author illustrator editorial-director chair compiler contributor curator executive-producer guest host
    narrator organizer performer producer script-writer series-creator
    """
NAMES = frozenset(_NAMES.split())
DATES = frozenset({"issued", "original-date", "accessed", "event-date", "submitted", "available-date"})
NAME_PARTS = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")

SPOKEN_SEASON = 4
"""The season whose word the style is told to be `SPOKEN`: what stands for it in an entry is `spoken()` of its item."""
SPOKEN = "\ue000"
"""A private character, which `clean` removes from every text, so that it can only come from the style."""

API = [1, 23, 1]
"""The version of pandoc's types that we write; pandoc refuses another one than its own with a sentence."""

Item = Mapping[str, Any]
"""One CSL-JSON item. Any: JSON, as an import may have brought it."""


def tidied(item: Item) -> dict[str, Any]:
    """Return the item with what styles print, each value of the kind that CSL-JSON gives it; the rest is left out.

    Any: JSON. What cannot be used (a number for a list, a date without a year) is as if it were not there.
    """
    out: dict[str, Any] = {"type": clean(str(item.get("type", ""))) or "document"}
    for key, value in item.items():
        if key in TEXTS and isinstance(value, str | int | float):
            out[key] = clean(str(value))
        elif key in NAMES and isinstance(value, list):
            out[key] = [name for name in map(_name, value) if name]
        elif key in DATES and isinstance(value, Mapping):
            out[key] = _date(value)
    out["URL"] = _address(str(item.get("URL", "")))
    out["DOI"] = _doi(str(item.get("DOI", "")))
    out["language"] = _language(item)
    return {key: value for key, value in _typed(out).items() if value}


def _typed(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item of the type by which every manual sets it. Any: JSON."""
    kind, container = item["type"], item.get("container-title")
    if kind == "motion_picture" and not item.get("director"):
        # Our form has one list of people; that of a film are its directors, whom every style names as such.
        return {**item, "director": item.get("author", []), "author": []}
    if kind == "interview" and container:
        return {**item, "type": "article-magazine"}
    if kind == "chapter" and not container:
        return {**item, "type": "book"}
    if kind in {"bill", "legislation"} and "number" in item:
        # With a common hyphen citeproc takes the number of a law for a range, and writes “Nos. 88-352”.
        return {**item, "number": item["number"].replace("-", "\u2011")}
    return item


def document(items: Sequence[Item], *, lang: str, year_apart: bool) -> dict[str, Any]:
    """Return pandoc's JSON of a document that cites every item and says nothing else; item 0 has the id `r0`.

    `items` are tidied. `year_apart`: the style parts the year from the day. Any: pandoc's JSON.
    """
    references = [
        {"t": "MetaMap", "c": {"id": _string(f"r{number}"), **_fields(item, year_apart=year_apart)}}
        for number, item in enumerate(items)
    ]
    everything = {
        "citationId": "*",
        "citationPrefix": [],
        "citationSuffix": [],
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 0,
        "citationHash": 0,
    }
    cite = {"t": "Cite", "c": [[everything], [{"t": "Str", "c": "@*"}]]}
    return {
        "pandoc-api-version": API,
        "meta": {
            "lang": _string(lang),
            "nocite": {"t": "MetaInlines", "c": [cite]},
            "references": {"t": "MetaList", "c": references},
        },
        "blocks": [],
    }


def spoken(item: Item) -> str:
    """Return what stands for the spoken season in the entry of a tidied item: the day as the work itself gives it."""
    issued: Mapping[str, Any] = item.get("issued", {})  # Any: JSON
    literal = str(issued.get("literal", ""))
    if not literal:
        return "Winter"
    year = str(issued["date-parts"][0][0]) if issued.get("date-parts") else ""
    return literal.removesuffix(year).rstrip(" ,") or literal


def _fields(item: Item, *, year_apart: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for key, value in item.items():
        if not value:
            continue
        if key in TEXTS:
            fields[key] = {"t": "MetaInlines", "c": inlines(value)}
        elif key in NAMES:
            people = [{"t": "MetaMap", "c": {part: _string(name[part]) for part in name}} for name in value]
            fields[key] = {"t": "MetaList", "c": people}
        elif key in DATES:
            fields[key] = _dated(value, year_apart=year_apart)
        else:
            fields[key] = _string(value)
    return fields


def _string(value: object) -> dict[str, Any]:
    return {"t": "MetaString", "c": str(value)}


def _dated(date: Item, *, year_apart: bool) -> dict[str, Any]:
    """Return pandoc's JSON of a date. A date in words as well as in figures keeps its words.

    Where a style parts the year from the day, citeproc would print the words twice; there the day is spoken.
    """
    parts, literal = date.get("date-parts"), date.get("literal")
    fields: dict[str, Any] = {}
    if literal and (not year_apart or not parts):
        fields["literal"] = _string(literal)
    elif parts:
        season = SPOKEN_SEASON if literal else date.get("season")
        if season:
            parts = [parts[0][:1]]
            fields["season"] = _string(season)
        lists = [{"t": "MetaList", "c": [_string(number) for number in part]} for part in parts]
        fields["date-parts"] = {"t": "MetaList", "c": lists}
        if date.get("circa"):
            fields["circa"] = {"t": "MetaBool", "c": True}
    return {"t": "MetaMap", "c": fields}


def _name(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        return {}
    name = {part: clean(str(value[part])) for part in NAME_PARTS if isinstance(value.get(part), str)}
    if "literal" not in name and not name.get("family"):
        name = {"literal": name.get("given", "")}
    return {part: text for part, text in name.items() if text}


def _date(value: Item) -> dict[str, Any]:
    """Return a date of whole numbers (at most two: from, to), a season from 1 to 4, words; empty if it has neither."""
    parts = value.get("date-parts")
    read = [numbers for part in parts[:2] if (numbers := _numbers(part))] if isinstance(parts, list) else []
    out: dict[str, Any] = {"date-parts": read} if read else {}
    season = str(value.get("season", ""))
    if read and re.fullmatch(r"[1-4]", season):
        out["season"] = int(season)
    if isinstance(value.get("literal"), str) and (words := clean(value["literal"])):
        out["literal"] = words
    if read and value.get("circa") not in (None, False, "", 0, "0", "false"):
        out["circa"] = True
    return out


def _numbers(part: object) -> list[int]:
    if not isinstance(part, list) or not all(re.fullmatch(r"-?\d{1,6}", str(one)) for one in part[:3]):
        return []
    return [int(str(one)) for one in part[:3]]


def _address(url: str) -> str:
    """Return an address that can be followed, or nothing: pandoc makes `https://javascript:…` of what has no scheme."""
    url = clean(url).replace(" ", "%20")
    return url if re.match(r"https?://[^/]", url, re.IGNORECASE) else ""


def _doi(doi: str) -> str:
    found = re.search(r"10\.\d{4,9}/\S+", clean(doi))
    return found[0] if found else ""


def _language(item: Item) -> str:
    """Return the item's language; where none is given and its title is not in Latin letters, “und” (not known).

    English title case is for English: without a language citeproc would write «Государство И Революция».
    """
    given = clean(str(item.get("language") or ""))
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", given):
        return given
    letters = [char for char in str(item.get("title", "")) if char.isalpha()]
    foreign = sum(not unicodedata.name(char, "").startswith("LATIN") for char in letters)
    return "und" if foreign * 2 > len(letters) else ""
