"""Loading is one transaction a debate, the same however often, and never over what a person wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from debates.actions.moderating.hide import hide
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import lay_text
from debates.models import Argument, Debate, Link, RelatedDebate, Source, State
from debates.search import search_arguments
from tests.conftest import Cast, pro
from tests.seeds.small import (
    OTHER,
    SMALL,
    as_data,
    as_text,
    assert_nothing_was_loaded,
    assert_tree_is_whole,
    changed,
    dump,
    figures,
    load,
    refused,
    seeded,
    write,
)

pytestmark = pytest.mark.django_db


def reply(data: Any, *steps: int) -> Any:
    """Return the argument at these steps of the seed's data. Any: YAML."""
    node = data["theses"][steps[0]]
    for step in steps[1:]:
        node = node["replies"][step]
    return node


def test_a_seed_is_loaded_whole(tmp_path: Path) -> None:
    load(write(tmp_path, cranes=SMALL))
    debate = Debate.objects.get(slug="harbour-cranes")
    assert [tag.name for tag in debate.tags.all()] == ["harbour"]
    assert str(debate.article) == "Keep the cranes 1999"
    foreign = seeded("foreign")
    assert foreign.parent == seeded("memory")
    assert foreign.is_rebuttal, "A con with a rebuttal tag and a source is a rebuttal."
    citation = foreign.citations.get()
    assert (citation.locator_label, citation.locator) == ("page", "12")
    assert citation.purpose == "The count names their makers."
    assert citation.source.isbn == "9780306406157"
    assert seeded("memory").voice is not None
    assert seeded("memory").elaboration_html == (
        "<p>Nobody <em>alive</em> knows the harbour without them.</p>\n"
    )
    assert seeded("keep").origins.get().place == "p1"
    assert foreign.answers_revision == seeded("memory").revisions.get(), (
        "A reply remembers which wording it answers, in a seed as on the site."
    )
    assert_tree_is_whole()


def test_a_table_says_what_was_done(tmp_path: Path) -> None:
    report = load(write(tmp_path, cranes=SMALL))
    head = report.splitlines()[0].split()
    assert head == ["created", "updated", "unchanged", "left", "as", "edited", "removed"]
    assert figures(report, "debates") == (1, 0, 0, 0)
    assert figures(report, "arguments") == (5, 0, 0, 0)
    assert figures(report, "sources") == (2, 0, 0, 0)
    assert "\nunchanged" not in report, "It was not: five arguments are new."


def test_the_second_run_changes_no_row(tmp_path: Path) -> None:
    write(
        tmp_path, cranes=SMALL, lamps=OTHER + "related: [{debate: harbour-cranes, how: Both stand there.}]\n"
    )
    load(tmp_path)
    before = dump()
    report = load(tmp_path)
    assert dump() == before, "Loading again must not touch a row, not even its times."
    assert report.splitlines()[-1] == "unchanged"
    assert figures(report, "arguments") == (0, 0, 6, 0)


def test_check_writes_nothing_and_says_what_would_be(tmp_path: Path) -> None:
    report = load(write(tmp_path, cranes=SMALL), check=True)
    assert "would be created" in report.splitlines()[0]
    assert figures(report, "arguments") == (5, 0, 0, 0)
    assert_nothing_was_loaded()


def test_check_of_a_changed_seed_leaves_every_row(tmp_path: Path) -> None:
    load(write(tmp_path, cranes=SMALL))
    before = dump()
    write(tmp_path, cranes=changed("Rust decides", "Rust alone decides"))
    assert figures(load(tmp_path, check=True), "arguments") == (0, 1, 4, 0)
    assert dump() == before, "--check must write nothing."


def test_a_changed_claim_is_updated_and_its_old_wording_kept(tmp_path: Path) -> None:
    load(write(tmp_path, cranes=SMALL))
    old = seeded("rust")
    report = load(write(tmp_path, cranes=changed("Rust decides", "Corrosion decides")))
    new = seeded("rust")
    assert figures(report, "arguments") == (0, 1, 4, 0)
    assert (new.pk, new.public_id, new.path) == (old.pk, old.public_id, old.path), (
        "Its address must not change."
    )
    assert new.claim == "Corrosion decides the matter and not the heart."
    assert [r.claim for r in new.revisions.order_by("number")] == [old.claim, new.claim]
    assert list(search_arguments("corrosion")) == [new]
    assert not search_arguments("rust"), "The search must forget the old wording."


