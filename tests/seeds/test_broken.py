"""A seed that is broken in one way gets one sentence that helps: file, line, field, what was expected."""

from __future__ import annotations

import time
from pathlib import Path
from typing import NamedTuple

import pytest

from debates.formats.seed.yaml_file import DEEPEST, LONGEST
from tests.seeds.small import OTHER, SMALL, assert_nothing_was_loaded, changed, load, refused, write

pytestmark = pytest.mark.django_db


class Broken(NamedTuple):
    """One way to break the small seed, and what its sentence must hold."""

    name: str
    text: str | bytes
    line: int
    parts: tuple[str, ...]


def deep(levels: int) -> str:
    """Return a seed whose replies nest this deep."""
    text, margin = OTHER, "    "
    for number in range(levels):
        text += f"{margin}replies:\n{margin}  - id: r{number}\n{margin}    stance: pro\n{margin}    claim: So it is.\n"
        margin += "    "
    return text


BROKEN = [
    Broken("not YAML", changed("question: Should", "question: [Should"), 3, ("not YAML", "expected")),
    Broken(
        "no quotation marks round a colon",
        changed("claim: Rust decides", "claim: Rust: it decides"),
        39,
        ("not YAML", "colon", "quotation marks"),
    ),
    Broken(
        "indented with a tab",
        changed("  source: letter\n", "\tsource: letter\n"),
        7,
        ("indented with a tab", "use spaces"),
    ),
    Broken(
        "a field is missing",
        changed("        claim: Rust decides the matter and not the heart.\n", ""),
        36,
        ("theses[1].replies[2]", "“claim” is missing"),
    ),
    Broken(
        "a field is mistyped",
        changed("elaboration: Nobody", "elaborashun: Nobody"),
        24,
        ("theses[1].replies[1].elaborashun", "This field is not known here; did you mean “elaboration”?"),
    ),
    Broken(
        "a stance that is none",
        changed(
            "id: rust\n        stance: con\n        attacks: claim\n", "id: rust\n        stance: against\n"
        ),
        37,
        ("theses[1].replies[2].stance", "“against” is none of pro, con, note"),
    ),
    Broken(
        "a claim that is too long",
        changed("Rust decides the matter and not the heart.", "R" * 301),
        39,
        ("theses[1].replies[2].claim", "301 characters", "at most 300"),
    ),
    Broken(
        "an id that stands twice",
        changed("id: rust", "id: memory"),
        36,
        ("replies[2].id", "“memory” stands twice"),
    ),
    Broken(
        "a key that stands twice",
        changed(
            "question: Should the harbour keep its cranes?", "question: Should it?\nquestion: Should it not?"
        ),
        4,
        ("question", "stands twice", "keep one"),
    ),
    Broken(
        "a source that nobody describes",
        changed("source: count,", "source: census,"),
        33,
        ("cites", "“census” is described neither under “sources” nor in library.yaml"),
    ),
    Broken(
        "a source that nobody cites",
        changed("  count: {", "  census: {type: book, title: Census}\n  count: {"),
        15,
        ("sources.census", "No argument cites this source"),
    ),
    Broken(
        "a voice that nobody describes",
        changed("voice: keeper", "voice: mayor"),
        25,
        ("voice", "“mayor” is described neither under “voices” nor in library.yaml"),
    ),
    Broken(
        "a rebuttal tag that is none",
        changed("rebuts: [factual-error]", "rebuts: [is-wrong]"),
        32,
        ("rebuts", "“is-wrong” is no rebuttal tag", "factual-error", "missing-context"),
    ),
    Broken(
        "a rebuttal without a source",
        changed(
            "id: rust\n        stance: con\n        attacks: claim\n",
            "id: rust\n        stance: con\n        attacks: claim\n        rebuts: [circular]\n",
        ),
        39,
        ("rebuts", "A rebuttal brings a source"),
    ),
    Broken(
        "a con that says a thesis does not matter",
        changed(
            "id: rust\n        stance: con\n        attacks: claim\n",
            "id: rust\n        stance: con\n        attacks: bearing\n",
        ),
        38,
        ("theses[1].replies[2].attacks", "A thesis stands for itself"),
    ),
    Broken(
        "a pro that attacks",
        changed(
            "        stance: pro\n        claim: The",
            "        stance: pro\n        attacks: claim\n        claim: The",
        ),
        23,
        ("attacks", "Only a con attacks"),
    ),
    Broken(
        "an origin without a digest",
        changed("origin: p1 0123456789abcdef", "origin: p1"),
        19,
        ("theses[1].origin", "“p1”", "digest of 16 digits", "sealseeds"),
    ),
    Broken(
        "an origin that counts backwards",
        changed("origin: p1 0123456789abcdef", "origin: p1[9-3] 0123456789abcdef"),
        19,
        ("theses[1].origin", "counts its words backwards"),
    ),
    Broken(
        "a word that no document has",
        changed("origin: p1 0123456789abcdef", "origin: p1[1-99999999999] 0123456789abcdef"),
        19,
        ("theses[1].origin", "a place and a digest"),
    ),
    Broken(
        "an ISBN that is mistyped",
        changed("9780306406157", "9780306406158"),
        15,
        ("sources.count.isbn", "“9780306406158” is not an ISBN", "last digit"),
    ),
    Broken(
        "a date that is none",
        changed("issued: 1999-05-04", "issued: in May"),
        14,
        ("sources.letter.issued", "“in May” is not a date", "1917-11-07"),
    ),
    Broken(
        "a day that is none",
        changed("issued: 1999-05-04", "issued: 1999-02-31"),
        14,
        ("sources.letter.issued", "“1999-02-31” is not a date", "29 days"),
    ),
    Broken(
        "a type of work that is none",
        changed("type: report", "type: count"),
        15,
        ("sources.count.type", "“count” is no type of work", "report"),
    ),
    Broken(
        "a number where a text belongs",
        changed("claim: Rust decides the matter and not the heart.", "claim: 1917"),
        39,
        ("claim", "1917 was found where a text was expected"),
    ),
    Broken("a list in place of a seed", "- format: 1\n", 1, ("mapping that begins with “format: 1”",)),
    Broken("an empty file", "", 1, ("mapping that begins with “format: 1”",)),
    Broken("another format", changed("format: 1", "format: 2"), 1, ("format", "2 was found where 1")),
    Broken("a NUL byte", SMALL.encode().replace(b"Rust", b"Ru\0st"), 39, ("NUL byte",)),
    Broken("a bell", changed("Rust", "Ru\x07st"), 39, ("not YAML", "U+0007")),
    Broken(
        "an escape that makes a NUL",
        changed("question: Should the harbour keep its cranes?", 'question: "Should \\0 it stay?"'),
        3,
        ("question", "cannot be stored"),
    ),
    Broken(
        "half of a pair",
        changed("title: Count of the cranes", 'title: "Count \\uD800"'),
        15,
        ("sources.count.title", "cannot be stored"),
    ),
    Broken(
        "an alias",
        changed("tags: [harbour]", "tags: &tags [harbour]").replace("tags: [memory]", "tags: *tags"),
        26,
        ("tags", "is not read; write the value out"),
    ),
    Broken("two documents in one file", SMALL + "---\n" + OTHER, 40, ("not YAML", "one debate a file")),
    Broken("nests 300 levels deep", deep(300), 400, (f"more than {DEEPEST} levels deep",)),
    Broken(
        "brackets 100,000 levels deep",
        changed("tags: [harbour]", "tags: " + "[" * 100_000),
        5,
        (f"more than {DEEPEST} levels deep",),
    ),
    Broken(
        "a line of ten megabytes",
        changed("Rust decides", "Rust " * 2_000_000 + "decides"),
        1,
        ("characters; a seed has at most", f"{LONGEST:,}"),
    ),
    Broken(
        "quotations nested too deep",
        changed("Nobody *alive* knows the harbour without them.", f"'{'>' * 40} Nobody knows.'"),
        24,
        ("elaboration", "nests lists or quotations"),
    ),
    Broken(
        "an argument that answers itself",
        changed(
            "id: rust\n        stance: con",
            "id: rust\n        same: [harbour-cranes/rust]\n        stance: con",
        ),
        37,
        ("same[1]", "cannot refer to itself"),
    ),
    Broken(
        "a reference to an argument that is not there",
        changed(
            "id: rust\n        stance: con",
            "id: rust\n        same: [harbour-cranes/dust]\n        stance: con",
        ),
        37,
        ("same[1]", "harbour-cranes has no argument “dust”"),
    ),
    Broken(
        "one reference twice",
        changed(
            "id: rust\n        stance: con",
            "id: rust\n        same: [harbour-cranes/memory, harbour-cranes/memory]\n        stance: con",
        ),
        37,
        ("same[2]", "refers to harbour-cranes/memory twice"),
    ),
    Broken(
        "names too long to join",
        changed("debate: harbour-cranes", "debate: " + "d" * 80)
        .replace("  keeper:", f"  {'k' * 80}:")
        .replace("voice: keeper", f"voice: {'k' * 80}"),
        12,
        ("voices.", "160 characters together", "at most 98"),
    ),
    Broken(
        "an address longer than any",
        changed("title: Count of the cranes", "title: Count, url: https://x.example/" + "x" * 2000),
        15,
        ("sources.count.url", "at most 2000"),
    ),
]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_a_broken_seed_gets_a_sentence_that_helps(broken: Broken, tmp_path: Path) -> None:
    write(tmp_path, broken=broken.text)
    began = time.process_time()
    said = refused(tmp_path)
    assert time.process_time() - began < 5, "Nobody waits this long to hear that a file is broken."
    first, *_others, last = said.splitlines()
    assert first.startswith(f"{tmp_path / 'broken.yaml'}, line {broken.line}: "), (
        f"The sentence must begin with the file and the line {broken.line}: {first}"
    )
    for part in broken.parts:
        assert part in first, f"The sentence must say “{part}”: {first}"
    assert said.count("broken.yaml, line") == 1, f"One mistake is one sentence:\n{said}"
    assert last == "1 fault; nothing was loaded."
    assert_nothing_was_loaded()


