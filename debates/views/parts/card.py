"""Cards: what a page shows of an argument, built once for a whole tree, with its addresses made in Python.

A card holds only what its reader may see, so the fragment that draws it needs no further question. It is made from
a row of the database or from a text that was not posted yet: the preview is drawn by the same fragment as the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debates.actions.sources.check_quotation import quotation_in
from debates.actions.writing.text import ArgumentText, check_text
from debates.bibliography.coins import coins
from debates.models import Argument, ArgumentTag, Citation, Debate, Link, Origin, State, Tag
from debates.models.argument import ArgumentQuerySet, Attacks, Stance
from debates.models.authorship import shown_author
from debates.models.source import locator_words
from debates.models.tag import VOCABULARY, topic_names
from debates.models.visibility import Viewer, listed, reads, seen_by
from debates.views.parts.conceded import ConcededView
from debates.views.parts.linked import LinkedChild
from debates.views.parts.ratings import Seen
from debates.views.parts.resting import RestsView
from debates.views.parts.source_state import retraction_of
from debates.views.parts.standing import StandingView
from debates.views.parts.ties import TieView, ties_of
from debates.views.weighing.opinion import Poll


@dataclass
class TagView:
    """A tag with its address and, for a rebuttal tag, what it means."""

    label: str
    url: str
    sentence: str = ""


@dataclass
class CitationView:
    """A citation as it is read."""

    number: int
    source: str
    url: str
    title: str
    publication: str
    locator: str = ""
    quotation: str = ""
    purpose: str = ""
    incomplete: str = ""
    check: str = ""
    check_state: str = ""
    check_url: str = ""
    balance: str = ""
    doubted: bool = False
    retracted: str = ""
    coins: str = ""
    """The work as reference managers read it off the page; empty where another citation on the page has it."""


@dataclass
class Card:
    """One argument as a page shows it, with its replies."""

    public_id: str = ""
    url: str = ""
    claim: str = ""
    html: str = ""
    kind: str = Argument.Kind.ARGUMENT
    stance: str = ""
    attacks: str = ""
    rebuttal: bool = False
    by: str = ""
    by_url: str = ""
    voice: bool = False
    own: bool = False
    """Whether its reader wrote it."""
    posted: datetime | None = None
    edited: bool = False
    state: str = State.PUBLISHED
    state_words: str = ""
    locked: bool = False
    rebuttal_tags: list[TagView] = field(default_factory=list)
    topic_tags: list[TagView] = field(default_factory=list)
    citations: list[CitationView] = field(default_factory=list)
    links: list[TieView] = field(default_factory=list)
    origin: str = ""
    pros: list[Card] = field(default_factory=list)
    cons: list[Card] = field(default_factory=list)
    notes: list[Card] = field(default_factory=list)
    pro_count: int = 0
    con_count: int = 0
    note_count: int = 0
    below: int = 0
    levels_below: int = 0
    """How many levels of answers stand below it; one where nobody answered its answers."""
    more_answers: int = 0
    """Answers to it that one page does not draw."""
    weight: float = 0.0
    """How much of its strength reaches the claim above; what `contest` is, the weaker of its two sides. For sorting only."""
    contest: float = 0.0
    passing: bool = False
    """Whether it is drawn only because something below it was chosen by a filter."""
    counted: bool = False
    """Whether the replies were counted: outside its tree a card says nothing about them."""
    level: int = 3
    open: bool = False
    drawn: bool = True
    """Whether the replies are on this page; otherwise a link leads to them."""
    standing: StandingView | None = None
    """How it stands, where its reader may know that already."""
    seen: Seen | None = None
    """How its reader stands to it: what they answered, whether they may; None outside its tree."""
    poll: Poll | None = None
    """At a thesis of a debate's page: what readers think of it, apart from how it stands."""
    conceded: list[ConcededView] = field(default_factory=list)
    """What the two who disagree granted each other here."""
    linked: list[LinkedChild] = field(default_factory=list)
    """What stands below it as in a further place."""
    joint: str = ""
    """The public id of the premise that it works together with only; none for the first of them."""
    joint_after: bool = False
    """Whether the card before it is another premise of the same bundle."""
    stale: bool = False
    """Whether the claim above has changed since this was written."""
    rests: RestsView | None = None
    """At a thesis: what most of the cited points below it rest on, where that is little."""

    @property
    def placeholder(self) -> bool:
        """Say whether only the place is shown, because the text may not be read."""
        return not self.claim

    @property
    def side(self) -> str:
        """Return the word of the style sheet for its side."""
        if self.kind != Argument.Kind.ARGUMENT:
            return self.kind
        return "bearing" if self.attacks == Attacks.BEARING else self.stance

    @property
    def side_words(self) -> str:
        """Return the side in words."""
        if self.kind == Argument.Kind.ARGUMENT and self.stance == Stance.PRO:
            return _("For")
        if self.rebuttal:
            return _("Rebuttal: does not matter here") if self.attacks == Attacks.BEARING else _("Rebuttal")
        if self.kind == Argument.Kind.ARGUMENT:
            return _("Against: does not matter here") if self.attacks == Attacks.BEARING else _("Against")
        return _("Thesis") if self.kind == Argument.Kind.THESIS else _("Note")

    @property
    def mark(self) -> str:
        """Return the sign of its side; beside it always stands the word."""
        return {"pro": "+", "con": "−", "bearing": "≠"}.get(self.side, "")

    @property
    def answers(self) -> list[Card]:
        """Return the replies, those for the claim first, then those against, then notes."""
        return [*self.pros, *self.cons, *self.notes]

    @property
    def linked_pros(self) -> list[LinkedChild]:
        """Return what speaks for it from elsewhere."""
        return [one for one in self.linked if one.stance == Stance.PRO]

    @property
    def linked_cons(self) -> list[LinkedChild]:
        """Return what speaks against it from elsewhere."""
        return [one for one in self.linked if one.stance == Stance.CON]

    @property
    def answer_count(self) -> int:
        """Return how many published replies stand right below."""
        return self.pro_count + self.con_count + self.note_count

    @property
    def counts(self) -> str:
        """Return the counts of replies in words."""
        parts = [
            _("%(count)d for") % {"count": self.pro_count},
            _("%(count)d against") % {"count": self.con_count},
        ]
        if self.note_count:
            parts.append(
                ngettext("%(count)d note", "%(count)d notes", self.note_count) % {"count": self.note_count}
            )
        return " · ".join(parts)


