"""Specimens of what readers say and what follows from it: bars and words, ratings, opinions, suggested edits, changes."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from debates.difference import difference
from debates.models import Opinion, Rating
from debates.models.standing import Label, Word
from debates.models.visibility import Viewer
from debates.views.parts.compared import Compared
from debates.views.parts.ratings import Seen, Tally, holds_question
from debates.views.parts.rearranged import OtherWording, Rearranged
from debates.views.parts.standing import StandingView, bars_in_words, blocks_of
from debates.views.parts.suggestions import SuggestionsView, SuggestionView
from debates.views.sources.source_history import Change
from debates.views.specimens.made import LONG, NOWHERE, SHORT, USUAL, WHEN, Section, Specimen, a_card
from debates.views.weighing.opinion import Poll

TALLY = Tally(holds=(1, 0, 2, 3, 4), matters=(0, 1, 1, 2, 3), apart=2)
BARS: dict[Word, tuple[list[float], list[float], float]] = {
    Word.STRONGLY_BACKED: ([0.9, 0.5, 0.3], [0.1], 0.2),
    Word.LEANING_BACKED: ([0.6, 0.3], [0.4], 0.0),
    Word.CONTESTED: ([0.5, 0.4], [0.6, 0.3], 0.1),
    Word.LEANING_CHALLENGED: ([0.3], [0.5, 0.3], 0.0),
    Word.STRONGLY_CHALLENGED: ([], [0.9, 0.6, 0.4], 0.0),
    Word.UNREVIEWED: ([], [], 0.0),
}
"""What reaches a claim for and against, and what checked sources add, by the word that it comes to."""


def weighing_sections(member: Viewer) -> list[Section]:
    """Return the sections about what readers say; `member` is somebody signed in."""
    return [
        Section("standings", _("How an argument stands"), _standings()),
        Section("ratings", _("Ratings"), _ratings(member)),
        Section("opinions", _("Opinions about a thesis"), _opinions()),
        Section("changes", _("Changes"), _changes()),
    ]


def _standings() -> list[Specimen]:
    whole = "debates/standing.html#standing"
    words = [
        Specimen(str(word.label), whole, {"card": a_card(f"word{word.value}", standing=_standing(word))})
        for word in Word
    ]
    labels = [
        Specimen(
            str(label.label),
            whole,
            {"card": a_card(f"label{label.value}", standing=_standing(Word.CONTESTED, label))},
        )
        for label in Label
        if label != Label.NONE
    ]
    second = _standing(Word.LEANING_BACKED, second=Word.CONTESTED)
    many = StandingView("contested", "", blocks=blocks_of([0.05] * 60, [0.04] * 80, 0.1))
    return [
        *words,
        *labels,
        Specimen(_("A second opinion that differs"), whole, {"card": a_card("second", standing=second)}),
        Specimen(
            _("The bars alone, of a hundred and forty answers"),
            "debates/standing.html#bars",
            {"standing": many},
        ),
    ]


def _standing(word: Word, label: Label = Label.NONE, second: Word | None = None) -> StandingView:
    pros, cons, cited = BARS[word]
    return StandingView(
        word=word,
        words=str(word.label),
        label=label if label != Label.NONE else "",
        label_words=str(label.label) if label != Label.NONE else "",
        blocks=blocks_of(pros, cons, cited),
        sentence=bars_in_words(sum(pros), len(pros), sum(cons), len(cons), cited),
        second_words=str(second.label) if second is not None else "",
        url=NOWHERE,
    )


def _ratings(member: Viewer) -> list[Specimen]:
    given = Rating(holds=4, matters=3)
    late = Rating(holds=1, matters=None, asked_at=WHEN, after_seeing=True)
    states = {
        _("A visitor"): Seen(),
        _("A member who has not answered yet"): Seen(may_rate=True),
        _("The questions, before an answer"): Seen(may_rate=True, open=True),
        _("The questions, answered"): Seen(given, may_rate=True, tally=TALLY, open=True),
        _("Answered, and folded again"): Seen(given, may_rate=True, tally=TALLY),
        _("Asked to see the others first"): Seen(
            Rating(asked_at=WHEN), may_rate=True, tally=TALLY, open=True
        ),
        _("Answered after seeing the others"): Seen(late, may_rate=True, tally=TALLY, open=True),
        _("Somebody who cannot rate: the author, or in a locked branch"): Seen(tally=TALLY, open=True),
    }
    lines = [
        Specimen(
            name,
            "debates/rate.html#rating",
            {
                "card": a_card(f"rate{number}"),
                "seen": seen,
                "user": member if seen.may_rate or seen.open else AnonymousUser(),
            },
        )
        for number, (name, seen) in enumerate(states.items())
    ]
    rated = a_card("rated", standing=_standing(Word.LEANING_BACKED))
    place = {
        "stance": _("against"),
        "url": NOWHERE,
        "claim": SHORT,
        "debate": "Is the yard worth its rent?",
        "question": holds_question(2, TALLY.holds),
        "link": 0,
        "may_rate": False,
    }
    return [
        *lines,
        Specimen(
            _("The line that was answered, with how the argument stands now"),
            "debates/rate.html#rated",
            {"card": rated, "seen": Seen(given, may_rate=True, tally=TALLY), "user": member},
        ),
        Specimen(
            _("A further place, with its own question"),
            "debates/rate.html#place",
            {"place": place, "argument": a_card("place")},
            "ul.places",
        ),
    ]


def _opinions() -> list[Specimen]:
    def poll(key: str, mine: Opinion | None = None, pairs: int = 0, *, may_opine: bool = True) -> Poll:
        answers = [(2, 4), (3, 3), (1, 5), (4, 3), (2, 6), (0, 1), (5, 5)][:pairs]
        return Poll("specimen", f"specimen{key}", SHORT, mine, may_opine=may_opine, pairs=answers)

    before, after = "debates/opinion.html#before", "debates/opinion.html#after"
    done = Opinion(before=2, after=5, after_at=WHEN)
    return [
        Specimen(_("Before reading, folded"), before, {"poll": poll("before")}),
        Specimen(
            _("Before reading, just answered"),
            before,
            {"poll": poll("answered", Opinion(before=2)), "answered": True},
        ),
        Specimen(_("On leaving, not answered"), after, {"poll": poll("leaving")}),
        Specimen(_("On leaving, answered, too few to say"), after, {"poll": poll("few", done, 2)}),
        Specimen(
            _("On leaving, answered, with what reading changed"), after, {"poll": poll("moved", done, 7)}
        ),
        Specimen(
            _("What changed a reader’s mind"),
            "debates/mind.html#sentence",
            {"said": {"delta": {"why": USUAL, "created_at": WHEN}, "by": {"name": "dan", "url": NOWHERE}}},
        ),
        Specimen(_("For who cannot answer"), after, {"poll": poll("locked", None, 7, may_opine=False)}),
    ]


def _changes() -> list[Specimen]:
    pieces = difference(
        USUAL, USUAL.replace("finds the way home", "knew the way home").replace("its bread", "bread")
    )
    waiting = SuggestionView(NOWHERE, "dan", "The bread is the town’s.", _("waits"), WHEN)
    taken = SuggestionView(NOWHERE, "dan", "A comma too many.", _("taken"), WHEN)
    moved = Rearranged(_("It was moved here from"), SHORT, NOWHERE, "cleo", WHEN, "It answers this.", NOWHERE)
    merged = Rearranged(_("This was merged into it:"), "", "", "cleo", WHEN, "", "")
    listed, whole = "debates/suggestions.html", "debates/rearranged.html"
    return [
        Specimen(_("Words that went and words that came"), "pages.html#difference", {"pieces": pieces}),
        Specimen(_("A text that is all new"), "pages.html#difference", {"pieces": difference("", LONG)}),
        Specimen(
            _("Claim and elaboration, compared"),
            f"{listed}#compared",
            {"compared": Compared(pieces, pieces, differs=True)},
        ),
        Specimen(
            _("Suggested edits, waiting and decided"),
            f"{listed}#suggestions",
            {"suggestions": SuggestionsView(NOWHERE, [waiting], [taken])},
        ),
        Specimen(_("No suggestion yet"), f"{listed}#suggestions", {"suggestions": SuggestionsView(NOWHERE)}),
        Specimen(_("Who suggested a version"), f"{listed}#credit", {"credit": taken}),
        Specimen(
            _("Moved and merged, one with the way to undo it"),
            f"{whole}#rearranged",
            {"rearrangements": [moved, merged]},
        ),
        Specimen(
            _("A record of a source that was mended"),
            "debates/source_history.html#changes",
            {"changes": [Change("Title", "Cranes", "Cranes of the harbour"), Change("Year", "1998", "")]},
        ),
        Specimen(
            _("Other wordings"),
            f"{whole}#wordings",
            {"wordings": [OtherWording(SHORT, ""), OtherWording(USUAL, LONG)]},
        ),
    ]
