"""One world for all pages: everything that a page can have to show, in every state, by a known cast.

It is made once for all pages, so that looking at one more page costs one more request. What a text looks like at its
worst stands here too: the longest claim, a word that no line holds, right-to-left words, forty answers, depth forty.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from debates.actions.arranging.link_argument import link_argument
from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.arranging.move_argument import move_argument
from debates.actions.moderating.hide import hide
from debates.actions.moderating.lock import lock
from debates.actions.sources.ask_for_source import ask_for_source
from debates.actions.sources.attach_text import attach_text
from debates.actions.sources.check_citation import check_citation
from debates.actions.sources.merge_sources import merge_sources
from debates.actions.sources.relate_sources import relate_sources
from debates.actions.weighing.change_mind import change_mind
from debates.actions.weighing.opine import opine
from debates.actions.weighing.rate import rate
from debates.actions.writing.concede import concede
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.suggest_edit import suggest_edit
from debates.actions.writing.text import ArgumentText, CitationText
from debates.actions.writing.withdraw_argument import withdraw_argument
from debates.bibliography.record import Name, Record
from debates.models import (
    Argument,
    Citation,
    Debate,
    Delta,
    Document,
    DocumentPassage,
    Link,
    LinkState,
    Origin,
    Rearrangement,
    RelatedDebate,
    Source,
    SourceMerge,
    State,
    Suggestion,
)
from forum.accounts.models import User
from forum.moderation.actions.report import report
from forum.moderation.models import Report
from forum.notices.models import Notice
from tests.conftest import Cast, a_book, con, make_cast, pro

NAMELESS = "Who saw the third crane fall?"
"""The question of an anonymous debate."""
LONGEST_CLAIM = (
    "The harbour should keep every one of its cranes, whoever built them and wherever they stood before, since a town "
    "that takes down what its grandparents climbed each morning will soon not remember why its streets run towards "
    "the water, and nobody moves to a quay in order to look at a car park."
)
ENDLESS = "Kranverlängerungsgenehmigungsverfahrensordnung" * 6
LONG_URL = f"https://example.org/{'a-very-long-address-without-a-place-to-break/' * 6}"
RIGHT_TO_LEFT = "الرافعات ذاكرة المدينة، says the pilot, ولا تُباع الذاكرة."
ELABORATION = """The pilot put it **plainly**:

> They were there before the town hall.

1. The first crane is older than the *quay*.
2. The second carries its builder’s name, `Marsh & Daughters`.

