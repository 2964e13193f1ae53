"""Read a file as YAML, keeping the line of every value; refuse what is hostile or would be dropped in silence."""

from dataclasses import dataclass, field
from typing import Any

import yaml

from debates.formats.seed.faults import Fault, Place, SeedError, written

DEEPEST = 200
"""Levels of YAML that we read; beyond it a file is broken or hostile."""

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


@dataclass
class SeedFile:
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
        return Fault(self.name, self.lines.get(near, 1), written(place), sentence)


def read_file(name: str, text: str) -> SeedFile:
    root, data = parse(name, text)
    if not isinstance(data, dict):
        raise SeedError(
            [Fault(name, 1, "", "A seed is a mapping that begins with “format: 1”; see seeds/README.md.")]
        )
    return SeedFile(name, data, lines_of(name, root))


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
        problem = next((hint for words, hint in _HINTS.items() if words in problem), problem)
        raise refuse(mark.line + 1 if mark else 1, f"This is not YAML: {problem}.") from error
    except (yaml.YAMLError, ValueError) as error:
        raise refuse(1, f"This is not YAML: {error}.") from error


_HINTS = {
    "'\\t'": "a line is indented with a tab; use spaces",
    "mapping values are not allowed here": "a text with a colon and a space in it stands in quotation marks",
    "found another document": "a second document begins here; write one debate a file",
}
"""What YAML's own words for frequent mistakes mean."""


def lines_of(name: str, root: yaml.Node | None) -> dict[Place, int]:
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
                    written(place),
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
                    written(place),
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
                            written(inner),
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
