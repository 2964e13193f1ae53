"""Read seeds: one debate as YAML, checked against a schema; an error names file, line, field and what was expected."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, ValidationError

from debates import markdown
from debates.bibliography.record import (
    TYPES,
    Name,
    Record,
    RecordError,
    read_date,
    read_doi,
    read_isbn,
    read_locator,
)
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
    arguments_of,
)

SCHEMA: dict[str, Any] = json.loads(Path(__file__).with_name("seed.schema.json").read_text(encoding="utf-8"))
"""The schema. Any: JSON."""

DEEPEST = 200
"""Levels of YAML that we read; beyond it a file is broken or hostile."""

LONGEST_VOICE = 98
"""Characters of a debate's name and a voice's together; their address joins the two."""

type Place = tuple[str | int, ...]


LONGEST = 2_000_000
"""Characters of a file that we read; our longest seed has a hundred thousand."""


class _TooDeep(yaml.MarkedYAMLError):
    """Stop before PyYAML, which is recursive, runs out of stack."""


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader, but a date stays the text that was written, and depth has an end."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Compose a node, counting how deep it stands. Any: a number or a key's node."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise _TooDeep(None, None, None, self.get_mark())
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a seed."""

    file: str
    line: int
    field: str
    sentence: str

    def __str__(self) -> str:
        return (
            f"{self.file}, line {self.line}: {self.field}: {self.sentence}"
            if self.field
            else f"{self.file}, line {self.line}: {self.sentence}"
        )


class SeedError(ValueError):
    """Carry everything that is wrong in the seeds, so that one reading mends all."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


@dataclass
class Library:
    """Sources and voices that more than one debate uses."""

    voices: dict[str, OutlineVoice]
    sources: dict[str, OutlineSource]


@dataclass
class _File:
    """One file: its data, and the line of every value."""

    name: str
    data: dict[str, Any]  # Any: YAML
    lines: dict[Place, int]
    references: list[tuple[Place, str, str]] = field(default_factory=list)
    """(place, who refers, to which argument), each as `debate/argument`"""

    def fault(self, place: Place, sentence: str) -> Fault:
        near = place
        while near and near not in self.lines:
            near = near[:-1]
        return Fault(self.name, self.lines.get(near, 1), _written(place), sentence)


def read_seeds(texts: Mapping[str, str], rebuttal_tags: Sequence[str]) -> list[Outline]:
    """Read the seeds of these texts (name: text) into outlines; raise SeedError with every fault of every file."""
    faults: list[Fault] = []
    files: list[_File] = []
    for name, text in texts.items():
        try:
            file = _parse(name, text)
        except SeedError as error:
            faults += error.faults
            continue
        wrong = _check_schema(file)
        faults += wrong
        if not wrong:
            files.append(file)
    library = Library({}, {})
    for file in files:
        if file.data.get("library"):
            faults += _collect(file, library)
    outlines = []
    for file in files:
        if not file.data.get("library"):
            outline, wrong = _outline(file, library, rebuttal_tags)
            faults += wrong
            outlines.append(outline)
    faults += _twice(files) + _described_twice(files) + _same_article(files) + _references(files, outlines)
    if faults:
        raise SeedError(faults)
    return outlines


def _parse(name: str, text: str) -> _File:
    root, data = parse(name, text)
    if not isinstance(data, dict):
        raise SeedError(
            [Fault(name, 1, "", "A seed is a mapping that begins with “format: 1”; see seeds/README.md.")]
        )
    return _File(name, data, _lines(name, root))


def parse(name: str, text: str) -> tuple[yaml.Node | None, Any]:
    """Return a file's YAML as nodes, which know where they stand, and as data. Any: YAML."""

    def refuse(line: int, sentence: str) -> SeedError:
        return SeedError([Fault(name, line, "", sentence)])

    if len(text) > LONGEST:
        raise refuse(1, f"The file has {len(text):,} characters; a seed has at most {LONGEST:,}.")
    if "\0" in text:
        raise refuse(text[: text.index("\0")].count("\n") + 1, "The file holds a NUL byte; it is not a text.")
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        return root, loader.construct_document(root) if root is not None else None
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise refuse(
            line, f"This is not YAML: the character U+{ord(text[error.position]):04X} is not allowed."
        ) from error
    except _TooDeep as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise refuse(line, f"The file nests more than {DEEPEST} levels deep.") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or "it cannot be read"
        if "'\\t'" in problem:
            problem = "a line is indented with a tab; use spaces"
        raise refuse(mark.line + 1 if mark else 1, f"This is not YAML: {problem}.") from error
    except (yaml.YAMLError, ValueError) as error:
        raise refuse(1, f"This is not YAML: {error}.") from error