def test_changed_citations_and_tags_are_updated(tmp_path: Path) -> None:
    load(write(tmp_path, cranes=SMALL))
    text = changed("locator: page 12", "locator: page 13").replace("tags: [memory]", "tags: [past]")
    load(write(tmp_path, cranes=text))
    assert seeded("foreign").citations.get().locator == "13"
    assert [tag.name for tag in seeded("memory").topic_tags] == ["past"]


def test_a_changed_source_is_updated(tmp_path: Path) -> None:
    load(write(tmp_path, cranes=SMALL))
    report = load(write(tmp_path, cranes=changed("Count of the cranes", "Count of all cranes")))
    assert figures(report, "sources") == (0, 1, 1, 0)
    assert figures(report, "arguments") == (0, 0, 5, 0)
    assert Source.objects.get(seed="count").record.title == "Count of all cranes"


def test_a_source_that_was_edited_on_the_site_is_left(tmp_path: Path) -> None:
    load(write(tmp_path, cranes=SMALL))
    Source.objects.filter(seed="count").update(title="Cleo’s title", edited_at=timezone.now())
    report = load(write(tmp_path, cranes=changed("Count of the cranes", "Count of all cranes")))
    assert Source.objects.get(seed="count").title == "Cleo’s title", "A person’s edit is never overwritten."
    assert "Source count was edited on the site" in report


def test_a_changed_question_and_voice_are_updated(tmp_path: Path) -> None:
    load(write(tmp_path, cranes=SMALL))
    load(
        write(
            tmp_path,
            cranes=changed("Should the harbour keep", "Must the harbour keep").replace(
                "The keeper", "A keeper"
            ),
        )
    )
    assert Debate.objects.get().question.startswith("Must the harbour")
    voice = seeded("memory").voice
    assert voice is not None
    assert voice.name == "A keeper"


def test_what_a_person_edited_is_left_and_reported(cast: Cast, tmp_path: Path) -> None:
    load(write(tmp_path, cranes=SMALL))
    rust = seeded("rust")
    Argument.objects.filter(pk=rust.pk).update(author=cast.ada)
    assert edit_argument(cast.ada, rust, pro("Ada’s own wording."), seen_revision=1)
    report = load(write(tmp_path, cranes=changed("Rust decides", "Corrosion decides")))
    assert seeded("rust").claim == "Ada’s own wording.", "A person’s edit is never overwritten."
    assert figures(report, "arguments") == (0, 0, 4, 1)
    assert "harbour-cranes/rust was changed on the site and in the seed" in report


def test_an_edit_is_no_matter_while_the_seed_stays(cast: Cast, tmp_path: Path) -> None:
    load(write(tmp_path, cranes=SMALL))
    Argument.objects.filter(seed="harbour-cranes/rust").update(claim="Ada’s.", edited_at=timezone.now())
    assert load(tmp_path).splitlines()[-1] == "unchanged"
    assert seeded("rust").claim == "Ada’s."


def test_what_cleo_hid_stays_hidden_and_as_it_was(cast: Cast, tmp_path: Path) -> None:
    load(write(tmp_path, cranes=SMALL))
    hide(cast.cleo, seeded("rust"), "It insults.", "person")
    report = load(write(tmp_path, cranes=changed("Rust decides", "Corrosion decides")))
    assert (seeded("rust").state, seeded("rust").claim[:4]) == (State.HIDDEN, "Rust"), (
        "A seed must not speak past a moderator."
    )
    assert "harbour-cranes/rust" in report
    assert not search_arguments("corrosion")


def test_what_left_the_seed_stays_on_the_site_and_is_reported(tmp_path: Path) -> None:
    load(write(tmp_path, cranes=SMALL))
    data = as_data()
    del data["theses"][0]["replies"][1]
    report = load(write(tmp_path, cranes=as_text(data)))
    assert seeded("rust").state == State.PUBLISHED, "People may have answered it."
    assert "harbour-cranes/rust is no longer in the seed; it stays on the site" in report