Each was bought with [money of the town](https://example.org/accounts).
"""


@dataclass
class World:
    """What there is to see; each is named for the state that it shows."""

    cast: Cast
    debate: Debate
    thesis: Argument
    reason: Argument
    rebuttal: Argument
    gone: Argument
    """Withdrawn, with an answer that stays."""
    hidden: Argument
    locked: Argument
    waiting: Argument
    """Pending: a moderator has to let it through."""
    objection: Argument
    """Edited since it was answered."""
    stale: Argument
    longest: Argument
    endless: Argument
    empty: Debate
    crowd: Debate
    deepest: Argument
    book: Source
    bare: Source
    """A record with a title and no more."""
    retracted: Source
    article: Source
    citation: Citation
    suggestion: Suggestion
    delta: Delta
    link: Link
    moved: Rearrangement
    merge: SourceMerge
    newcomer: User
    """Nobody who has written anything, and no notices."""
    report: Report


def a_source(title: str, **more: object) -> Source:
    """Return a source that the editors added. Object: any field of Record."""
    source = Source()
    source.take(Record(type="book", title=title, **more))  # type: ignore[arg-type]
    source.save()
    return source


def make_world() -> World:
    """Make everything."""
    cast = make_cast()
    article = a_source("The harbour and its cranes", authors=(Name("Ostrom", "Vera"),), issued=(2011, 5))
    debate = open_debate(
        cast.ada,
        "Should the harbour keep its cranes?",
        ["The harbour should keep its cranes.", LONGEST_CLAIM],
        "What shall stand on the quay when the last ship has gone?",
        ["harbour", "memory"],
        CitationText(source=article),
    )
    thesis, longest = debate.arguments.order_by("path")
    text_of_article(article)
    reason = post_argument(
        cast.ada,
        thesis,
        pro("The cranes are the town’s memory.", elaboration=ELABORATION, topic_tags=("memory", "town")),
    )
    rebuttal = post_argument(
        cast.ben,
        reason,
        con(
            "Half of the cranes came from elsewhere.",
            elaboration=ELABORATION,
            rebuttal_tags=("factual-error", "weak-source"),
            citations=(a_book(), CitationText(source=article, quotation="Words of the second passage.")),
        ),
    )
    post_argument(cast.ada, rebuttal, pro("So did half of the town."))
    post_argument(cast.cleo, reason, ArgumentText(claim="Which cranes are meant?", kind="note"))
    post_argument(
        cast.ben, reason, ArgumentText(claim="Memory feeds nobody.", stance="con", attacks="bearing")
    )
    post_argument(cast.ben, thesis, pro(RIGHT_TO_LEFT, elaboration=RIGHT_TO_LEFT))
    endless = post_argument(
        cast.ben,
        longest,
        con(ENDLESS, elaboration="x" * 300, topic_tags=(ENDLESS[:60],), citations=(a_long_book(),)),
    )
    first = post_argument(cast.ada, thesis, pro("Who keeps one crane keeps a crew.", citations=(a_book(),)))
    post_argument(cast.ada, thesis, pro("A crew keeps a harbour."), joint_with=first)
    objection = post_argument(cast.ben, thesis, con("They rust.", elaboration="And rust costs."))
    concede(cast.ada, objection, "They do, but slowly.")
    stale = post_argument(cast.ben, objection, pro("Rust never sleeps."))
    edit_argument(cast.ben, objection, con("They rust faster each year."), 1, "Clearer.")
    gone = post_argument(cast.ben, thesis, con("Nobody likes them."))
    post_argument(cast.ada, gone, con("I do."))
    withdraw_argument(cast.ben, gone)
    hidden = post_argument(cast.ben, thesis, con("The pilot drinks."))
    post_argument(cast.ada, hidden, con("He does not."))
    hide(cast.cleo, hidden, "It is about a person.", "person")
    locked = post_argument(cast.ben, thesis, pro("They are listed."))
    lock(cast.cleo, locked, "It turns in circles.")
    waiting = post_argument(cast.ben, thesis, pro("Buy cranes here."))
    Argument.objects.filter(pk=waiting.pk).update(state=State.PENDING)
    link = elsewhere(cast, debate, rebuttal, reason)
    people(cast, thesis, reason, rebuttal)
    change_mind(cast.cleo, reason, "I had not known how old they are.")
    citation = rebuttal.citations.order_by("pk")[0]
    check_citation(cast.cleo, citation, "no", "Page 12 speaks of barges.", "p. 14")
    ask_for_source(cast.cleo, locked)
    suggestion = suggest_edit(
        cast.ben, reason, "The cranes are what the town remembers.", ELABORATION, "It reads better.", 1
    )
    suggest_edit(cast.cleo, reason, "The cranes are our memory.", "", "Shorter.", 1)
    moved, merge = rearranged(cast, thesis, objection, citation.source)
    reported = report(cast.dan, rebuttal, "source", f"Look at https://example.org/{'a' * 200}")
    bare, retracted = sources(cast, thesis, citation.source)
    told(cast, reason)
    Origin.objects.create(
        argument=reason,
        document=article.document,
        place="p2",
        digest="0" * 16,
        passage=article.document.passages.get(place="p2"),
    )
    crowd, deepest = large(cast)
    RelatedDebate.objects.create(debate=debate, other=crowd, how="It asks the same of the quay.")
    return World(
        cast,
        debate,
        thesis,
        reason,
        rebuttal,
        gone,
        hidden,
        locked,
        waiting,
        objection,
        stale,
        longest,
        endless,
        open_debate(cast.ada, "Is anybody there?", ["Somebody is there."]),
        crowd,
        deepest,
        citation.source,
        bare,
        retracted,
        article,
        citation,
        suggestion,
        Delta.objects.get(member=cast.cleo),
        link,
        moved,
        merge,
        User.objects.create_user("newcomer", "newcomer@example.org"),
        reported,
    )


def text_of_article(article: Source) -> None:
    """Give the article its text, in passages."""
    document = Document.objects.create(
        source=article,
        digest="0" * 64,
        reading=Document.Reading.EVERYONE,
        licence="CC BY 4.0",
        outline=[{"heading": "The quay", "passages": "p1-p3", "text": "What stood there."}],
        loaded_at=timezone.now(),
    )
    words = ("Words of the first passage.", "Words of the second passage.", RIGHT_TO_LEFT)
    DocumentPassage.objects.bulk_create(
        DocumentPassage(document=document, place=f"p{number}", order=number, kind="text", text=text)
        for number, text in enumerate(words, 1)
    )


def a_long_book() -> CitationText:
    """Return a citation of a work with a title and an address that no line holds."""
    record = Record(
        type="webpage",
        title=ENDLESS,
        authors=(Name("van der Langenhorst-Schwarzenegger", "Maximiliane Konstantina"),),
        issued=(1999, 12, 31),
        url=LONG_URL,
    )
    return CitationText(record=record, quotation="q" * 200, purpose=ENDLESS)


def elsewhere(cast: Cast, debate: Debate, rebuttal: Argument, reason: Argument) -> Link:
    """Open a debate whose thesis an argument of the first one answers, too."""
    other = open_debate(cast.ada, "Should the quay be filled in?", ["Fill it in."], tags=["harbour"])
    thesis = other.arguments.get()
    answer = post_argument(cast.ben, thesis, pro("Land is dear."))
    post_argument(cast.ada, answer, con("Water is dearer."))
    link_argument(cast.ben, rebuttal, thesis, "pro")
    return link_argument(cast.ben, answer, reason, "con", "claim")


def people(cast: Cast, thesis: Argument, reason: Argument, rebuttal: Argument) -> None:
    """Let enough people say what they think for every figure to be shown."""
    for number in range(14):
        reader = User.objects.create_user(f"reader{number}")
        opine(reader, thesis, 6 if number % 2 else 0, "before")
        opine(reader, thesis, 5 if number % 3 else 1, "after")
        rate(reader, reason, holds=4 if number % 2 else 0, matters=3)
        rate(reader, rebuttal, holds=4, matters=number % 5)
    rate(cast.dan, reason, holds=3, matters=1)
    nameless = open_debate(cast.ada, NAMELESS, ["Somebody saw it."], anonymous=True)
    post_argument(cast.ben, nameless.arguments.get(), con("Nobody did."))


def rearranged(
    cast: Cast, thesis: Argument, objection: Argument, book: Source
) -> tuple[Rearrangement, SourceMerge]:
    """Move an argument, merge two, and merge two sources."""
    twin = post_argument(cast.ben, thesis, con("They rust a lot."))
    merge_arguments(cast.cleo, twin, objection, "They say the same.")
    misplaced = post_argument(cast.ben, thesis, con("Paint helps."))
    moved = move_argument(cast.cleo, misplaced, objection, "con", "claim", "It answers the rust.")
    return moved, merge_sources(cast.cleo, a_source("Cranes of the harbor"), book, "The same book.")


def sources(cast: Cast, thesis: Argument, book: Source) -> tuple[Source, Source]:
    """Add sources in their states; return the bare one and the retracted one."""
    bare = a_source("Untitled notes")
    retracted = a_source(
        "Cranes considered harmful",
        authors=(Name("Reed", "Ann"),),
        issued=(2003,),
        url=LONG_URL,
        archived_url=f"https://web.archive.org/web/2024/{LONG_URL}",
        archived_on="2024-05-02",
    )
    retracted.retraction_nature, retracted.retraction_doi = "Retraction", f"10.1234/{'notice' * 20}"
    retracted.link_state = LinkState.GONE
    retracted.save()
    cites = (CitationText(source=retracted, locator="3"), CitationText(source=bare))
    post_argument(cast.ada, thesis, con("They are harmful.", citations=cites))
    relate_sources(cast.cleo, book, retracted, "edition")
    attach_text(
        cast.cleo, book, "The third crane fell.\n\nNobody was hurt.", Document.Reading.EVERYONE, "CC0"
    )
    return bare, retracted


def told(cast: Cast, argument: Argument) -> None:
    """Tell Ada everything that there is to tell."""
    for kind in Notice.Kind:
        Notice.objects.create(recipient=cast.ada, kind=kind, argument=argument, reason="As the rules say.")


def large(cast: Cast) -> tuple[Debate, Argument]:
    """Open a debate with forty answers to one thesis, and a chain of forty below another."""
    debate = open_debate(cast.ada, "How many answers hold?", ["Many hold.", "Few go deep."], tags=["size"])
    wide, deep = debate.arguments.order_by("path")
    for number in range(40):
        side = pro if number % 3 else con
        post_argument(cast.ada if number % 2 else cast.ben, wide, side(f"Answer number {number}."))
    for number in range(40):
        deep = post_argument(
            cast.ben if number % 2 else cast.ada, deep, con(f"No, for the {number + 1}th time.")
        )
    return debate, deep
