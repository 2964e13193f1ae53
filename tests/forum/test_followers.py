"""Who hears of an argument: the nearest thing that a member follows or mutes decides, and nobody hears of what is hidden."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debates.actions.arranging.link_argument import link_argument
from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.arranging.move_argument import move_argument
from debates.actions.arranging.undo_rearrangement import undo_rearrangement
from debates.actions.moderating.hide import hide
from debates.actions.moderating.merge_tags import merge_tags
from debates.actions.sources.merge_sources import merge_sources
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument, Source, Tag
from forum.accounts.models import User
from forum.following.models import Follow
from forum.following.resolve import Rule, followers_of, nearest_wins
from tests.conftest import Cast, Scene, a_book, con, pro

FOLLOW, MUTE = Follow.Level.FOLLOW, Follow.Level.MUTE


def says(member: User, level: str, **thing: object) -> Follow:
    """Write that a member follows or mutes a thing. Object: the row of any kind of thing."""
    return Follow.objects.create(member=member, level=level, **thing)


# ------------------------------------------------------------------------------------------- who hears of it


def test_the_author_of_the_claim_hears_of_an_answer_by_default(scene: Scene, cast: Cast) -> None:
    assert followers_of(scene.rebuttal) == {cast.ada.pk: "own"}
    answer = post_argument(cast.dan, scene.rebuttal, con("No crane came from elsewhere."))
    assert followers_of(answer) == {cast.ben.pk: "own"}, (
        "Only the author of what it answers is asked by default."
    )


def test_nobody_hears_of_their_own_argument(scene: Scene, cast: Cast) -> None:
    says(cast.ben, FOLLOW, debate=scene.debate)
    says(cast.ben, FOLLOW, argument=scene.reason)
    assert cast.ben.pk not in followers_of(scene.rebuttal)


@pytest.mark.parametrize(
    ("thing", "why"),
    [
        ("reason", "argument"),
        ("thesis", "branch"),
        ("debate", "debate"),
        ("tag", "tag"),
        ("topic", "tag"),
        ("source", "source"),
        ("who", "member"),
    ],
)
def test_who_follows_a_thing_hears_of_what_comes_there_and_who_mutes_it_does_not(
    scene: Scene, cast: Cast, thing: str, why: str
) -> None:
    things: dict[str, dict[str, object]] = {
        "reason": {"argument": scene.reason},
        "thesis": {"argument": scene.thesis},
        "debate": {"debate": scene.debate},
        "tag": {"tag": Tag.objects.get(slug="factual-error")},
        "topic": {"tag": Tag.objects.get(name="harbour")},
        "source": {"source": Source.objects.get(citations__argument=scene.rebuttal)},
        "who": {"who": cast.ben},
    }
    row = says(cast.dan, FOLLOW, **things[thing])
    assert followers_of(scene.rebuttal)[cast.dan.pk] == why
    row.level = MUTE
    row.save()
    assert cast.dan.pk not in followers_of(scene.rebuttal)


def test_what_somebody_chose_goes_before_the_default(scene: Scene, cast: Cast) -> None:
    says(cast.ada, MUTE, who=cast.ben)
    assert followers_of(scene.rebuttal) == {}, "Ada muted Ben, and would hear of him all the same."
    says(cast.ada, FOLLOW, argument=scene.reason)
    assert followers_of(scene.rebuttal) == {cast.ada.pk: "argument"}


def test_among_equally_near_things_muting_one_is_enough(scene: Scene, cast: Cast) -> None:
    says(cast.dan, FOLLOW, who=cast.ben)
    says(cast.dan, MUTE, tag=Tag.objects.get(slug="factual-error"))
    assert cast.dan.pk not in followers_of(scene.rebuttal)


def test_nobody_hears_of_what_is_hidden_and_who_left_hears_of_nothing(scene: Scene, cast: Cast) -> None:
    says(cast.dan, FOLLOW, debate=scene.debate)
    cast.ada.is_active = False
    cast.ada.save()
    assert followers_of(scene.rebuttal) == {cast.dan.pk: "debate"}, "Ada has left the site."
    hide(cast.cleo, scene.rebuttal, "Spam.")
    scene.rebuttal.refresh_from_db()
    assert followers_of(scene.rebuttal) == {}
    answer = post_argument(cast.ben, scene.reason, pro("They are tall."))
    hide(cast.cleo, scene.debate, "Spam.")
    assert followers_of(Argument.objects.get(pk=answer.pk)) == {}, "The whole debate is hidden."


def test_a_hidden_source_tells_nobody_who_cites_it(scene: Scene, cast: Cast) -> None:
    source = Source.objects.get(citations__argument=scene.rebuttal)
    says(cast.dan, FOLLOW, source=source)
    hide(cast.cleo, source, "Not a book.")
    assert cast.dan.pk not in followers_of(scene.rebuttal)


def test_a_branch_is_followed_wherever_it_is_moved(scene: Scene, cast: Cast) -> None:
    says(cast.dan, FOLLOW, argument=scene.reason)
    other = open_debate(cast.ada, "Should the quay be rebuilt?", ["The quay should be rebuilt."])
    move = move_argument(cast.cleo, scene.reason, other.arguments.get(), "pro", "", "It belongs there.")
    moved = Argument.objects.get(pk=scene.rebuttal.pk)
    assert moved.debate == other
    assert followers_of(moved)[cast.dan.pk] == "argument"
    says(cast.cleo, FOLLOW, debate=scene.debate)
    assert cast.cleo.pk not in followers_of(moved), "It no longer stands in the debate that Cleo follows."
    undo_rearrangement(cast.cleo, move, "It does not.")
    assert followers_of(Argument.objects.get(pk=scene.rebuttal.pk))[cast.cleo.pk] == "debate"


def test_what_is_merged_is_followed_in_what_it_was_merged_into(scene: Scene, cast: Cast) -> None:
    twin = post_argument(cast.dan, scene.thesis, pro("They remind the town of what it was."))
    says(cast.cleo, MUTE, argument=twin)
    answer = post_argument(cast.ben, scene.reason, pro("Old photographs show it."))
    assert followers_of(answer) == {cast.ada.pk: "own"}
    merge = merge_arguments(cast.cleo, twin, scene.reason, "They say the same.")
    assert followers_of(answer) == {cast.ada.pk: "own", cast.dan.pk: "own"}, "It answers what Dan said, too."
    says(cast.cleo, FOLLOW, debate=scene.debate)
    assert cast.cleo.pk not in followers_of(answer), "What she muted stands here now, and is nearer."
    says(cast.cleo, FOLLOW, argument=scene.reason)
    assert followers_of(answer)[cast.cleo.pk] == "argument", "She said so of this very argument."
    undo_rearrangement(cast.cleo, merge, "They do not.")
    assert cast.dan.pk not in followers_of(answer)


def test_a_merged_source_is_followed_in_what_it_was_merged_into(scene: Scene, cast: Cast) -> None:
    kept = Source.objects.get(citations__argument=scene.rebuttal)
    other = post_argument(cast.ben, scene.thesis, pro("A book says so.", citations=(a_book("The cranes"),)))
    gone = other.citations.get().source
    says(cast.dan, FOLLOW, source=gone)
    assert cast.dan.pk not in followers_of(scene.rebuttal)
    merge_sources(cast.cleo, gone, kept, "One book.")
    assert followers_of(scene.rebuttal)[cast.dan.pk] == "source"


def test_who_follows_a_claim_hears_of_answers_to_what_has_a_further_place_there(
    scene: Scene, cast: Cast
) -> None:
    other = open_debate(cast.ada, "Should the quay be rebuilt?", ["The quay should be rebuilt."])
    thesis = other.arguments.get()
    above = post_argument(cast.cleo, thesis, pro("It is old."))
    link_argument(cast.ben, scene.rebuttal, above, "con", "claim")
    row = says(cast.dan, FOLLOW, argument=above)
    answer = post_argument(cast.ada, scene.rebuttal, con("They did not."))
    assert followers_of(answer) == {cast.ben.pk: "own", cast.dan.pk: "branch"}, (
        "Cleo, who wrote the claim there, is not asked by default; Dan is, who follows it."
    )
    deeper = post_argument(cast.ben, answer, con("They did."))
    assert followers_of(deeper)[cast.dan.pk] == "branch"
    says(cast.dan, MUTE, argument=scene.reason)
    assert cast.dan.pk not in followers_of(answer), "As near, home goes before the further place."
    Follow.objects.filter(argument=scene.reason).update(level=FOLLOW)
    row.level = MUTE
    row.save()
    assert followers_of(answer)[cast.dan.pk] == "branch"
    Follow.objects.filter(member=cast.dan).delete()
    says(cast.dan, MUTE, debate=scene.debate)
    says(cast.dan, FOLLOW, argument=thesis)
    assert followers_of(answer)[cast.dan.pk] == "branch", "The way goes on above the further place."
    assert cast.dan.pk not in followers_of(scene.reason), "What stands only at home is no business of there."


def test_who_follows_a_topic_that_is_merged_follows_the_kept_one(scene: Scene, cast: Cast) -> None:
    post_argument(cast.ada, scene.thesis, pro("Ships need them.", topic_tags=("port",)))
    gone, kept = Tag.objects.get(name="port"), Tag.objects.get(name="harbour")
    says(cast.dan, FOLLOW, tag=gone)
    says(cast.ben, MUTE, tag=gone)
    for level, tag in ((MUTE, kept), (FOLLOW, gone)):
        says(cast.cleo, level, tag=tag)
    merge_tags(cast.cleo, gone, kept, "One word is enough.")
    rows = Follow.objects.filter(tag=kept).values_list("member__username", "level")
    assert set(rows) == {("dan", FOLLOW), ("ben", MUTE), ("cleo", MUTE)}, (
        "What was said of the kept topic itself goes before what was said of the other."
    )
    assert Follow.objects.count() == 3
    assert followers_of(scene.rebuttal)[cast.dan.pk] == "tag"


def test_who_hears_of_it_is_asked_in_five_statements(
    scene: Scene, cast: Cast, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    answer = scene.rebuttal
    for number in range(6):
        answer = post_argument(cast.ada if number % 2 else cast.ben, answer, con(f"Step {number} is wrong."))
        says(cast.dan, FOLLOW, argument=answer)
        elsewhere = post_argument(cast.ada, scene.thesis, pro(f"Elsewhere, too, {number}."))
        link_argument(cast.ben, answer, elsewhere, "con", "claim")
    answer = Argument.objects.select_related("debate").get(pk=answer.pk)  # as who posts has it
    with django_assert_num_queries(5):  # type: ignore[operator]  # pytest-django's fixture
        assert followers_of(answer)[cast.dan.pk] == "argument"


# ------------------------------------------------------------------------------------------- the nearest wins

rules = st.builds(
    Rule,
    st.tuples(st.integers(0, 4), st.integers(0, 1)),
    st.booleans(),
    st.sampled_from(["argument", "branch", "debate", "tag", "source", "member"]),
)


@given(st.lists(rules, max_size=8))
def test_the_nearest_rule_wins_as_a_naive_reading_says(said: list[Rule]) -> None:
    heard: bool | None = None
    for level in range(5):
        for merged in (0, 1):
            here = [rule for rule in said if rule.distance == (level, merged)]
            if here and heard is None:
                heard = not any(rule.mute for rule in here)
    why = nearest_wins(said)
    assert (why is not None) == bool(heard)
    assert why is None or why in {rule.why for rule in said if not rule.mute}


levels = st.sampled_from([None, FOLLOW, MUTE])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(levels, levels, levels, levels, levels, levels))
def test_the_way_up_is_gone_from_the_nearest_to_the_furthest(
    scene: Scene, cast: Cast, said: tuple[str | None, ...]
) -> None:
    Follow.objects.all().delete()
    tag = Tag.objects.get(slug="factual-error")
    things: list[dict[str, object]] = [
        {"argument": scene.rebuttal},
        {"argument": scene.reason},
        {"argument": scene.thesis},
        {"debate": scene.debate},
        {"tag": tag},
        {"who": cast.ben},
    ]
    for thing, level in zip(things, said, strict=True):
        if level is not None:
            says(cast.dan, level, **thing)
    nearest = next((level for level in said[:4] if level is not None), None)
    if nearest is None and MUTE not in said[4:]:
        nearest = FOLLOW if FOLLOW in said[4:] else None
    assert (cast.dan.pk in followers_of(scene.rebuttal)) == (nearest == FOLLOW)