def _lines(name: str, root: yaml.Node | None) -> dict[Place, int]:
    """Return the line of every value; refuse what YAML would let pass in silence."""
    lines: dict[Place, int] = {}
    faults: list[Fault] = []
    seen: set[int] = set()
    stack: list[tuple[Place, yaml.Node]] = [((), root)] if root is not None else []
    while stack:
        place, node = stack.pop()
        line = node.start_mark.line + 1
        lines.setdefault(place, line)
        if id(node) in seen:
            # A few aliases of aliases make a file of a kilobyte grow to gigabytes.
            faults.append(
                Fault(
                    name,
                    lines[place],
                    _written(place),
                    "A reference (* to &) is not read; write the value out.",
                )
            )
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode) and _unprintable(node.value):
            faults.append(
                Fault(
                    name,
                    line,
                    _written(place),
                    "It holds a character that cannot be stored (a NUL or half of a pair); remove it.",
                )
            )
        if isinstance(node, yaml.MappingNode):
            inside: list[tuple[Place, yaml.Node]] = []
            for key, value in node.value:
                inner = (*place, str(key.value))
                if inner in lines:
                    faults.append(
                        Fault(
                            name,
                            key.start_mark.line + 1,
                            _written(inner),
                            "This key stands twice; keep one of the two.",
                        )
                    )
                lines[inner] = key.start_mark.line + 1
                inside.append((inner, value))
            stack += reversed(inside)
        elif isinstance(node, yaml.SequenceNode):
            stack += reversed([((*place, number), value) for number, value in enumerate(node.value)])
    if faults:
        raise SeedError(faults)
    return lines


def _unprintable(text: str) -> bool:
    """Say whether a text holds what no database stores; an escape in quotation marks can make it."""
    return "\0" in text or any("\ud800" <= char <= "\udfff" for char in text)


def _check_schema(file: _File) -> list[Fault]:
    branch = "library" if file.data.get("library") else "debate"
    validator = Draft202012Validator({"$ref": f"#/$defs/{branch}", "$defs": SCHEMA["$defs"]})
    errors = sorted(validator.iter_errors(file.data), key=lambda error: list(map(str, error.absolute_path)))
    faults = []
    for error in errors:
        place = tuple(error.absolute_path)
        if error.validator == "additionalProperties":
            faults += _unknown(file, place, error)
        else:
            faults.append(file.fault(place, _sentence(error)))
    return faults


def _unknown(file: _File, place: Place, error: ValidationError) -> list[Fault]:
    """Name every field that the schema does not know, on its own line."""
    schema: Any = error.schema  # Any: JSON
    found: Any = error.instance  # Any: YAML
    known = sorted(schema.get("properties", {}))
    faults = []
    for key in map(str, found):
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"did you mean “{near[0]}”?" if near else f"known are {', '.join(known)}."
            faults.append(file.fault((*place, key), f"This field is not known here; {hint}"))
    return faults


def _sentence(error: ValidationError) -> str:
    """Say what was expected, in words for the kinds of mistake that people make."""
    found: Any = error.instance  # Any: YAML
    rule: Any = error.validator_value  # Any: JSON, as the schema has it
    value = _shown(found)
    match error.validator:
        case "required":
            missing = [key for key in rule if key not in found]
            return f"{_listed(missing)} {'is' if len(missing) == 1 else 'are'} missing."
        case "enum":
            return f"{value} is none of {', '.join(map(str, rule))}."
        case "const":
            return f"{value} was found where {_shown(rule)} was expected."
        case "maxLength":
            return f"{len(found)} characters were found where at most {rule} fit."
        case "minLength" | "minItems" | "minProperties":
            return "It is empty, or shorter than it must be."
        case "type":
            kinds = rule if isinstance(rule, list) else [rule]
            return f"{value} was found where {' or '.join(_KINDS[kind] for kind in kinds)} was expected."
        case "pattern":
            return f"{value} was found where {_PATTERNS.get(rule, 'another form')} was expected."
    return f"{error.message}."


_KINDS = {
    "string": "a text",
    "integer": "a whole number",
    "array": "a list",
    "object": "a mapping",
    "boolean": "true or false",
}
_PATTERNS = {
    SCHEMA["$defs"]["key"]["pattern"]: "a name of lower-case letters, digits and hyphens",
    SCHEMA["$defs"]["reference"]["pattern"]: "debate/argument, as in example-town-hall/no-money,",
    SCHEMA["$defs"]["origin"][
        "pattern"
    ]: "a place and a digest of 16 digits, as in p4[12-40] 8d969eef6ecad3c2 (run sealseeds),",
    "^[0-9a-f]{64}$": "a SHA-256 of 64 digits",
    SCHEMA["$defs"]["debate"]["properties"]["article"]["properties"]["outline"]["items"]["properties"][
        "passages"
    ]["pattern"]: "a range, as in p1-p4,",
}


