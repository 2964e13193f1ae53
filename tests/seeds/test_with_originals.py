"""With the documents at hand the passages are written and every origin finds its own; without, nothing breaks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from debates.formats.document import file_digest, parse_origin, seal
from debates.models import Document, DocumentPassage, Origin
from tests.seeds.invented import RAW, invented
from tests.seeds.small import changed, dump, load, refused, write

pytestmark = pytest.mark.django_db


def origin(written: str, raw: str = RAW) -> str:
    """Return an origin with its digest."""
    return str(seal(parse_origin(written), invented(raw)))


def seed(raw: str = RAW) -> str:
    """Return the small seed, grown from the invented document."""
    text = changed("ab" * 32, file_digest(raw.encode()))
    text = changed(
        "  lines: [1-3]\n", "  lines: [3-6]\n  headings: [3]\n  comments: {announced: 3, listed: 2}\n", text
    )
    text = changed("p1 0123456789abcdef", origin("p1", raw), text)
    text = changed(
        "        voice: keeper\n", f"        voice: keeper\n        origin: {origin('p4[2-4]', raw)}\n", text
    )
    text = changed("page 12, for", f'page 12, passage: "{origin("p3[1-3]", raw)}", for', text)
    return changed("        claim: Rust", f"        origin: {origin('c2.2', raw)}\n        claim: Rust", text)


@pytest.fixture
def originals(tmp_path: Path) -> Path:
    """Give a folder with the invented document, another file and a folder within; it is found by digest, not by name."""
    folder = tmp_path / "originals"
    (folder / "more").mkdir(parents=True)
    (folder / "saved page (2).txt").write_text(RAW, encoding="utf-8")
    (folder / "cat.jpg").write_bytes(b"\xff\xd8\xff")
    return folder


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Give a folder with the small seed, grown from the invented document."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    return write(folder, cranes=seed())


def places() -> dict[str, str]:
    """Return where each origin was found, by the argument that has it."""
    found = {}
    for one in Origin.objects.select_related("argument", "citation__argument", "passage"):
        argument = one.citation.argument if one.citation else one.argument
        assert argument is not None
        assert argument.seed is not None
        kind = "cites" if one.citation_id else "origin"
        found[f"{argument.seed.partition('/')[2]} {kind}"] = one.passage.place if one.passage else ""
    return found


def test_the_passages_are_written_and_every_origin_finds_its_own(seeds: Path, originals: Path) -> None:
    report = load(seeds, originals=originals)
    assert "Keep the cranes: 9 passages, 4 origins found, 0 not found" in report
    assert "the heading announces 3 comments, 2 are listed" in report, "What the page says and holds differs."
    document = Document.objects.get()
    assert document.loaded_at is not None
    assert [passage.place for passage in document.passages.all()] == [
        *("p1", "p2", "p3", "p4"),
        *("c1.1", "c1.2", "c2.1", "c2.2", "c2.3"),
    ]
    assert places() == {
        "keep origin": "p1",
        "memory origin": "p4",
        "rust origin": "c2.2",
        "foreign cites": "p3",
    }


def test_the_second_run_changes_no_row(seeds: Path, originals: Path) -> None:
    load(seeds, originals=originals)
    before = dump()
    report = load(seeds, originals=originals)
    assert dump() == before, "Loading again must not touch a row, not even the time of the first."
    assert "\nunchanged\n" in report


def test_without_the_originals_there_is_the_outline_and_no_text(seeds: Path) -> None:
    report = load(seeds)
    assert "originals" not in report
    assert not DocumentPassage.objects.exists()
    assert Origin.objects.count() == 4, "Where a passage stands is known without its words."
    assert Document.objects.get().loaded_at is None


def test_originals_can_come_later_and_loading_without_them_keeps_what_is_there(
    seeds: Path, originals: Path
) -> None:
    load(seeds)
    load(seeds, originals=originals)
    load(seeds)
    assert DocumentPassage.objects.count() == 9
    assert "" not in places().values()


def test_a_file_that_is_not_the_document_is_a_remark(seeds: Path, originals: Path) -> None:
    (originals / "saved page (2).txt").write_text(RAW + "One word.", encoding="utf-8")
    report = load(seeds, originals=originals)
    assert "no file in" in report
    assert f"has its digest ({file_digest(RAW.encode())[:12]}…); the outline stands in its place." in report
    assert not DocumentPassage.objects.exists(), "What is not the document must not be shown as the document."


def test_an_empty_folder_of_originals_is_a_remark(seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "the outline stands in its place" in load(seeds, originals=tmp_path / "empty")


def test_words_that_are_not_in_the_document_are_a_remark(seeds: Path, originals: Path) -> None:
    write(seeds, cranes=changed(origin("p4[2-4]"), "p4[2-4] 0123456789abcdef", seed()))
    report = load(seeds, originals=originals)
    assert "the passage of harbour-cranes/memory (p4) is not in the text." in report
    assert "3 origins found, 1 not found" in report
    assert places()["memory origin"] == ""


def test_words_that_moved_are_found_where_they_are_now(seeds: Path, originals: Path) -> None:
    write(seeds, cranes=changed(origin("p4[2-4]"), origin("p4[2-4]").replace("p4", "p2"), seed()))
    load(seeds, originals=originals)
    moved = Origin.objects.get(argument__seed="harbour-cranes/memory")
    assert (moved.place, moved.first_word, moved.last_word) == ("p4", 2, 4)
    before = dump()
    load(seeds, originals=originals)
    assert dump() == before, "The second run must leave an origin where the first found it."


def test_another_layout_cuts_the_document_anew(seeds: Path, originals: Path) -> None:
    load(seeds, originals=originals)
    write(seeds, cranes=changed("lines: [3-6]", "lines: [3, 5-6, 4]", seed()))
    report = load(seeds, originals=originals)
    assert "9 passages, 4 origins found, 0 not found" in report
    texts = dict(DocumentPassage.objects.values_list("place", "text"))
    assert texts["p4"] == "The cranes have stood on the quay for ninety years."
    assert places()["memory origin"] == "p3", "An origin follows its words and not its number."


def test_another_layout_without_the_originals_takes_the_old_cut_away(seeds: Path, originals: Path) -> None:
    """Passages under wrong numbers would point readers to words that an argument does not come from."""
    load(seeds, originals=originals)
    write(seeds, cranes=changed("lines: [3-6]", "lines: [3, 5-6, 4]", seed()))
    load(seeds)
    assert not DocumentPassage.objects.exists()
    assert Document.objects.get().loaded_at is None
    assert set(places().values()) == {""}


def test_a_layout_that_does_not_fit_is_a_remark(seeds: Path, originals: Path) -> None:
    write(seeds, cranes=changed("lines: [3-6]", "lines: [3-600]", seed()))
    assert "“3-600” reaches outside the document, which has 16 lines." in load(seeds, originals=originals)
    assert not DocumentPassage.objects.exists()


def test_a_document_that_is_not_utf_8_is_a_remark(seeds: Path, originals: Path) -> None:
    raw = RAW.encode("cp1252")
    (originals / "old.txt").write_bytes(raw)
    write(seeds, cranes=changed(file_digest(RAW.encode()), file_digest(raw), seed()))
    assert "old.txt is not UTF-8: byte " in load(seeds, originals=originals)


def test_check_reads_no_originals(seeds: Path, originals: Path) -> None:
    load(seeds)
    before = dump()
    load(seeds, originals=originals, check=True)
    assert dump() == before, "--check must write nothing."


class TestSealing:
    """sealseeds writes digests into seeds and leaves everything else as it was written."""

    @staticmethod
    def seal(path: Path, originals: Path, **options: bool) -> str:
        """Run sealseeds and return what it prints."""
        import io

        from django.core.management import call_command

        out = io.StringIO()
        call_command("sealseeds", path, originals=originals, stdout=out, **options)
        return out.getvalue()

    @staticmethod
    def bare(text: str) -> str:
        """Return a seed without the digests of its passages."""
        import re

        return re.sub(r"((?:origin|passage): \"?[pc][\d.]+(?:\[\d+-\d+\])?) [0-9a-f]{16}", r"\1", text)

    def test_digests_are_filled_in_and_nothing_else_changes(self, seeds: Path, originals: Path) -> None:
        remarked = seed().replace("theses:\n", "# The theses,   as we read them.\ntheses:   \n\n")
        assert self.bare(remarked) != remarked
        path = write(seeds, cranes=self.bare(remarked)) / "cranes.yaml"
        assert "4 filled in, 0 refreshed, 0 unchanged" in self.seal(path, originals)
        assert path.read_text(encoding="utf-8") == remarked, (
            "Comments, spaces and quotation marks are the writer’s."
        )
        assert "4 origins found, 0 not found" in load(path, originals=originals)

    def test_a_sealed_seed_is_not_written_again(self, seeds: Path, originals: Path) -> None:
        path = seeds / "cranes.yaml"
        os.utime(path, (1, 1))
        assert "0 filled in, 0 refreshed, 4 unchanged" in self.seal(seeds, originals)
        assert path.stat().st_mtime == 1

    @pytest.mark.parametrize(
        "form", ["origin: 'p4[2-4]'", 'origin: "p4[2-4]"  # where it stands', "origin:   p4[2-4]"]
    )
    def test_every_way_of_writing_is_kept(self, form: str, seeds: Path, originals: Path) -> None:
        path = write(seeds, cranes=changed(f"origin: {origin('p4[2-4]')}", form, seed())) / "cranes.yaml"
        self.seal(path, originals)
        wanted = form.replace("p4[2-4]", origin("p4[2-4]"))
        assert path.read_text(encoding="utf-8") == changed(f"origin: {origin('p4[2-4]')}", wanted, seed())

    def test_line_ends_and_letters_of_any_alphabet_are_kept(self, seeds: Path, originals: Path) -> None:
        text = seed().replace("The keeper", "Сторож 🏗").replace("\n", "\r\n")
        path = write(seeds, cranes=self.bare(text)) / "cranes.yaml"
        self.seal(path, originals)
        assert path.read_bytes() == text.encode()

    def test_a_stale_digest_is_refreshed_and_said(self, seeds: Path, originals: Path) -> None:
        path = (
            write(seeds, cranes=changed(origin("p4[2-4]"), "p4[2-4] 0123456789abcdef", seed()))
            / "cranes.yaml"
        )
        report = self.seal(path, originals)
        assert "0 filled in, 1 refreshed, 3 unchanged" in report
        assert (
            "origin: the digest of p4 was of other words; see that these are the ones that are meant."
            in report
        )
        assert path.read_text(encoding="utf-8") == seed()

    def test_check_writes_nothing_and_fails(self, seeds: Path, originals: Path) -> None:
        path = write(seeds, cranes=self.bare(seed())) / "cranes.yaml"
        said = refused(path, command="sealseeds", originals=originals, check=True)
        assert said == "4 digests are missing or stale; run sealseeds without --check."
        assert path.read_text(encoding="utf-8") == self.bare(seed())
        self.seal(path, originals)
        self.seal(path, originals, check=True)

    def test_each_passage_that_is_not_there_gets_its_line_and_the_rest_is_sealed(
        self, seeds: Path, originals: Path
    ) -> None:
        text = changed(
            "origin: p4[2-4]",
            "origin: p9[2-4]",
            changed("origin: c2.2", "origin: c2.2[1-40]", self.bare(seed())),
        )
        text = changed("origin: p1\n", "origin: page 1\n", text)
        path = write(seeds, cranes=text) / "cranes.yaml"
        said = refused(path, command="sealseeds", originals=originals).splitlines()
        assert len(said) == 3, said
        assert said[0].startswith(f"{path}, line 21: origin: “page 1” is not an origin: write a place")
        assert said[1].startswith(f"{path}, line 28: origin: The document has no passage p9")
        assert said[2].startswith(f"{path}, line 42: origin: Passage c2.2 has 2 words")
        assert f'passage: "{origin("p3[1-3]")}"' in path.read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("old", "new", "sentence"),
        [
            ("  lines: [3-6]", "  lines: [3-600]", "reaches outside the document"),
            ("  lines: [3-6]\n", "", "describe it under “article”, with its lines"),
            ("  headings: [3]", "  headings: three", "are the numbers of lines"),
            (
                file_digest(RAW.encode()),
                "cd" * 32,
                "No file among the originals has the digest of its article",
            ),
            ("question: Should", "question: [Should", "This is not YAML"),
            ("origin: p1", "origin: >\n      p1", "Write it on one line"),
        ],
    )
    def test_what_cannot_be_sealed_is_said_in_a_sentence(
        self, old: str, new: str, sentence: str, seeds: Path, originals: Path
    ) -> None:
        path = write(seeds, cranes=changed(old, new, self.bare(seed()))) / "cranes.yaml"
        said = refused(path, command="sealseeds", originals=originals)
        assert str(path) in said
        assert sentence in said
        assert len(said.splitlines()) == 1

    def test_a_library_has_nothing_to_seal(self, seeds: Path, originals: Path) -> None:
        write(seeds, library="format: 1\nlibrary: true\n")
        assert "library.yaml: 0 filled in, 0 refreshed, 0 unchanged" in self.seal(seeds, originals)

    def test_paths_that_are_none_are_named(self, seeds: Path, tmp_path: Path) -> None:
        nowhere = tmp_path / "nowhere"
        assert "nowhere is not a folder" in refused(seeds, command="sealseeds", originals=nowhere)
        assert "nowhere is neither a file nor a folder" in refused(
            nowhere, command="sealseeds", originals=tmp_path
        )
        write(seeds, latin="# Müller".encode("latin-1"))
        assert "latin.yaml is not UTF-8: byte 3 (0xfc)" in refused(
            seeds, command="sealseeds", originals=seeds
        )
