"""The five seeds that come with the project are whole, and keep the rules of seeds/README.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from django.db.models import Count

from debates.formats.outline import Outline, OutlineArgument, arguments_of
from debates.formats.seed.together import keys_of
from debates.management.commands.loadseeds import SEEDS, read_files
from debates.models import Argument, Citation, Debate, Document, Link, Origin, RelatedDebate, Source, Voice
from tests.seeds.small import assert_tree_is_whole, dump, load

EDITORS = "editors"
"""The voice of what no document says; the only one that needs no origin."""
TWO_SIDES = "bolsheviks-and-workers-power"


@pytest.fixture(scope="module")
def outlines() -> list[Outline]:
    """Give the five, read once."""
    return read_files([SEEDS])


def every_argument(outlines: list[Outline]) -> Iterator[tuple[str, OutlineArgument]]:
    """Yield `debate/argument` and the argument."""
    for outline in outlines:
        for argument, _parent in arguments_of(outline):
            yield f"{outline.key}/{argument.key}", argument


@pytest.mark.django_db
def test_the_five_seeds_load_and_the_second_time_nothing_changes() -> None:
    report = load()
    assert Debate.objects.count() == Document.objects.count() == 5
    assert 400 <= Argument.objects.count() <= 2000, "Every distinct point of five documents is an argument."
    assert 100 <= Source.objects.count() <= 500
    assert Citation.objects.count() >= 150
    assert Voice.objects.count() >= 10
    assert Origin.objects.count() >= 400
    assert Link.objects.count() >= 20
    assert Argument.objects.filter(stance="con").count() >= 60, "These documents quarrel."
    assert RelatedDebate.objects.count() >= 5
    assert "not loaded" not in report, f"The five refer to nothing but one another:\n{report}"
    assert_tree_is_whole()
    for debate in Debate.objects.all():
        assert debate.arguments.filter(kind="thesis").exists(), f"{debate.slug} has no thesis."
        assert debate.arguments.count() >= 15, f"{debate.slug} restates too little of its document."
        assert debate.article is not None, f"{debate.slug} names no article."
    unused = Source.objects.annotate(uses=Count("citations")).filter(uses=0, debates=None)
    assert not unused, f"Sources that nobody cites and that are no debate’s article: {list(unused)}"
    before = dump()
    assert load().splitlines()[-1] == "unchanged"
    assert dump() == before, "Loading again must not touch a row."


def test_there_are_five_debates_with_an_outline_each(outlines: list[Outline]) -> None:
    assert len(outlines) == 5
    for outline in outlines:
        assert outline.article is not None
        assert len(outline.article.sections) >= 3, (
            f"{outline.key}: without the original its outline stands in its place."
        )


def test_every_argument_from_a_document_says_where_it_stands(outlines: list[Outline]) -> None:
    without = [key for key, one in every_argument(outlines) if one.origin is None and one.voice != EDITORS]
    assert not without, f"Without an origin nobody can check them: {without}"


def test_every_argument_has_a_voice(outlines: list[Outline]) -> None:
    without = [key for key, one in every_argument(outlines) if not one.voice]
    assert not without, f"A reader must see who said it: {without}"


def test_no_claim_stands_twice(outlines: list[Outline]) -> None:
    claims = Counter(one.claim.casefold() for _key, one in every_argument(outlines))
    twice = [claim for claim, count in claims.items() if count > 1]
    assert not twice, f"One claim, one argument; link the others to it: {twice}"


def test_every_claim_is_one_sentence(outlines: list[Outline]) -> None:
    for key, one in every_argument(outlines):
        assert one.claim[-1] in ".?!”’", f"{key} is not a full sentence: {one.claim}"
        assert one.claim[0].isupper() or not one.claim[0].isalpha(), (
            f"{key} begins in the middle: {one.claim}"
        )


def test_debates_refer_to_one_another(outlines: list[Outline]) -> None:
    keys = set().union(*(keys_of(outline) for outline in outlines))
    across = 0
    for key, one in every_argument(outlines):
        for link in one.links:
            assert link.target in keys, f"{key} refers to {link.target}, which no seed has."
            across += link.target.partition("/")[0] != key.partition("/")[0]
    assert across >= 10, "The documents answer one another, and the debates must too."
    for outline in outlines:
        assert outline.related, f"{outline.key} is related to no other debate."


def test_the_broken_references_of_the_exchange_are_there_and_marked(outlines: list[Outline]) -> None:
    """Five of its references lost what should follow; nobody may fill them in from memory."""
    exchange = next(outline for outline in outlines if outline.key == TWO_SIDES)
    incomplete = [source for source in exchange.sources.values() if source.incomplete]
    broken = [source for source in incomplete if "breaks off after an open bracket" in source.incomplete]
    assert len(broken) == 5, "The document has five references that end in an open bracket."
    cited = {cite.source for argument, _parent in arguments_of(exchange) for cite in argument.citations}
    for source in incomplete:
        assert source.key in cited or (exchange.article and source.key == exchange.article.source)


def test_every_incomplete_source_says_what_is_missing_in_a_sentence(outlines: list[Outline]) -> None:
    for outline in outlines:
        for source in outline.sources.values():
            if source.incomplete:
                assert source.incomplete.endswith("."), f"{source.key}: {source.incomplete}"
                assert len(source.incomplete.split()) >= 4, f"{source.key}: {source.incomplete}"


def test_every_rebuttal_brings_a_source(outlines: list[Outline]) -> None:
    rebuttals = [one for _key, one in every_argument(outlines) if one.rebuts]
    assert len(rebuttals) >= 20
    assert all(one.citations for one in rebuttals)


def test_no_text_is_quoted_at_length(outlines: list[Outline]) -> None:
    """Own words only: what stands in quotation marks is a name, a title or a term of a few words."""
    import re

    for key, one in every_argument(outlines):
        for quoted in re.findall(r"[“\"]([^”\"]+)[”\"]", f"{one.claim} {one.elaboration}"):
            assert len(quoted.split()) <= 8, (
                f"{key} quotes “{quoted}”; mark the passage in place of the words."
            )
