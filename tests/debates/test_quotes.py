"""What an argument quotes from another is tied to where it stands, for those who may read that."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from debates.actions.moderating.hide import hide
from debates.actions.writing.anchor_quotes import anchor_quotes
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument, Quote
from debates.models.visibility import is_moderator
from tests.conftest import Cast, Scene, con, pro


def rows(argument: Argument, viewer: Any = None) -> list[Quote]:
    """Return what an argument quotes as somebody sees it; a visitor where nobody is named. Any: any viewer."""
    return list(Quote.objects.for_arguments([argument.pk], viewer or AnonymousUser()))


def reply(cast: Cast, scene: Scene, elaboration: str) -> Argument:
    """Let Ben answer Ada's reason, and anchor what he quotes."""
    argument = post_argument(cast.ben, scene.reason, con("That is not so.", elaboration=elaboration))
    anchor_quotes(argument)
    return argument


class TestArguments:
    """A reply quotes what it answers, or another argument of the debate."""

    def test_the_words_of_the_parent_are_found_there(self, cast: Cast, scene: Scene) -> None:
        ben = reply(cast, scene, "You say “the cranes are the town's memory”; whose?")
        [row] = rows(ben)
        assert (row.state, row.target, row.target_field) == ("found", scene.reason, "claim")
        assert row.in_context() == ("", "The cranes are the town’s memory", ".")
        assert ben.elaboration[row.start : row.end] == row.words == "the cranes are the town's memory"

    def test_words_that_are_nearly_there_are_kept_with_the_reason(self, cast: Cast, scene: Scene) -> None:
        [row] = rows(reply(cast, scene, "You say “the cranes are not the town’s memory”."))
        assert (row.state, row.reason, row.target) == ("not-found", "elsewhere", None)
        assert row.in_context() is None

    def test_a_block_quotation_of_an_elaboration_is_found(self, cast: Cast, scene: Scene) -> None:
        first = post_argument(
            cast.ada, scene.reason, pro("So it is.", elaboration="Every *child* in town draws them.")
        )
        ben = post_argument(cast.ben, first, con("No.", elaboration="> Every child in town\n\nNot mine."))
        anchor_quotes(ben)
        [row] = rows(ben)
        assert (row.target, row.target_field) == (first, "elaboration")
        assert row.in_context() == ("", "Every child in town", " draws them."), (
            "A reader sees no signs of Markdown."
        )

    def test_one_word_is_a_quotation_of_the_parent_and_of_nothing_else(
        self, cast: Cast, scene: Scene
    ) -> None:
        [row] = rows(reply(cast, scene, "This “memory” is short; the “harbour” and the “cranks” are real."))
        assert row.words == "memory", (
            "“harbour” stands above the parent only, and “cranks” are a turn of phrase."
        )

    def test_what_parent_and_thesis_both_say_is_quoted_from_the_parent(
        self, cast: Cast, scene: Scene
    ) -> None:
        again = post_argument(cast.ada, scene.thesis, pro("Once more: the harbour should keep its cranes."))
        ben = post_argument(cast.ben, again, con("Why “the harbour should keep its cranes”?"))
        anchor_quotes(ben)
        assert [row.target for row in rows(ben)] == [again]

    def test_what_stands_above_is_meant_before_what_stands_beside_and_that_before_the_rest(
        self, cast: Cast, scene: Scene
    ) -> None:
        post_argument(
            cast.ada, scene.rebuttal, con("The harbour should keep its cranes, and no boat ever sank.")
        )
        beside = post_argument(
            cast.ada, scene.reason, pro("The harbour should keep its cranes: no boat ever sank.")
        )
        ben = reply(cast, scene, "“The harbour should keep its cranes”, but “no boat ever sank”?")
        assert [row.target for row in rows(ben)] == [scene.thesis, beside]

    def test_words_that_stand_twice_have_a_row_for_each_place(self, cast: Cast, scene: Scene) -> None:
        for claim in ("A crane is a bird of steel.", "To me a crane is a bird of steel."):
            post_argument(cast.ada, scene.thesis, pro(claim))
        ben = reply(cast, scene, "Somebody wrote “a crane is a bird of steel”.")
        assert [(row.state, row.place_number) for row in rows(ben)] == [
            ("found-several", 1),
            ("found-several", 2),
        ]

    def test_another_debate_is_not_looked_in(self, cast: Cast, scene: Scene) -> None:
        open_debate(cast.ada, "Are gulls birds?", ["Every gull in this town is a bird."])
        assert [row.state for row in rows(reply(cast, scene, "“Every gull in this town is a bird.”"))] == [
            "not-found"
        ]

    def test_an_edit_of_what_was_quoted_is_said(self, cast: Cast, scene: Scene) -> None:
        ben = reply(cast, scene, "You say “the cranes are the town’s memory”.")
        edit_argument(cast.ada, scene.reason, pro("The cranes are the memory of us all."), 1)
        scene.reason.refresh_from_db()
        assert all(row.in_context() is None for row in rows(ben)), (
            "Other words must not be shown as the quoted ones."
        )
        anchor_quotes(scene.reason)
        assert [(row.state, row.target, row.in_context()) for row in rows(ben)] == [
            ("changed", scene.reason, None)
        ]
        edit_argument(cast.ada, scene.reason, pro("I said: the cranes are the town’s memory."), 2)
        scene.reason.refresh_from_db()
        anchor_quotes(scene.reason)
        assert [row.state for row in rows(ben)] == ["found"]

    def test_an_edited_quotation_takes_the_old_rows_away(self, cast: Cast, scene: Scene) -> None:
        ben = reply(cast, scene, "“The cranes are the town’s memory” and “nothing of all this happened”.")
        assert len(rows(ben)) == 2
        edit_argument(cast.ben, ben, con("That is not so."), 1)
        ben.refresh_from_db()
        assert anchor_quotes(ben) == 0
        assert not Quote.objects.exists()

    def test_who_quotes_nothing_costs_one_question(
        self, cast: Cast, scene: Scene, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(3):  # two are the transaction's savepoint
            anchor_quotes(scene.reason)

    def test_a_page_asks_once(
        self, cast: Cast, scene: Scene, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        replies = [reply(cast, scene, f"{n} “The cranes are the town’s memory”") for n in range(5)]
        is_moderator(cast.dan)  # what a viewer may do is asked once a request, whatever the page shows
        with django_assert_num_queries(1):
            found = Quote.objects.for_arguments([one.pk for one in replies], cast.dan)
            assert [(row.in_context() or ("",))[0] for row in found] == [""] * 5
            assert {row.target.get_absolute_url() for row in found if row.target} == {
                scene.reason.get_absolute_url()
            }


class TestHidden:
    """Nobody learns of a text that is not shown, neither by reading nor by asking for its words."""

    def test_a_place_in_a_hidden_argument_is_not_named(self, cast: Cast, scene: Scene) -> None:
        other = post_argument(cast.ada, scene.thesis, pro("A secret is kept in the third crane."))
        ben = reply(cast, scene, "They say “a secret is kept in the third crane”.")
        assert len(rows(ben)) == 1
        hide(cast.cleo, other, "It is nobody’s business.")
        assert rows(ben) == []
        assert rows(ben, cast.dan) == []
        assert [row.target for row in rows(ben, cast.ada)] == [other], "Its author reads it still."
        assert [row.target for row in rows(ben, cast.cleo)] == [other]

    def test_a_hidden_argument_is_not_looked_in(self, cast: Cast, scene: Scene) -> None:
        other = post_argument(cast.ada, scene.thesis, pro("A secret is kept in the third crane."))
        hide(cast.cleo, other, "It is nobody’s business.")
        [row] = rows(reply(cast, scene, "Is it that “a secret is kept in the third crane”?"))
        assert (row.state, row.reason) == ("not-found", "elsewhere"), (
            "Not even the reason may tell: whoever could find words in a hidden text could read it by asking."
        )


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "found"},
        {"state": "found", "target_start": 1, "target_end": 4},
        {"state": "not-found", "field": "origin"},
    ],
)
def test_a_row_that_claims_too_much_is_refused_by_the_database(columns: dict[str, Any], scene: Scene) -> None:
    """Any: text and numbers."""
    whole = {
        "argument": scene.reason,
        "position": 1,
        "field": "claim",
        "start": 0,
        "end": 4,
        "words": "The cranes",
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Quote.objects.create(**{**whole, **columns})