@pytest.mark.parametrize("broken", BROKEN[:12], ids=lambda broken: broken.name)
def test_a_broken_seed_keeps_a_good_one_beside_it_out_too(broken: Broken, tmp_path: Path) -> None:
    """All files are read before the first is written: half a folder is harder to mend than none."""
    write(tmp_path, a_good=OTHER, broken=broken.text)
    refused(tmp_path)
    assert_nothing_was_loaded()


def test_the_small_seed_itself_is_whole(tmp_path: Path) -> None:
    assert "unchanged" in load(write(tmp_path, small=SMALL)), (
        "Else the tests above would test something else."
    )


def test_every_fault_of_every_file_is_said_at_once(tmp_path: Path) -> None:
    said = refused(
        write(
            tmp_path,
            one=changed("voice: keeper", "voice: mayor").replace("source: count,", "source: census,"),
            two=changed("keep its lamps?", "keep its lamps?\ncolour: red", OTHER),
        )
    )
    for part in ("“mayor”", "“census”", "two.yaml, line 4: colour"):
        assert part in said, f"One reading must mend all; {part} is not named:\n{said}"
    assert said.endswith("faults; nothing was loaded.")


def test_a_seed_that_is_not_utf_8_names_encoding_and_byte(tmp_path: Path) -> None:
    write(tmp_path, latin=changed("The keeper", "The Müller").encode("latin-1"))
    said = refused(tmp_path)
    assert "latin.yaml is not UTF-8" in said
    assert "0xfc" in said, f"Whoever mends it must find the byte: {said}"
    assert_nothing_was_loaded()


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert "created" in load(write(tmp_path, marked=b"\xef\xbb\xbf" + SMALL.encode())), (
        "Some editors write one before every text."
    )


