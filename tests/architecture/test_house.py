"""The house rules that no other tool looks after."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("debates", "forum")
KNOTS = {"utils", "util", "helpers", "helper", "core", "common", "services", "service", "managers", "misc"}
"""Names that say nothing, so everything ends there: in the projects we measured they are the centre of the knot."""
LONGEST = 400
"""Lines a file."""
LONGER: dict[str, str] = {}
"""Files that are longer, each with the reason. Add none lightly."""


def sources(*folders: str) -> Iterator[Path]:
    """Yield our Python files, migrations left out: Django writes those."""
    for folder in folders or OURS:
        yield from (path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    """Return a file's name within the project."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("folder", [*OURS, "tests"])
def test_no_module_has_a_name_that_says_nothing(folder: str) -> None:
    for path in (ROOT / folder).rglob("*"):
        if "__pycache__" in path.parts or not (path.is_dir() or path.suffix == ".py"):
            continue
        if name_of(path) == "tests/core":  # the tests of what the contract “pure-core” calls the core
            continue
        assert path.stem not in KNOTS, (
            f"{name_of(path)}: a module is named for what it is about; “{path.stem}” takes in everything."
        )


def test_views_fetch_as_somebody() -> None:
    """`.objects.get(` sees what the requester may not: `visible_to` or `listed` come first."""
    views = [path for path in sources() if "views" in path.parts or path.name == "views.py"]
    assert len(views) > 10, "The views have moved, and this test looks at none."
    bare = re.compile(
        r"objects\s*\.(get|first|last|latest|earliest|all)\(\)?|get_object_or_404\(\s*[A-Z]\w*\s*,"
    )
    allowed = {
        "Debate.objects.get(slug=slug)": "it was opened by this request",
        "LogEntry.objects.all()": "anyone may read the log",
        "get_object_or_404(User,": "members are public",
        "get_object_or_404(Tag,": "its texts are fetched as somebody, and without any it is not found",
        "objects.all().subtree_of": "followed by visible_to",
    }
    for path in views:
        text = path.read_text()
        for match in bare.finditer(text):
            around = " ".join(text[max(0, match.start() - 12) : match.end() + 20].split())
            assert any(" ".join(known.split()) in around for known in allowed), (
                f"{name_of(path)} fetches without asking who reads ({match[0]}…): begin with visible_to(viewer)."
            )


def test_no_file_grows_without_a_seam() -> None:
    for name in LONGER:
        assert (ROOT / name).exists(), f"{name} is gone: take it out of LONGER."
    for path in sources():
        lines = len(path.read_text().splitlines())
        name = name_of(path)
        if name in LONGER:
            assert lines > LONGEST, f"{name} has {lines} lines: it needs no exception any more."
        else:
            assert lines <= LONGEST, f"{name} has {lines} lines: find its seam and part it at {LONGEST}."


def test_debates_never_speaks_of_forum() -> None:
    """The arrow points one way; what an import contract cannot see are strings and comments that act as imports."""
    for path in sources("debates"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not re.search(r"\bforum\.\w", node.value), (
                    f"{name_of(path)}:{node.lineno} names a module of forum in a string: debates would survive its house."
                )
            elif isinstance(node, ast.Import | ast.ImportFrom):
                names = [alias.name for alias in node.names] + [getattr(node, "module", None) or ""]
                assert not any(name.split(".")[0] == "forum" for name in names), (
                    f"{name_of(path)}:{node.lineno} imports forum: the arrow points from forum to debates."
                )


def test_the_core_knows_no_framework() -> None:
    core = [
        ROOT / "debates" / name
        for name in (
            "tree.py",
            "difference.py",
            "folding.py",
            "markdown.py",
            "query.py",
            "sentence.py",
            "snippet.py",
            "stemming.py",
        )
    ]
    core += [
        *sources("debates/formats"),
        *sources("debates/bibliography"),
        *sources("debates/lookup"),
        *sources("debates/layout"),
        *sources("debates/strength"),
    ]
    for path in core:
        assert not re.search(
            r"^\s*(from|import) (django|psycopg|taggit)\b", path.read_text(), re.MULTILINE
        ), f"{name_of(path)} imports a framework: the core is tested in microseconds and travels."