def test_a_moved_argument_takes_its_branch_along(cast: Cast, tmp_path: Path) -> None:
    load(write(tmp_path, cranes=SMALL))
    post_argument(cast.ada, seeded("welcome"), pro("Ada answered in this branch."))
    data = as_data()
    foreign = reply(data, 0, 0)["replies"].pop()
    reply(data, 0, 1)["replies"] = [foreign]
    report = load(write(tmp_path, cranes=as_text(data)))
    assert figures(report, "arguments") == (0, 1, 4, 0), "Only the one that moved has changed."
    assert seeded("foreign").parent == seeded("rust")
    assert Argument.objects.get(author=cast.ada).path.startswith(seeded("rust").path), (
        "What a person wrote moves along with the claim that it answers."
    )
    assert_tree_is_whole()
    assert load(tmp_path).splitlines()[-1] == "unchanged"


def test_a_branch_that_moves_while_its_leaves_change_stays_whole(tmp_path: Path) -> None:
    """The leaf is saved after the branch has moved, and must not take its old place back."""
    load(write(tmp_path, cranes=SMALL))
    data = as_data()
    foreign = reply(data, 0, 0)["replies"].pop()
    foreign["replies"][0]["claim"] = "Whatever came from elsewhere belongs here."
    foreign["replies"].append({"id": "new", "stance": "con", "claim": "A new leaf on the moved branch."})
    foreign["replies"][0]["replies"] = [
        {"id": "bud", "stance": "pro", "claim": "A new leaf on the old leaf."}
    ]
    reply(data, 0, 1)["replies"] = [foreign]
    load(write(tmp_path, cranes=as_text(data)))
    assert seeded("bud").depth == 4
    assert_tree_is_whole()


def test_parent_and_child_can_change_places(tmp_path: Path) -> None:
    load(write(tmp_path, cranes=SMALL))
    data = as_data()
    memory = reply(data, 0)["replies"].pop(0)
    foreign = memory.pop("replies")[0]
    foreign["replies"].append(memory)
    reply(data, 0)["replies"].insert(0, foreign)
    load(write(tmp_path, cranes=as_text(data)))
    assert seeded("memory").parent == seeded("foreign")
    assert seeded("foreign").parent == seeded("keep")
    assert_tree_is_whole()


def test_a_thesis_can_become_an_argument_and_back(tmp_path: Path) -> None:
    load(write(tmp_path, cranes=SMALL))
    data = as_data()
    rust = reply(data, 0)["replies"].pop()
    data["theses"].append({"id": rust["id"], "claim": rust["claim"]})
    load(write(tmp_path, cranes=as_text(data)))
    assert (seeded("rust").kind, seeded("rust").stance) == ("thesis", "")
    assert_tree_is_whole()
    load(write(tmp_path, cranes=SMALL))
    assert (seeded("rust").kind, seeded("rust").stance) == ("argument", "con")
    assert_tree_is_whole()


def test_a_failure_within_a_debate_leaves_the_others_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, a_lamps=OTHER, cranes=SMALL)

    def fail(argument: Argument, *rest: Any) -> Any:
        """Fail at the fourth argument of the cranes. Any: what lay_text takes."""
        if argument.seed == "harbour-cranes/welcome":
            raise OSError("The disk is full.")
        return lay_text(argument, *rest)

    monkeypatch.setattr("debates.exchange.load.lay_text", fail)
    with pytest.raises(OSError, match="disk"):
        load(tmp_path)
    assert list(Debate.objects.values_list("seed", flat=True)) == ["harbour-lamps"]
    assert Argument.objects.count() == 1, (
        "The debate that failed in the middle must leave no argument behind."
    )
    assert Source.objects.count() == 0
    monkeypatch.undo()
    assert figures(load(tmp_path), "arguments") == (5, 0, 1, 0)


def test_a_refusal_while_loading_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("debates.actions.arranging.placing.MAX_DEPTH", 1)
    said = refused(write(tmp_path, cranes=SMALL))
    assert said.startswith("harbour-cranes: This branch is as deep as a branch can be")
    assert_nothing_was_loaded()