def test_a_source_that_two_debates_describe_belongs_in_the_library(tmp_path: Path) -> None:
    cites = OTHER + "    cites: [{source: count}]\nsources:\n  count: {type: book, title: Another count}\n"
    said = refused(write(tmp_path, cranes=SMALL, lamps=cites))
    assert "lamps.yaml, line 9: sources.count: " in said
    assert "cranes.yaml describes this source too; move it to library.yaml" in said
    assert_nothing_was_loaded()


def test_a_source_that_the_library_has_is_not_described_again(tmp_path: Path) -> None:
    library = "format: 1\nlibrary: true\nsources:\n  count: {type: book, title: Another count}\n"
    said = refused(write(tmp_path, cranes=SMALL, library=library))
    assert "cranes.yaml, line 15: sources.count: library.yaml has a source of this name" in said
    assert_nothing_was_loaded()


def test_two_files_with_one_debate_are_refused(tmp_path: Path) -> None:
    said = refused(write(tmp_path, one=OTHER, two=OTHER))
    assert "two.yaml, line 2: debate: " in said
    assert "one.yaml has the same name; each debate needs its own" in said
    assert_nothing_was_loaded()


def test_two_debates_from_one_document_are_refused(tmp_path: Path) -> None:
    """Each load would undo what the other wrote, and the second run would never say “unchanged”."""
    other = changed("debate: harbour-cranes", "debate: harbour-twins").replace("letter", "reprint")
    said = refused(write(tmp_path, one=SMALL, two=other.replace("count", "tally")))
    assert "two.yaml, line 8: article.digest: " in said
    assert "one.yaml grew from this document too" in said
    assert_nothing_was_loaded()


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    assert refused(tmp_path) == f"{tmp_path} holds no seed (a file that ends in .yaml)."


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    assert (
        refused(tmp_path / "nowhere.yaml") == f"{tmp_path / 'nowhere.yaml'} is neither a file nor a folder."
    )


def test_originals_that_are_no_folder_are_named_before_anything_is_written(tmp_path: Path) -> None:
    said = refused(write(tmp_path, small=SMALL), originals=tmp_path / "nowhere")
    assert "nowhere is not a folder; --originals wants" in said
    assert_nothing_was_loaded()


def test_check_finds_what_loading_finds(tmp_path: Path) -> None:
    assert "“mayor”" in refused(write(tmp_path, broken=changed("voice: keeper", "voice: mayor")), check=True)


def test_a_seed_may_nest_as_deep_as_we_say(tmp_path: Path) -> None:
    """Else the limit is not a limit but a crash somewhere after it."""
    levels = (DEEPEST - 4) // 2
    load(write(tmp_path, deep=deep(levels)))
    assert refused(write(tmp_path, deep=deep(DEEPEST // 2)))