@dataclass(frozen=True)
class DebateGone:
    """Stands where a debate would be named that its reader may not read: one's own argument can be read without it."""

    question: str
    slug: str = ""
    article_id: None = None

    def get_absolute_url(self) -> str:
        """Return an address that says nothing about the debate."""
        return reverse("home")


def debate_named(debate: Debate, viewer: Viewer) -> Debate | DebateGone:
    """Return the debate that an argument's page names, or what stands in its place."""
    if reads(viewer, debate.state, debate.opened_by_id):
        return debate
    return DebateGone(_("A debate that is no longer shown"))


def with_card_rows(arguments: ArgumentQuerySet, viewer: Viewer) -> ArgumentQuerySet:
    """Attach what a card shows, in a fixed number of queries."""
    return (
        arguments.select_related("author", "voice", "debate", "standing", "joint_with")
        .prefetch_related(
            Prefetch(
                "argument_tags", queryset=ArgumentTag.objects.select_related("tag").order_by("tag__name")
            ),
            Prefetch(
                "citations",
                queryset=Citation.objects.filter(seen_by(viewer, "source__added_by", of="source"))
                .select_related("source")
                .defer("source__formatted")  # the longest of its columns, and no card shows it
                .with_balance()
                .order_by("position"),
            ),
            Prefetch(
                "links",
                queryset=Link.objects.filter(listed("parent__", "debate")).select_related("parent__debate"),
            ),
            Prefetch(
                "linked_children",
                # Those that answer it are drawn among its replies.
                queryset=Link.objects.filter(
                    listed("argument__", "debate"), relation=Link.Relation.SAME
                ).select_related("argument__debate"),
            ),
            Prefetch("origins", queryset=Origin.objects.select_related("document__source")),
        )
        .order_by("path")
    )


def card_of(argument: Argument, viewer: Viewer) -> Card:
    """Build the card of one row that came through `with_card_rows`, as its viewer reads it."""
    by = shown_author(argument, viewer)
    return Card(
        public_id=argument.public_id,
        url=argument.get_absolute_url(),
        claim=argument.claim,
        html=argument.elaboration_html,
        kind=argument.kind,
        stance=argument.stance,
        attacks=argument.attacks,
        rebuttal=argument.is_rebuttal,
        by=by.name,
        by_url=by.url,
        voice=by.voice,
        own=by.own,
        posted=argument.created_at,
        edited=argument.edited_at is not None,
        state=argument.state,
        state_words="" if argument.is_published else argument.get_state_display(),
        locked=argument.locked_at is not None or argument.debate.locked_at is not None,
        rebuttal_tags=[_tag_view(tag) for tag in argument.rebuttal_tags],
        topic_tags=[_tag_view(tag) for tag in argument.topic_tags],
        citations=[_citation_view(citation) for citation in argument.citations.all()],
        links=ties_of(argument),
        origin=next((origin_words(origin) for origin in argument.origins.all()), ""),
        joint=argument.joint_with.public_id if argument.joint_with else "",
        stale=argument.stale_since is not None,
    )


