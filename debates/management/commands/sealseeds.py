"""Write into seeds the digests of the passages that they name."""

from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError

from debates.exchange.originals import find_originals, read_original
from debates.formats.document import Document, DocumentError, Layout, parse_origin, seal
from debates.formats.seed.faults import SeedError
from debates.formats.seed.yaml_file import parse
from debates.management.commands.loadseeds import SEEDS

FIELDS = ("origin", "passage")


@dataclass
class Sealing:
    """What became of one file: its new text, counts, and a sentence for everything that was not plain."""

    text: str
    remarks: list[str]
    failures: list[str]
    filled: int = 0
    refreshed: int = 0
    unchanged: int = 0


class Command(BaseCommand):
    """Fill in and refresh the digests of origins; comments and layout of the files stay as they are."""

    help = (
        "Fill in, or refresh, the digest of every origin and passage in seed files (default: all of seeds/)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take files or folders, and the folder of the originals."""
        parser.add_argument(
            "paths", nargs="*", type=Path, help="seed files, or folders of them (default: seeds/)"
        )
        parser.add_argument(
            "--originals", type=Path, required=True, help="a folder with the original documents"
        )
        parser.add_argument(
            "--check", action="store_true", help="write nothing, and fail where a digest would change"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal file by file; every origin that can be sealed is, and the others are named. Any: Django's own signature."""
        folder: Path = options["originals"]
        if not folder.is_dir():
            raise CommandError(
                f"{folder} is not a folder; --originals wants the one that holds the original documents."
            )
        originals = find_originals(folder)
        failures: list[str] = []
        changed = 0
        for path in _files(options["paths"] or [SEEDS]):
            written = _read(path)
            sealing = seal_text(str(path), written, originals)
            failures += sealing.failures
            changed += sealing.filled + sealing.refreshed
            if sealing.text != written and not options["check"]:
                with path.open("w", encoding="utf-8", newline="") as file:
                    file.write(sealing.text)
            self.stdout.write(
                f"{path}: {sealing.filled} filled in, {sealing.refreshed} refreshed, {sealing.unchanged} unchanged"
            )
            for remark in sealing.remarks:
                self.stdout.write(f"  {remark}")
        if options["check"] and changed:
            failures.append(
                f"{changed} digest{'s are' if changed > 1 else ' is'} missing or stale; run sealseeds without --check."
            )
        if failures:
            raise CommandError("\n".join(failures))


def _files(paths: list[Path]) -> list[Path]:
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(sorted(path.glob("*.yaml"))))
        elif path.is_file():
            found[path] = None
        else:
            raise CommandError(f"{path} is neither a file nor a folder.")
    return list(found)


def _read(path: Path) -> str:
    """Return the text with the line ends that it has."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise CommandError(
            f"{path} is not UTF-8: byte {error.start} ({error.object[error.start]:#04x}) cannot be read."
        ) from error


def seal_text(name: str, text: str, originals: dict[str, Path]) -> Sealing:
    """Return a seed's text with its digests. The schema does not count here: it refuses what is not yet sealed."""
    sealing = Sealing(text, remarks=[], failures=[])
    try:
        root, data = parse(name, text)
        places = list(_places(root))
        document = _document(name, data, originals) if places else None
    except SeedError as error:
        sealing.failures.append(str(error))
        return sealing
    except DocumentError as error:
        sealing.failures.append(f"{name}: {error}")
        return sealing
    if document is None:
        return sealing
    pieces: list[str] = []
    end = 0
    for field, node in places:
        try:
            if node.style in ("|", ">"):
                raise DocumentError("Write it on one line, behind the field’s name.")
            origin = parse_origin(node.value)
            sealed = seal(origin, document)
        except DocumentError as error:
            sealing.failures.append(f"{name}, line {node.start_mark.line + 1}: {field}: {error}")
            continue
        if origin.digest == sealed.digest:
            sealing.unchanged += 1
            continue
        if origin.digest:
            sealing.refreshed += 1
            sealing.remarks.append(
                f"line {node.start_mark.line + 1}: {field}: the digest of {origin.place} was of other words; "
                "see that these are the ones that are meant."
            )
        else:
            sealing.filled += 1
        quote = node.style or ""
        pieces += [text[end : node.start_mark.index], f"{quote}{sealed}{quote}"]
        end = node.end_mark.index
    sealing.text = "".join([*pieces, text[end:]])
    return sealing


def _places(root: yaml.Node | None) -> Iterator[tuple[str, yaml.ScalarNode]]:
    """Yield every field that names a passage, in the order of the text."""
    found = []
    stack = [root] if root is not None else []
    seen: set[int] = set()
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value in FIELDS and isinstance(value, yaml.ScalarNode):
                    found.append((key.value, value))
                stack.append(value)
        elif isinstance(node, yaml.SequenceNode):
            stack.extend(node.value)
    yield from sorted(found, key=lambda place: place[1].start_mark.index)


def _document(name: str, data: Any, originals: dict[str, Path]) -> Document:
    """Return the document that a seed grew from. Any: YAML that no schema has checked."""
    article = data.get("article") if isinstance(data, dict) else None
    if not isinstance(article, dict) or not isinstance(article.get("lines"), list):
        raise DocumentError(
            "It names passages, and no document: describe it under “article”, with its lines."
        )
    digest = str(article.get("digest", ""))
    if digest not in originals:
        raise DocumentError(f"No file among the originals has the digest of its article ({digest[:12]}…).")
    headings = article.get("headings") or ()
    if not isinstance(headings, list | tuple) or not all(isinstance(one, int) for one in headings):
        raise DocumentError("The headings of its article are the numbers of lines, as in [3, 17].")
    return read_original(originals[digest], Layout([str(one) for one in article["lines"]], headings))
