"""A small invented seed for the tests to load, break and change, with the commands that take it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError

from debates.models import Argument, Debate, Document, Link, Revision, Source, Voice

SMALL = """\
format: 1
debate: harbour-cranes
question: Should the harbour keep its cranes?
summary: A letter and one answer.
tags: [harbour]
article:
  source: letter
  digest: "{digest}"
  reading: everyone
  lines: [1-3]
voices:
  keeper: {name: The keeper, known: signed, how: She signs.}
sources:
  letter: {type: article-newspaper, title: Keep the cranes, issued: 1999-05-04}
  count: {type: report, title: Count of the cranes, isbn: "9780306406157"}
theses:
  - id: keep
    claim: The harbour should keep its cranes.
    origin: p1 0123456789abcdef
    replies:
      - id: memory
        stance: pro
        claim: The cranes are the memory of the town.
        elaboration: Nobody *alive* knows the harbour without them.
        voice: keeper
        tags: [memory]
        replies:
          - id: foreign
            stance: con
            attacks: claim
            claim: Half of the cranes came from elsewhere.
            rebuts: [factual-error]
            cites: [{source: count, locator: page 12, for: The count names their makers.}]
            replies:
              - {id: welcome, stance: pro, claim: What came from elsewhere belongs here too.}
      - id: rust
        stance: con
        attacks: claim
        claim: Rust decides the matter and not the heart.
""".replace("{digest}", "ab" * 32)
"""A debate of five arguments. Every test that breaks it changes one line."""

OTHER = """\
format: 1
debate: harbour-lamps
question: Should the harbour keep its lamps?
theses:
  - id: keep
    claim: The harbour should keep its lamps.
"""


def changed(old: str, new: str, text: str = SMALL) -> str:
    """Return the seed with one place of it changed; the place must be there."""
    assert text.count(old) == 1, f"The small seed holds “{old}” {text.count(old)} times; change one place."
    return text.replace(old, new)


def write(folder: Path, **texts: str | bytes) -> Path:
    """Write seeds into a folder, `name="text"` each (an underscore becomes a hyphen), and return it."""
    for name, text in texts.items():
        raw = text if isinstance(text, bytes) else text.encode()
        (folder / f"{name.replace('_', '-')}.yaml").write_bytes(raw)
    return folder


def load(*paths: Path, **options: Any) -> str:
    """Run loadseeds and return what it prints. Any: its options."""
    out = io.StringIO()
    call_command("loadseeds", *paths, stdout=out, **options)
    return out.getvalue()


def refused(*paths: Path, command: str = "loadseeds", **options: Any) -> str:
    """Run a command that must refuse, and return its sentences. Any: its options."""
    out = io.StringIO()
    try:
        call_command(command, *paths, stdout=out, **options)
    except CommandError as error:
        return str(error)
    raise AssertionError(f"{command} must refuse this, and it printed:\n{out.getvalue()}")


def figures(report: str, kind: str) -> tuple[int, ...]:
    """Return one row of the closing table: created, updated, unchanged, left."""
    row = next(line for line in report.splitlines() if line.startswith(kind))
    return tuple(map(int, row.removeprefix(kind).split()))[:4]


def seeded(name: str) -> Argument:
    """Return the argument of that seed name, as the database has it now."""
    return Argument.objects.get(seed=name if "/" in name else f"harbour-cranes/{name}")


def assert_nothing_was_loaded() -> None:
    """Fail where a refused seed left any row."""
    counts = {
        model.__name__: model._default_manager.count()
        for model in (Debate, Argument, Source, Document, Voice, Revision, Link)
    }
    assert not any(counts.values()), (
        f"A seed that was refused is loaded in part: {counts}. One transaction a debate."
    )


def dump() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table of debates, all columns. Any: the columns' values."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in apps.get_app_config("debates").get_models()
    }


def assert_tree_is_whole() -> None:
    """Fail where a path does not begin with its parent's, or a depth does not fit."""
    for argument in Argument.objects.select_related("parent"):
        above = argument.parent.path if argument.parent else ""
        assert argument.path[:-4] == above, (
            f"{argument.seed} stands at {argument.path}, its parent at {above}: a reader would find it under another claim."
        )
        assert argument.depth == len(argument.path) // 4 - 1, (
            f"The depth of {argument.seed} does not fit its path."
        )


def as_data(text: str = SMALL) -> Any:
    """Return a seed as data, to be changed and written again. Any: YAML."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # the safest there is: text only


def as_text(data: Any) -> str:
    """Return data as a seed again. Any: YAML."""
    data = {**data, "format": int(data["format"])}
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
