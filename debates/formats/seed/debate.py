"""Turn one checked file into the outline of a debate, or the library into what all may use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from debates import markdown
from debates.bibliography.identifiers import read_doi, read_isbn
from debates.bibliography.locator import read_locator
from debates.bibliography.record import TYPES, Name, Record, RecordError, read_date
from debates.formats.document import DocumentError, Layout, Origin, parse_origin
from debates.formats.outline import (
    Outline,
    OutlineArgument,
    OutlineArticle,
    OutlineCitation,
    OutlineLink,
    OutlineSection,
    OutlineSource,
    OutlineVoice,
)
from debates.formats.seed.faults import Fault, Place
from debates.formats.seed.yaml_file import SeedFile

LONGEST_VOICE = 98
"""Characters of a debate's name and a voice's together; their address joins the two."""
BELOW_A_THESIS = 4
"""Steps to an argument right below a thesis: theses, its number, replies, its number."""


@dataclass
class Library:
    """Sources and voices that more than one debate uses."""

    voices: dict[str, OutlineVoice]
    sources: dict[str, OutlineSource]


def collect(file: SeedFile, library: Library) -> list[Fault]:
    faults: list[Fault] = []
    library.voices.update(_voices(file))
    library.sources.update(_sources(file, faults))
    return faults


def read_debate(
    file: SeedFile, library: Library, rebuttal_tags: Sequence[str]
) -> tuple[Outline, list[Fault]]:
    faults: list[Fault] = []
    data = file.data
    voices = {**library.voices, **_voices(file)}
    sources = {**library.sources, **_sources(file, faults)}
    for key in data.get("sources", {}):
        if key in library.sources:
            faults.append(
                file.fault(
                    ("sources", key), "library.yaml has a source of this name; use that one or rename this."
                )
            )
    theses = []
    known = Known(voices, sources, rebuttal_tags)
    for number, thesis in enumerate(data["theses"]):
        theses.append(_grow(file, ("theses", number), thesis, known, faults))
    article = _article(file, sources, faults)
    outline = Outline(
        key=data["debate"],
        question=_line(data["question"]),
        summary=data.get("summary", "").strip(),
        tags=tuple(data.get("tags", ())),
        article=article,
        related=tuple((one["debate"], _line(one["how"])) for one in data.get("related", ())),
        voices={key: voices[key] for key in sorted(known.used_voices)},
        sources={
            key: sources[key]
            for key in sorted(known.used_sources | ({article.source} if article else set()))
            if key in sources
        },
        shared_voices=frozenset(library.voices),
        theses=theses,
    )
    # What nobody uses is a mistyped use as often as not, and that has its own sentence.
    whole = not faults
    for key in data.get("sources", {}):
        if whole and key not in outline.sources:
            faults.append(file.fault(("sources", key), "No argument cites this source."))
    for key in data.get("voices", {}):
        if len(outline.key) + len(key) > LONGEST_VOICE:
            faults.append(
                file.fault(
                    ("voices", key),
                    f"The names of debate and voice have {len(outline.key) + len(key)} characters together; "
                    f"at most {LONGEST_VOICE} fit.",
                )
            )
        if whole and key not in outline.voices:
            faults.append(file.fault(("voices", key), "No argument has this voice."))
    faults += [
        file.fault(place, f"“{key}” stands twice as an id in this file.") for key, place in known.twice
    ]
    return outline, faults


class Known:
    """What a file may refer to, and what it did."""

    def __init__(
        self,
        voices: Mapping[str, OutlineVoice],
        sources: Mapping[str, OutlineSource],
        rebuttal_tags: Sequence[str],
    ) -> None:
        self.voices, self.sources, self.rebuttal_tags = voices, sources, rebuttal_tags
        self.used_voices: set[str] = set()
        self.used_sources: set[str] = set()
        self.ids: set[str] = set()
        self.twice: list[tuple[str, Place]] = []


def _grow(
    file: SeedFile, place: Place, data: Mapping[str, Any], known: Known, faults: list[Fault]
) -> OutlineArgument:
    """Read a thesis with all below it, without recursion. Any: YAML that the schema has checked."""
    root = _argument(file, place, data, known, faults)
    stack = [(root, place, data)]
    while stack:
        parent, at, raw = stack.pop()
        for number, reply in enumerate(raw.get("replies", ())):
            inner = (*at, "replies", number)
            child = _argument(file, inner, reply, known, faults)
            parent.replies.append(child)
            stack.append((child, inner, reply))
    return root


def _argument(
    file: SeedFile, place: Place, data: Mapping[str, Any], known: Known, faults: list[Fault]
) -> OutlineArgument:
    def wrong(name: str, sentence: str) -> None:
        faults.append(file.fault((*place, name), sentence))

    for name in ("answers", "same"):
        for number, one in enumerate(data.get(name, ())):
            target = one if isinstance(one, str) else one["argument"]
            file.references.append(
                ((*place, name, number), f"{file.data['debate']}/{data['id']}", target),
            )
    stance = data.get("stance", "")
    kind = "thesis" if len(place) == 2 else "note" if stance == "note" else "argument"
    if data["id"] in known.ids:
        known.twice.append((data["id"], (*place, "id")))
    known.ids.add(data["id"])
    if "attacks" in data and stance != "con":
        wrong("attacks", "Only a con attacks something; remove it or change the stance.")
    if data.get("attacks") == "bearing" and len(place) == BELOW_A_THESIS:
        wrong(
            "attacks", "A thesis stands for itself, so it cannot fail to matter: write “claim”, or remove it."
        )
    for tag in data.get("rebuts", ()):
        if tag not in known.rebuttal_tags:
            wrong("rebuts", f"“{tag}” is no rebuttal tag; they are {', '.join(known.rebuttal_tags)}.")
    if data.get("rebuts") and stance != "con":
        wrong("rebuts", "Only a con rebuts; remove the tags or change the stance.")
    if data.get("rebuts") and not data.get("cites"):
        wrong("rebuts", "A rebuttal brings a source: add one under “cites”, or remove the tags.")
    voice = data.get("voice", "")
    if voice and voice not in known.voices:
        wrong("voice", f"“{voice}” is described neither under “voices” nor in library.yaml.")
    elif voice:
        known.used_voices.add(voice)
    try:
        markdown.render(data.get("elaboration", ""), len(data.get("cites", ())))
    except markdown.TextError as error:
        wrong("elaboration", str(error))
    citations = []
    for number, cite in enumerate(data.get("cites", ())):
        if cite["source"] not in known.sources:
            wrong("cites", f"“{cite['source']}” is described neither under “sources” nor in library.yaml.")
            continue
        known.used_sources.add(cite["source"])
        label, value = read_locator(str(cite.get("locator", "")))
        citations.append(
            OutlineCitation(
                cite["source"],
                label,
                value,
                _line(cite.get("for", "")),
                passage=_origin(file, (*place, "cites", number, "passage"), cite.get("passage"), faults),
            )
        )
    links = [
        OutlineLink(
            one["argument"],
            "answers",
            one["stance"],
            one.get("attacks", "claim") if one["stance"] == "con" else "",
        )
        for one in data.get("answers", ())
    ]
    links += [OutlineLink(target, "same") for target in data.get("same", ())]
    return OutlineArgument(
        key=data["id"],
        kind=kind,
        claim=_line(data["claim"]),
        stance=stance if kind == "argument" else "",
        attacks=data.get("attacks", "claim") if stance == "con" else "",
        elaboration=data.get("elaboration", "").strip(),
        voice=voice,
        origin=_origin(file, (*place, "origin"), data.get("origin"), faults),
        rebuts=tuple(data.get("rebuts", ())),
        tags=tuple(data.get("tags", ())),
        citations=tuple(citations),
        links=tuple(links),
    )


def _origin(file: SeedFile, place: Place, written: str | None, faults: list[Fault]) -> Origin | None:
    if written is None:
        return None
    if not file.data.get("article"):
        faults.append(file.fault(place, "An origin needs the document: describe it under “article”."))
    try:
        return parse_origin(written)
    except DocumentError as error:
        faults.append(file.fault(place, str(error)))
        return None


def _article(
    file: SeedFile, sources: Mapping[str, OutlineSource], faults: list[Fault]
) -> OutlineArticle | None:
    data = file.data.get("article")
    if data is None:
        return None
    if data["source"] not in sources:
        faults.append(
            file.fault(
                ("article", "source"),
                f"“{data['source']}” is described neither under “sources” nor in library.yaml.",
            )
        )
    comments = data.get("comments", {})
    return OutlineArticle(
        source=data["source"],
        digest=data["digest"],
        reading=data["reading"],
        licence=data.get("licence", ""),
        layout=Layout(tuple(map(str, data["lines"])), tuple(data.get("headings", ()))),
        announced_comments=comments.get("announced"),
        listed_comments=comments.get("listed"),
        sections=tuple(
            OutlineSection(_line(s["heading"]), _line(s["text"]), s.get("passages", ""))
            for s in data.get("outline", ())
        ),
    )


def _voices(file: SeedFile) -> dict[str, OutlineVoice]:
    return {
        key: OutlineVoice(key, _line(data["name"]), data["known"], _line(data.get("how", "")))
        for key, data in file.data.get("voices", {}).items()
    }


def _sources(file: SeedFile, faults: list[Fault]) -> dict[str, OutlineSource]:
    found = {}
    for key, data in file.data.get("sources", {}).items():
        # A record with a fault still is one, so that its uses are not reported as well.
        found[key] = OutlineSource(key, Record(type="document", title=_line(data["title"])))
        if data["type"] not in TYPES:
            faults.append(
                file.fault(
                    ("sources", key, "type"),
                    f"“{data['type']}” is no type of work; they are {', '.join(TYPES)}.",
                )
            )
            continue
        try:
            record = Record(
                type=data["type"],
                title=_line(data["title"]),
                authors=tuple(Name(**name) for name in data.get("authors", ())),
                issued=read_date(str(data["issued"])) if "issued" in data else (),
                doi=read_doi(data.get("doi", "")),
                isbn=read_isbn(data.get("isbn", "")),
                container=str(data.get("container", "")),
                publisher=str(data.get("publisher", "")),
                place=str(data.get("place", "")),
                volume=str(data.get("volume", "")),
                pages=str(data.get("pages", "")),
                edition=str(data.get("edition", "")),
                url=str(data.get("url", "")),
                note=str(data.get("note", "")),
            )
        except RecordError as error:
            faults.append(file.fault(("sources", key, error.field), str(error)))
            continue
        found[key] = OutlineSource(key, record, _line(data.get("incomplete", "")))
    return found


def _line(text: Any) -> str:
    """Return a text as one line. Any: YAML that the schema has checked."""
    return " ".join(str(text).split())