def card_of_text(text: ArgumentText, by: str) -> Card:
    """Build the card of a text that is not posted, for the preview; refuses what the post would refuse."""
    html = check_text(text)
    citations = []
    for number, cite in enumerate(text.citations, 1):
        record = cite.source.record if cite.source else cite.record
        if record is None:
            continue
        citations.append(
            CitationView(
                number=number,
                source=record.short(),
                url=cite.source.get_absolute_url() if cite.source else "",
                title=record.title,
                publication=record.publication(),
                locator=locator_words(cite.locator_label, cite.locator),
                quotation=cite.quotation,
                purpose=cite.purpose,
                incomplete=cite.source.incomplete if cite.source else cite.incomplete,
                check=quotation_words(quotation_in(cite.source, cite.quotation)),
                balance=_("not checked yet"),
            )
        )
    return Card(
        claim=text.claim,
        html=html,
        kind=text.kind,
        stance=text.stance,
        attacks=text.attacks,
        rebuttal=text.stance == Stance.CON and bool(text.rebuttal_tags) and bool(text.citations),
        by=by,
        rebuttal_tags=[
            TagView(str(VOCABULARY[key][0]), "", str(VOCABULARY[key][1]))
            for key in sorted(text.rebuttal_tags)
            if key in VOCABULARY
        ],
        topic_tags=[TagView(name, "") for name in sorted(topic_names(text.topic_tags))],
        citations=citations,
    )


def _tag_view(tag: Tag) -> TagView:
    return TagView(tag.label, reverse("tag", args=[tag.name]), tag.sentence)


def _citation_view(citation: Any) -> CitationView:
    """Return what a card shows of a citation. Any: a citation that came `with_balance`."""
    record = citation.source.record
    return CitationView(
        number=citation.position,
        source=record.short(),
        url=citation.source.get_absolute_url(),
        title=record.title,
        publication=record.publication(),
        locator=locator_words(citation.locator_label, citation.locator),
        quotation=citation.quotation,
        purpose=citation.purpose,
        incomplete=citation.source.incomplete,
        check=quotation_words(citation.quotation_state),
        check_state=citation.quotation_state,
        check_url=reverse("check", args=[citation.pk]),
        balance=balance_words(citation),
        doubted=citation.said_no > citation.said_yes,
        coins=coins(record),
        retracted=retraction.sentence if (retraction := retraction_of(citation.source)) else "",
    )


def each_work_once(cards: Iterable[Card]) -> None:
    """Leave a work to the first of a page's cards that cites it: reference managers list what they find as often."""
    seen: set[str] = set()
    for card in cards:
        for cite in card.citations:
            if cite.url in seen:
                cite.coins = ""
            seen.add(cite.url)


def quotation_words(state: str) -> str:
    """Return what a card says of a quotation; of a citation without one, that nobody has checked it."""
    return str(Citation.Quotation(state).label) if state else ""


def balance_words(citation: Any) -> str:
    """Return the balance of the checks in words. Any: a citation that came `with_balance`."""
    looked = citation.said_yes + citation.said_partly + citation.said_no
    if not looked:
        return _("not checked yet")
    words = _("checked: %(yes)d of %(all)d find it there") % {"yes": citation.said_yes, "all": looked}
    if citation.said_partly:
        words += _(", %(partly)d in part") % {"partly": citation.said_partly}
    return words


def origin_words(origin: Origin) -> str:
    """Return where in its document an argument stands: paragraph 12, comment 3."""
    return place_words(origin.place)


def place_words(place: str) -> str:
    """Return the place of a passage in words."""
    if place.startswith("c"):
        comment, _dot, paragraph = place[1:].partition(".")
        return _("comment %(comment)s, paragraph %(paragraph)s") % {
            "comment": comment,
            "paragraph": paragraph,
        }
    return _("paragraph %(paragraph)s") % {"paragraph": place[1:]}
