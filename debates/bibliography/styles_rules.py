"""Shape a work for one style: what its manual asks for and its style file cannot know or does not do. Pure.

Each function takes a tidied CSL-JSON item and returns another; none is changed in place. Any: JSON.
The manuals meant are the editions that `styles.STYLES` names.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

Item = dict[str, Any]
"""A tidied CSL-JSON item. Any: JSON."""

PERIODICALS = frozenset({"article-journal", "article-magazine", "article-newspaper"})
SMALL = "A|An|The|And|At|By|For|From|How|In|Of|On|Or|To|Toward|Towards|What|When|Where|Why|Who|With|Without"
"""Words that are no names, so that a subtitle's first letter may be made small without asking what it means."""
PREPOSITIONS = (
    "above|across|against|along|among|around|behind|below|beneath|beside|between|beyond|during|except|inside|outside"
    "|through|throughout|toward|towards|under|upon|within|without"
)
"""Those of five letters and more that are hardly ever anything else; citeproc leaves only the shorter ones small."""


def chicago(item: Item) -> Item:
    """Shape a work for Chicago: no initial “The” of a periodical; “about” has five letters, so a capital (8.160)."""
    item = _described(_dated_by_title(_letter(item)), doctor="PhD diss.", master="Master’s thesis")
    if item["type"] == "speech":
        item["event-title"] = ", ".join(filter(None, (item.pop("genre", "Speech"), item.get("event-title"))))
    if _english(item):
        item = _changed(item, r"(?<=\s)about(?=\s)", "About", "title", "container-title")
        if item["type"] in PERIODICALS:
            item = _changed(item, r"^The (?=\S)", "", "container-title")
    return item


def apa(item: Item) -> Item:
    """Shape a work for APA: a capital after a colon, no publisher that is the author, brackets within brackets square."""
    item = _described(
        _letter(item),
        doctor="Doctoral dissertation",
        master="Master’s thesis",
        speech="Speech",
        pamphlet="Pamphlet",
        map="Map",
        motion_picture="Film",
        dataset="Data set",
    )
    if _own_publisher(item):
        item = _without(item, "publisher", "publisher-place")
    if literal := item.get("issued", {}).get("literal"):
        item["issued"] = {**item["issued"], "literal": literal.translate(str.maketrans("()", "[]"))}
    return _changed(
        item, r": (?:<\w[^<>]*>|[“‘\"])*[a-z]", lambda found: found[0][:-1] + found[0][-1].upper(), "title"
    )


def mla(item: Item) -> Item:
    """Shape a work for MLA: presses in short, small prepositions of any length, no author that is the publisher."""
    item = _described(_dated_by_title(item), doctor="PhD dissertation", master="Master’s thesis")
    if _own_publisher(item):
        item = _without(item, "author")
    if item["type"] == "speech" and "issued" in item:
        item.setdefault("event-date", item["issued"])
    item = _archived(item)
    item = _changed(item, r"\bUniversity Press\b", "UP", "publisher")
    item = _changed(item, r"^(University of .*|MIT) Press$", r"\1 P", "publisher")
    item = _changed(item, r"\bUniversity\b", "U", "publisher")
    if _english(item):
        small = rf"(?<=\w )(?i:{PREPOSITIONS})(?= \w)"
        item = _changed(item, small, _uncased, "title", "container-title")
    return item


def harvard(item: Item) -> Item:
    """Shape a work for Cite Them Right: works that stand alone in italics, volumes named, days and places kept."""
    item = _small_subtitle(
        _described(item, motion_picture="Film", dataset="Dataset", map="Map", field="medium")
    )
    kind = item["type"]
    if kind in {"book", "chapter", "entry-encyclopedia"}:
        item = _volume_with_edition(item, "edn")
    elif kind == "manuscript":
        item = {
            "publisher": item.get("archive", ""),
            "publisher-place": item.get("archive-place", ""),
            **item,
        }
    elif kind == "speech":
        item = {"event": item.get("event-title", ""), "publisher-place": item.get("event-place", ""), **item}
    elif kind == "paper-conference" and "volume" in item:
        item["type"] = "article-journal"
    stand_ins = {
        "entry-encyclopedia": "chapter",
        "post": "post-weblog",
        "personal_communication": "speech",
        **dict.fromkeys(("dataset", "document", "event", "manuscript", "map", "pamphlet"), "book"),
    }
    return {**_archived(item), "type": stand_ins.get(item["type"], item["type"])}


