"""Read seeds together: what two files say of each other must fit."""

from collections.abc import Mapping, Sequence

from debates.formats.outline import Outline, arguments_of
from debates.formats.seed.debate import Library, collect, read_debate
from debates.formats.seed.faults import Fault, SeedError
from debates.formats.seed.schema import check_schema
from debates.formats.seed.yaml_file import SeedFile, read_file


def read_seeds(texts: Mapping[str, str], rebuttal_tags: Sequence[str]) -> list[Outline]:
    """Read the seeds of these texts (name: text) into outlines; raise SeedError with every fault of every file."""
    faults: list[Fault] = []
    files: list[SeedFile] = []
    for name, text in texts.items():
        try:
            file = read_file(name, text)
        except SeedError as error:
            faults += error.faults
            continue
        wrong = check_schema(file)
        faults += wrong
        if not wrong:
            files.append(file)
    library = Library({}, {})
    for file in files:
        if file.data.get("library"):
            faults += collect(file, library)
    outlines = []
    for file in files:
        if not file.data.get("library"):
            outline, wrong = read_debate(file, library, rebuttal_tags)
            faults += wrong
            outlines.append(outline)
    faults += _twice(files) + _described_twice(files) + _same_article(files) + _references(files, outlines)
    if faults:
        raise SeedError(faults)
    return outlines


def _twice(files: Sequence[SeedFile]) -> list[Fault]:
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


def _described_twice(files: Sequence[SeedFile]) -> list[Fault]:
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


def _same_article(files: Sequence[SeedFile]) -> list[Fault]:
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


def _references(files: Sequence[SeedFile], outlines: Sequence[Outline]) -> list[Fault]:
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