def _collect(file: _File, library: Library) -> list[Fault]:
    faults: list[Fault] = []
    library.voices.update(_voices(file))
    library.sources.update(_sources(file, faults))
    return faults


def _outline(file: _File, library: Library, rebuttal_tags: Sequence[str]) -> tuple[Outline, list[Fault]]:
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
    known = _Known(voices, sources, rebuttal_tags)
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


class _Known:
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
    file: _File, place: Place, data: Mapping[str, Any], known: _Known, faults: list[Fault]
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
    file: _File, place: Place, data: Mapping[str, Any], known: _Known, faults: list[Fault]
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
        markdown.render(data.get("elaboration", ""))
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


def _origin(file: _File, place: Place, written: str | None, faults: list[Fault]) -> Origin | None:
    if written is None:
        return None
    if not file.data.get("article"):
        faults.append(file.fault(place, "An origin needs the document: describe it under “article”."))
    try:
        return parse_origin(written)
    except DocumentError as error:
        faults.append(file.fault(place, str(error)))
        return None


def _article(file: _File, sources: Mapping[str, OutlineSource], faults: list[Fault]) -> OutlineArticle | None:
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


def _voices(file: _File) -> dict[str, OutlineVoice]:
    return {
        key: OutlineVoice(key, _line(data["name"]), data["known"], _line(data.get("how", "")))
        for key, data in file.data.get("voices", {}).items()
    }


def _sources(file: _File, faults: list[Fault]) -> dict[str, OutlineSource]:
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


def _twice(files: Sequence[_File]) -> list[Fault]:
    seen: dict[str, str] = {}
    faults = []
    for file in files:
        key = file.data.get("debate")
        if key is None:
            continue
        if key in seen:
            faults.append(
                file.fault(("debate",), f"{seen[key]} has the same name; each debate needs its own.")
            )
        seen[key] = file.name
    return faults


def _described_twice(files: Sequence[_File]) -> list[Fault]:
    """Refuse a source that two debates describe: it is one work, and belongs in the library."""
    seen: dict[str, str] = {}
    faults = []
    for file in files:
        for key in file.data.get("sources", {}) if not file.data.get("library") else ():
            if key in seen:
                faults.append(
                    file.fault(
                        ("sources", key), f"{seen[key]} describes this source too; move it to library.yaml."
                    )
                )
            seen[key] = file.name
    return faults


def _same_article(files: Sequence[_File]) -> list[Fault]:
    """Refuse a document that two debates lay out: each would undo what the other wrote."""
    seen: dict[str, str] = {}
    faults = []
    for file in files:
        article = file.data.get("article", {})
        for name in ("source", "digest"):
            value = article.get(name)
            if value in seen:
                faults.append(
                    file.fault(
                        ("article", name), f"{seen[value]} grew from this document too; keep one of the two."
                    )
                )
            elif value:
                seen[value] = file.name
    return faults


def _references(files: Sequence[_File], outlines: Sequence[Outline]) -> list[Fault]:
    """Refuse a reference that cannot be meant. One to a debate that is not among the files may be in the database."""
    debates = {outline.key for outline in outlines}
    known = {key for outline in outlines for key in keys_of(outline)}
    faults = []
    for file in files:
        seen = set()
        for place, argument, target in file.references:
            debate, _, name = target.partition("/")
            if target == argument:
                faults.append(file.fault(place, "An argument cannot refer to itself."))
            elif (argument, target) in seen:
                faults.append(
                    file.fault(place, f"This argument refers to {target} twice; keep one of the two.")
                )
            elif debate in debates and target not in known:
                faults.append(file.fault(place, f"{debate} has no argument “{name}”."))
            seen.add((argument, target))
    return faults


def keys_of(outline: Outline) -> set[str]:
    """Return `debate/argument` for every argument of an outline."""
    return {f"{outline.key}/{argument.key}" for argument, _parent in arguments_of(outline)}


def _line(text: Any) -> str:
    """Return a text as one line. Any: YAML that the schema has checked."""
    return " ".join(str(text).split())


def _written(place: Place) -> str:
    written = ""
    for step in place:
        written += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if written else step
    return written


def _shown(value: Any) -> str:
    """Return a value as a person would point at it. Any: YAML."""
    if isinstance(value, str):
        return f"“{value[:60]}…”" if len(value) > 60 else f"“{value}”"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
