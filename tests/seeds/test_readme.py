"""The example in seeds/README.md is what a writer copies first, so it loads as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from debates.formats.outline import arguments_of
from debates.management.commands.loadseeds import SEEDS, read_files
from debates.models import Argument
from debates.models.tag import VOCABULARY
from tests.seeds.small import figures, load, write

README = (SEEDS / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """Give a folder with the example in it."""
    found = re.findall(r"^```yaml\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)
    assert len(found) == 1, "seeds/README.md promises one complete example."
    return write(tmp_path, example=found[0])


@pytest.mark.django_db
def test_the_example_loads_and_only_the_debate_it_refers_to_is_missing(example: Path) -> None:
    report = load(example)
    assert figures(report, "arguments") == (3, 0, 0, 0)
    remarks = [line for line in report.splitlines() if line.startswith("  ") and line.endswith(".")]
    assert len(remarks) == 3, report
    assert all("example-town-hall" in remark and "not loaded" in remark for remark in remarks)
    assert Argument.objects.get(seed="example-town-library/costs").is_rebuttal
    assert load(example).splitlines()[-1] == "unchanged"


def test_the_example_shows_every_kind_of_field(example: Path) -> None:
    (outline,) = read_files([example])
    arguments = [argument for argument, _parent in arguments_of(outline)]
    for name in ("voice", "origin", "elaboration", "tags", "rebuts", "citations", "links", "attacks"):
        assert any(getattr(argument, name) for argument in arguments), f"The example must show “{name}”."
    assert outline.article is not None
    assert outline.article.sections
    assert any(cite.passage for argument in arguments for cite in argument.citations)


def test_the_readme_names_every_rebuttal_tag_and_no_other() -> None:
    listed = README.partition("## What a rebuttal can say is wrong")[2].partition("A con with")[0]
    assert re.findall(r"`([a-z-]+)`", listed) == list(VOCABULARY), (
        "Who writes a seed reads the list there, and the loader refuses what is not in VOCABULARY."
    )