def test_debates_that_refer_to_one_another_are_tied(tmp_path: Path) -> None:
    lamps = OTHER.replace("  - id: keep\n", "  - id: keep\n    same: [harbour-cranes/keep]\n")
    lamps += "    replies:\n      - id: dark\n        stance: con\n        claim: Nobody lands at night.\n"
    lamps += "        answers: [{argument: harbour-cranes/memory, stance: con, attacks: bearing}]\n"
    lamps += "related: [{debate: harbour-cranes, how: Both stand on the quay.}]\n"
    # The debate that is referred to is loaded after the one that refers.
    report = load(write(tmp_path, a_lamps=lamps, cranes=SMALL))
    assert figures(report, "links") == (2, 0, 0, 0)
    further = Link.objects.get(relation="answers")
    assert (further.parent, further.stance, further.attacks) == (seeded("memory"), "con", "bearing")
    assert RelatedDebate.objects.get().how == "Both stand on the quay."
    changed_report = load(
        write(tmp_path, a_lamps=lamps.replace("on the quay", "in the harbour").replace("bearing", "claim"))
    )
    assert figures(changed_report, "links") == (0, 1, 1, 0)
    assert figures(changed_report, "related debates") == (0, 1, 0, 0)


def test_a_reference_to_a_debate_that_is_not_loaded_is_reported(tmp_path: Path) -> None:
    lamps = OTHER.replace("  - id: keep\n", "  - id: keep\n    same: [harbour-cranes/keep]\n")
    write(tmp_path, lamps=lamps + "related: [{debate: harbour-cranes, how: Both stand there.}]\n")
    report = load(tmp_path)
    assert "harbour-lamps/keep refers to harbour-cranes/keep, which is not loaded." in report
    assert "harbour-lamps is related to harbour-cranes, which is not loaded." in report
    assert not Link.objects.exists()
    write(tmp_path, cranes=SMALL)
    assert figures(load(tmp_path), "links") == (1, 0, 0, 0), "Once the other is there, they are tied."


def test_one_file_brings_the_library_beside_it(tmp_path: Path) -> None:
    library = (
        "format: 1\nlibrary: true\n"
        "voices:\n  keeper: {name: The keeper, known: signed}\n"
        "sources:\n  count: {type: report, title: Count of the cranes}\n"
    )
    cranes = changed("voices:\n  keeper: {name: The keeper, known: signed, how: She signs.}\n", "")
    cranes = changed(
        '  count: {type: report, title: Count of the cranes, isbn: "9780306406157"}\n', "", cranes
    )
    write(tmp_path, cranes=cranes, lamps=OTHER, library=library)
    report = load(tmp_path / "cranes.yaml")
    assert figures(report, "debates") == (1, 0, 0, 0), "Only the file that was named is loaded."
    assert seeded("foreign").citations.get().source.seed == "count"
    voice = seeded("memory").voice
    assert voice is not None
    assert voice.slug == "keeper", "A voice of the library is one person in every debate."


def test_the_voice_of_one_debate_is_nobody_elses(tmp_path: Path) -> None:
    lamps = OTHER + "    voice: keeper\nvoices:\n  keeper: {name: Another keeper, known: unknown}\n"
    load(write(tmp_path, cranes=SMALL, lamps=lamps))
    ours, theirs = seeded("memory").voice, seeded("harbour-lamps/keep").voice
    assert ours is not None
    assert theirs is not None
    assert ours != theirs, "Two unnamed commenters of two debates are two people."


def test_a_note_takes_no_stance(tmp_path: Path) -> None:
    load(
        write(
            tmp_path,
            cranes=changed(
                "id: rust\n        stance: con\n        attacks: claim\n", "id: rust\n        stance: note\n"
            ),
        )
    )
    assert (seeded("rust").kind, seeded("rust").stance) == ("note", "")


def test_a_tie_that_leaves_the_seed_leaves_the_site(tmp_path: Path) -> None:
    tied = OTHER + "related: [{debate: harbour-cranes, how: Both stand there.}]\n"
    data = as_data(SMALL)
    reply(data, 0, 0)["same"] = [f"{as_data(OTHER)['debate']}/{as_data(OTHER)['theses'][0]['id']}"]
    load(write(tmp_path, cranes=as_text(data), lamps=tied))
    assert (Link.objects.count(), RelatedDebate.objects.count()) == (1, 1)
    report = load(write(tmp_path, cranes=SMALL, lamps=OTHER))
    assert (Link.objects.count(), RelatedDebate.objects.count()) == (0, 0)
    assert "no longer refers to" in report, "What is taken away is said."
    assert "is no longer related to" in report
