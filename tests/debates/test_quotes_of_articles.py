"""What an argument quotes from the article of its debate is tied to the passage, for those who may read that."""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import AnonymousUser

from debates.actions.moderating.hide import hide
from debates.actions.sources import check_quotation
from debates.actions.sources.attach_text import attach_text
from debates.actions.writing.anchor_quotes import anchor_quotes, anchor_quotes_of
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import CitationText
from debates.bibliography.quotation import FoldedText
from debates.models import Argument, Debate, Document, DocumentPassage, Origin, Quote
from tests.conftest import Cast, a_book, con, pro
from tests.debates.test_quotes import rows

BOOK = (
    "The harbour was built in a hurry.\n\nIn the spring gale the third crane fell. Nobody was hurt, and nobody would say "
    "why it had not been mended.\n\nIt was sold, and sold again."
)


@dataclass
class Room:
    """A debate about Lena Marsh's book, with its text, and Ada's reason in it."""

    debate: Debate
    document: Document
    reason: Argument


@pytest.fixture
def room(cast: Cast) -> Room:
    """Give a debate that grew from an article whose text is at hand."""
    debate = open_debate(cast.ada, "Why did it fall?", ["It fell because nobody cared."], article=a_book())
    assert debate.article is not None
    attach_text(cast.ada, debate.article, BOOK, "passages", "none named")
    reason = post_argument(cast.ada, debate.arguments.get(), pro("It was old."))
    return Room(debate, Document.objects.get(), reason)


def quoting(cast: Cast, room: Room, elaboration: str) -> Argument:
    """Let Ben answer in the room, and anchor what he quotes."""
    argument = post_argument(cast.ben, room.reason, con("No.", elaboration=elaboration))
    anchor_quotes(argument)
    return argument