def vancouver(item: Item) -> Item:
    """Shape a work for Vancouver: kinds in square brackets, what is unknown said to be so, particles before the name."""
    item = _small_subtitle(
        _described(
            item,
            doctor="dissertation",
            master="master’s thesis",
            motion_picture="motion picture",
            dataset="dataset",
            map="map",
            article="preprint",
        )
    )
    kind = item["type"]
    if kind in {"book", "chapter", "entry-encyclopedia"}:
        item = _volume_with_edition(item, "ed.")
    elif kind == "speech":
        talk = f"{item.pop('genre', 'Speech')} presented at"
        item["event"] = f"{talk}: {item['event-title']}" if "event-title" in item else ""
    elif kind == "report" and "number" in item:
        item = {**_without(item, "genre"), "number": f"No.: {item['number']}"}
    elif kind == "paper-conference" and "volume" in item:
        item["type"] = "article-journal"
    if kind in {"book", "pamphlet", "report", "motion_picture"}:
        if "publisher" in item:
            item.setdefault("publisher-place", "[place unknown]")
        item.setdefault("issued", {"literal": "[date unknown]"})
    stand_ins = {"post": "post-weblog", "personal_communication": "speech"}
    people = {key: [_medical(name) for name in value] for key, value in item.items() if _are_names(value)}
    return {**item, **people, "type": stand_ins.get(item["type"], item["type"])}


def _described(item: Item, *, doctor: str = "", master: str = "", field: str = "genre", **words: str) -> Item:
    """Return a copy with the style's own word for the kind of work; but for theses, only where none was given."""
    item = dict(item)
    if item["type"] == "thesis" and (genre := item.get("genre")):
        if doctor and re.search(r"\b(?:ph\.? ?d|d\.? ?phil|doctoral|doctorate)\b", genre, re.IGNORECASE):
            item["genre"] = doctor
        elif master and re.search(r"\bmaster", genre, re.IGNORECASE):
            item["genre"] = master
    elif (word := words.get(item["type"])) and not item.get("genre") and not item.get("medium"):
        item[field] = word
    return item


def _english(item: Item) -> bool:
    return str(item.get("language", "en")).lower().startswith("en")


def _changed(item: Item, pattern: str, new: str | Callable[[re.Match[str]], str], *fields: str) -> Item:
    changed = {key: re.sub(pattern, new, item[key]) for key in fields if key in item}
    return {**item, **changed}


def _without(item: Item, *fields: str) -> Item:
    return {key: value for key, value in item.items() if key not in fields}


def _uncased(found: re.Match[str]) -> str:
    return f'<span class="nocase">{found[0].lower()}</span>'


def _own_publisher(item: Item) -> bool:
    """Say whether a body published its own work."""
    authors = item.get("author", [])
    return (
        len(authors) == 1 and authors[0].get("literal", "").lower() == item.get("publisher", "").lower() != ""
    )


def _small_subtitle(item: Item) -> Item:
    """Make small the first letter after a colon where the word cannot be a name (not in the name of a periodical)."""
    if not _english(item):
        return item
    fields = ("title",) if item["type"] in PERIODICALS else ("title", "container-title")
    return _changed(item, rf"(?<=: )(?:{SMALL})(?= )", lambda found: found[0].lower(), *fields)


def _volume_with_edition(item: Item, word: str) -> Item:
    """Put the volume, which the style file leaves out, behind the edition, in the words of the style."""
    volume, edition = item.get("volume", ""), item.get("edition", "")
    if not volume:
        return item
    if edition.isdecimal():
        edition = f"{_ordinal(int(edition))} {word}"
    named = f"Vol. {volume}" if volume[:1].isdecimal() or re.fullmatch("[IVXLC]+", volume) else volume
    return {
        **_without(item, "volume"),
        "edition": ". ".join(part.rstrip(".") for part in (edition, named) if part),
    }


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _are_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, Mapping) for one in value)


def _medical(name: Mapping[str, str]) -> dict[str, str]:
    """Return the name with a particle that other styles set after it (“Clausewitz, Carl von”) before it, and no “Jr.”."""
    rest = dict(name)
    if particle := rest.pop("dropping-particle", ""):
        rest["non-dropping-particle"] = particle
    if "suffix" in rest:
        rest["suffix"] = rest["suffix"].rstrip(".")
    return rest


def _archived(item: Item) -> Item:
    """Return a preprint with its archive as that in which it appeared."""
    if item["type"] != "article" or "container-title" in item or "publisher" not in item:
        return item
    return {**_without(item, "publisher"), "container-title": item["publisher"]}


def _letter(item: Item) -> Item:
    """Return a letter that is only named by whom it went to as such: the style writes “Letter to …”, not as a title."""
    named = re.fullmatch("Letter to (.+)", item.get("title", ""))
    if item["type"] != "personal_communication" or not named:
        return item
    return {"recipient": [{"literal": named[1]}], **_without(item, "title"), "genre": "Letter"}


def _dated_by_title(item: Item) -> Item:
    """Return a law without its date where its title ends with it: “Human Rights Act 1998”."""
    parts = item.get("issued", {}).get("date-parts")
    named = item["type"] == "legislation" and parts and str(item.get("title", "")).endswith(f" {parts[0][0]}")
    return _without(item, "issued") if named else item