class TestArticle:
    """A reply quotes the article that the debate grew from."""

    def test_the_words_of_the_article_are_found_there(self, cast: Cast, room: Room) -> None:
        [row] = rows(quoting(cast, room, "“In the spring gale the third crane fell … Nobody was hurt”"))
        assert row.passage is not None
        assert (row.state, row.passage.place, row.document) == ("found", "p2", room.document)
        context = row.in_context()
        assert context is not None
        assert context[1] == "In the spring gale the third crane fell. Nobody was hurt"

    def test_an_ellipsis_that_leaves_out_a_not_is_refused(self, cast: Cast, room: Room) -> None:
        [row] = rows(quoting(cast, room, "It says “nobody would say why it had … been mended”."))
        assert (row.state, row.reason) == ("not-found", "negation")

    @pytest.mark.parametrize(
        ("reading", "visitor", "member", "staff"),
        [("everyone", 1, 1, 1), ("passages", 1, 1, 1), ("members", 0, 1, 1), ("staff", 0, 0, 1)],
    )
    def test_the_passage_is_shown_as_the_reading_rule_says(
        self, reading: str, visitor: int, member: int, staff: int, cast: Cast, room: Room
    ) -> None:
        Document.objects.update(reading=reading)
        ben = quoting(cast, room, "It says “the third crane fell. Nobody was hurt”.")
        seen = [rows(ben, viewer)[0] for viewer in (AnonymousUser(), cast.dan, cast.cleo)]
        assert [row.state for row in seen] == ["found"] * 3, "That it is there may be said under every rule."
        assert [row.in_context() is not None for row in seen] == [bool(visitor), bool(member), bool(staff)]

    def test_a_row_that_nobody_asked_for_as_somebody_shows_no_passage(self, cast: Cast, room: Room) -> None:
        quoting(cast, room, "It says “the third crane fell. Nobody was hurt”.")
        assert Quote.objects.get().in_context() is None

    def test_the_text_of_a_hidden_source_is_not_named(self, cast: Cast, room: Room) -> None:
        ben = quoting(cast, room, "“The third crane fell. Nobody was hurt”")
        hide(cast.cleo, room.document.source, "It was forged.")
        assert rows(ben) == []
        assert [row.state for row in rows(quoting(cast, room, "“The harbour was built in a hurry”"))] == [
            "no-text"
        ]

    def test_without_the_text_nothing_is_said_to_be_missing_from_it(self, cast: Cast) -> None:
        debate = open_debate(cast.ada, "Why did it fall?", ["It fell."], article=a_book())
        reason = post_argument(
            cast.ben, debate.arguments.get(), con("“The third crane fell by itself” it says.")
        )
        anchor_quotes(reason)
        [row] = rows(reason)
        assert row.state == "no-text"
        assert debate.article is not None
        attach_text(cast.ada, debate.article, "The third crane fell by itself.", "everyone", "none")
        assert anchor_quotes_of(Document.objects.get()) == {"found": 1}
        assert [row.state for row in rows(reason)] == ["found"], (
            "A text that comes later answers what waited for it."
        )

    def test_a_text_that_was_exchanged_is_looked_in_anew(self, cast: Cast, room: Room) -> None:
        ben = quoting(cast, room, "It says “the third crane fell. Nobody was hurt”.")
        DocumentPassage.objects.all().delete()
        assert rows(ben) == [], "Without its passage nothing may be called found."
        attach_text(cast.ada, room.document.source, BOOK.replace("third", "second"), "passages", "none")
        anchor_quotes_of(Document.objects.get())
        assert [row.state for row in rows(ben)] == ["changed"]
        attach_text(cast.ada, room.document.source, BOOK + "\n\nMore.", "passages", "none")
        anchor_quotes_of(Document.objects.get())
        assert [row.state for row in rows(ben)] == ["found"]

    def test_looking_again_changes_no_row(self, cast: Cast, room: Room) -> None:
        quoting(
            cast, room, "It says “the third crane fell. Nobody was hurt” and “nothing of all this happened”."
        )
        before = list(Quote.objects.values())
        anchor_quotes_of(room.document)
        assert list(Quote.objects.values()) == before

    def test_an_argument_counts_before_the_article(self, cast: Cast, room: Room) -> None:
        said = quoting(cast, room, "It says “the third crane fell. Nobody was hurt”, after all.")
        answer = post_argument(cast.ada, said, con("You quote “the third crane fell. Nobody was hurt”."))
        anchor_quotes(answer)
        assert [(row.target, row.passage) for row in rows(answer)] == [(said, None)]

    def test_a_source_with_many_citations_is_folded_once(
        self, cast: Cast, room: Room, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        source = room.document.source
        for words in ("It was sold, and sold again.", "Nobody was hurt", "It was bought"):
            cited = (CitationText(source=source, quotation=words),)
            post_argument(cast.ada, room.reason, con(f"{words} So there.", citations=cited))
        folded = []

        def fold(passages: list[str], begins: set[int]) -> FoldedText:
            folded.append(len(passages))
            return FoldedText(passages, begins)

        monkeypatch.setattr(check_quotation, "FoldedText", fold)
        attach_text(cast.cleo, source, BOOK.replace("again", "twice"), "passages", "none")
        assert folded == [3], "A novel is folded in a fifth of a second, and may be cited a thousand times."


class TestRestated:
    """An argument that restates a comment carries what that comment quotes."""

    @staticmethod
    def restate(
        room: Room, parent: Argument, place: str, claim: str, words: tuple[int, int] | None = None
    ) -> Argument:
        """Give the room an argument that restates a passage, as a seed does."""
        argument = post_argument(room.debate.opened_by, parent, con(claim))
        Origin.objects.create(
            argument=argument,
            document=room.document,
            place=place,
            passage=DocumentPassage.objects.get(place=place),
            digest="0" * 16,
            first_word=words[0] if words else None,
            last_word=words[1] if words else None,
        )
        return argument

    @pytest.fixture
    def commented(self, room: Room) -> Room:
        """Give the room's text two comments, of which the second answers the first."""
        for order, (place, text) in enumerate(
            [
                (
                    "c1.1",
                    "“In the spring gale the third crane fell.” So it was parasitic, “as Ada says elsewhere”.",
                ),
                ("c1.2", "It fell; “In the spring gale the third crane fell.”"),
                (
                    "c2.1",
                    "I doubt that it was “parasitic”, or “sold”. “The harbour was built in a hurry.” So it fell.",
                ),
            ],
            10,
        ):
            DocumentPassage.objects.create(
                document=room.document, place=place, order=order, kind="comment", text=text
            )
        return room

    def test_what_a_comment_quotes_is_found_in_the_article_or_in_the_comment_that_it_answers(
        self, commented: Room
    ) -> None:
        first = self.restate(commented, commented.reason, "c1.1", "It was a burden.")
        second = self.restate(commented, first, "c2.1", "It was none.")
        post_argument(commented.debate.opened_by, commented.reason, pro("As Ada says elsewhere, it was old."))
        assert anchor_quotes_of(commented.document) == {"found": 3}
        [row] = rows(first)
        assert row.passage is not None
        assert (row.field, row.passage.place) == ("origin", "p2"), (
            "Neither itself, nor the rest of its own comment, nor what was written here long after."
        )
        assert row.said_in is not None
        assert row.said_in.text[row.start : row.end] == row.words
        quoted = {row.words: row.passage.place for row in rows(second) if row.passage}
        assert quoted == {"parasitic": "c1.1", "The harbour was built in a hurry.": "p1"}, (
            "One word counts where it stands in what is answered, and “sold” does not stand there."
        )

    def test_only_what_is_restated_counts(self, commented: Room) -> None:
        part = self.restate(commented, commented.reason, "c2.1", "It was none.", (9, 16))
        anchor_quotes_of(commented.document)
        assert [row.words for row in rows(part)] == ["The harbour was built in a hurry."]

    def test_a_quotation_that_leads_up_to_what_is_restated_goes_with_it(self, commented: Room) -> None:
        part = self.restate(commented, commented.reason, "c2.1", "So it fell.", (16, 18))
        anchor_quotes_of(commented.document)
        assert [row.words for row in rows(part)] == ["The harbour was built in a hurry."]
        other = self.restate(commented, commented.reason, "c2.1", "It was built badly.", (9, 15))
        anchor_quotes_of(commented.document)
        assert [len(rows(one)) for one in (part, other)] == [0, 1], (
            "It goes with whoever restates it, if somebody does."
        )

    def test_what_may_not_be_read_is_not_quoted_to_anybody(self, cast: Cast, commented: Room) -> None:
        argument = self.restate(commented, commented.reason, "c1.1", "It was a burden.")
        anchor_quotes_of(commented.document)
        Document.objects.update(reading="members")
        assert rows(argument) == [], "The comment's own words are the document's."
        assert len(rows(argument, cast.dan)) == 1
