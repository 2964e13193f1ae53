"""Who reads what: every address of the site, as every role, with texts in every state, against one small table.

A text is known by its secret words: one word a field that stands nowhere else. A page that holds a secret word of a
text which its reader may not read leaks; a page of lists that holds one of a text which is not published leaks, too.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from fnmatch import fnmatchcase
from io import BytesIO
from itertools import islice
from typing import Any
from urllib.parse import unquote
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from debates.actions.arranging.link_argument import link_argument
from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.moderating.hide import hide
from debates.actions.moderating.restore import restore
from debates.actions.sources.merge_sources import merge_sources
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.suggest_edit import suggest_edit
from debates.actions.writing.text import CitationText
from debates.bibliography.record import Name, Record
from debates.models import (
    Appearance,
    Argument,
    Citation,
    Debate,
    Delta,
    Document,
    DocumentPassage,
    Link,
    Origin,
    Rearrangement,
    RelatedDebate,
    Source,
    SourceMerge,
    SourceRelation,
    State,
    Suggestion,
    Tag,
    Voice,
)
from debates.queues import Queue
from forum.accounts.models import User
from forum.bookmarks.models import ArgumentList, Bookmark, ListEntry
from forum.drafts.models import Draft
from forum.following.models import Follow, ReadMark
from forum.moderation.actions.report import report
from forum.moderation.models import Report
from forum.notices.models import Notice
from forum.own_data.actions.make_export import make_export
from forum.own_data.models import Export
from tests.conftest import PASSWORD, Cast, con, pro, signed_in

# ---------------------------------------------------------------------------------------------- the table

ROLES = ("visitor", "dan", "ada", "ben", "cleo", "root")
"""Nobody, a reader, the author of almost everything, another member, a moderator, the superuser."""
STAFF = ("cleo", "root")
BROKEN = "a page that broke"
READERS = {
    State.DRAFT: "its author",
    State.PENDING: "its author and the moderators",
    State.PUBLISHED: "everyone",
    State.HIDDEN: "its author and the moderators",
    State.WITHDRAWN: "its author and the moderators",
    State.REMOVED: "its author and the moderators",
}
"""Who may read a text in each state. Lists, searches, counts and the pages of others hold what is published alone."""


@dataclass
class Item:
    """A text in one state, with its secret words by field."""

    kind: str
    state: State
    author: str
    words: dict[str, str]
    row: Any = None  # an Argument, a Debate or a Source
    above: Item | None = None
    """What it stands in: where that is not published, its own author and the moderators read it, nobody else."""

    def __str__(self) -> str:
        return f"{self.kind} ({self.state}{f' in a debate that is {self.above.state}' if self.above else ''})"

    @property
    def is_listed(self) -> bool:
        """Say whether it stands in lists."""
        return self.state == State.PUBLISHED and (self.above is None or self.above.is_listed)

    def read_by(self, role: str) -> bool:
        """Look into the table."""
        if role == self.author:
            return True
        readers = READERS[self.state]
        allowed = readers == "everyone" or (role in STAFF and "moderators" in readers)
        if self.above is None or not allowed:
            return allowed
        return self.above.is_listed or (role in STAFF and self.above.read_by(role))


# -------------------------------------------------------------------------------------------- the scene


@dataclass
class World:
    """A public debate with a text of Ada's in every state, and debates and sources in every state beside it."""

    cast: dict[str, User]
    hub: Debate
    reason: Argument
    shared: Source
    document: Document
    grown: list[Argument] = field(default_factory=list)
    """What comes from the text of a source in each state, and cites it."""
    items: list[Item] = field(default_factory=list)
    clients: dict[str, Client] = field(default_factory=dict)

    def of(self, *kinds: str) -> Iterator[Item]:
        """Yield the items of some kinds."""
        return (item for item in self.items if item.kind in kinds)


def secrets(kind: str, state: State, *fields: str) -> dict[str, str]:
    """Return one word a field, found nowhere else; letters only, so that no stemmer, slug or tag changes it."""
    return {name: f"zz{kind}{name}{state.value}zz" for name in fields}


def a_document(source: Source, words: str) -> Document:
    """Return a document whose one passage holds some words."""
    document = Document.objects.create(
        source=source,
        digest=f"{source.pk:064}",
        reading=Document.Reading.EVERYONE,
        outline=[{"heading": f"Outline {words}", "passages": "p1", "text": words}],
        loaded_at=timezone.now(),
    )
    DocumentPassage.objects.create(document=document, place="p1", order=1, kind="text", text=f"Once {words}.")
    return document


def from_document(argument: Argument, document: Document) -> None:
    """Let an argument come from a document's only passage."""
    Origin.objects.create(
        argument=argument, document=document, place="p1", digest="0" * 16, passage=document.passages.get()
    )


def a_source(title: str, author: str = "Marsh") -> Source:
    """Return a source that the editors added."""
    source = Source()
    source.take(Record(type="book", title=title, authors=(Name(author, "Lena"),), issued=(1999,)))
    source.save()
    return source


def told(recipient: User, argument: Argument) -> None:
    """Tell somebody everything that there is to tell about an argument."""
    for kind in Notice.Kind:
        Notice.objects.create(recipient=recipient, kind=kind, argument=argument, reason="As the rules say.")


def build_world(cast: Cast) -> World:
    """Make everything that the addresses lead to."""
    root = User.objects.create_superuser("root", "root@example.org", PASSWORD)
    people = {"ada": cast.ada, "ben": cast.ben, "cleo": cast.cleo, "dan": cast.dan, "root": root}
    hub = open_debate(cast.ada, "Should the harbour keep its cranes?", ["It should."], tags=["harbour"])
    hub.article = a_source("The harbour article")
    hub.save(update_fields=["article"])
    thesis = hub.arguments.get()
    reason = post_argument(cast.ben, thesis, pro("They are the town’s memory."))
    world = World(people, hub, reason, a_source("The shared source"), a_document(hub.article, "upon a time"))
    for state in State:
        world.items.append(make_argument(world, state))
        world.items += make_debate(world, state)
        world.items.append(make_source(world, state))
    world.items.append(make_merged(world))
    make_people(world)
    world.clients = {role: signed_in(people[role]) if role in people else Client() for role in ROLES}
    for client in world.clients.values():
        client.raise_request_exception = False  # a page that breaks is a fault among the others
    return world


def make_argument(world: World, state: State) -> Item:
    """Make Ada's rebuttal of Ben's reason in one state: edited, answered, linked, told of, reported."""
    words = secrets(
        "argument", state, "claim", "old", "elaboration", "quotation", "purpose", "tag", "why", "wording"
    )
    ada, ben = world.cast["ada"], world.cast["ben"]
    text = con(
        f"{words['claim']} findargument{state}",
        elaboration=words["elaboration"],
        rebuttal_tags=("factual-error",),
        topic_tags=(words["tag"], "sharedtopic"),
        citations=(
            CitationText(source=world.shared, quotation=words["quotation"], purpose=words["purpose"]),
        ),
    )
    argument = post_argument(ada, world.reason, con(words["old"]))
    edit_argument(ada, argument, text, 1)
    post_argument(ben, argument, pro(f"An answer to what is {state}."))
    elsewhere = post_argument(ben, world.hub.arguments.get(parent=None), pro(f"Said elsewhere, {state}."))
    Link.objects.create(argument=argument, parent=elsewhere, relation=Link.Relation.SAME)
    Link.objects.create(argument=elsewhere, parent=argument, relation=Link.Relation.SAME)
    Delta.objects.create(argument=argument, member=ben, why=words["why"])
    placed_elsewhere(world, argument)
    twin = post_argument(ben, world.reason, con(words["wording"]))
    merge_arguments(world.cast["cleo"], twin, argument, "They say the same.")
    suggest_edit(ben, argument, f"{words['claim']} in better words", "", "It reads better.", 2)
    from_document(argument, world.document)
    report(world.cast["dan"], argument, "person", "Look at this.")
    for role in ("ben", "dan", "ada"):
        told(world.cast[role], argument)
    if state == State.PUBLISHED:
        hide(world.cast["cleo"], argument, "By mistake.")
        restore(world.cast["cleo"], argument, "It was a mistake.")
    elif state == State.HIDDEN:
        hide(world.cast["cleo"], argument, "It insults.")
    argument.state = state
    argument.save(update_fields=["state"])
    return Item("argument", state, "ada", words, argument)


def placed_elsewhere(world: World, argument: Argument) -> None:
    """Let an argument speak for another claim, too, and another claim for it."""
    ben, thesis = world.cast["ben"], world.hub.arguments.get(parent=None)
    link_argument(
        ben, argument, post_argument(ben, thesis, pro(f"What {argument.pk} is said for, too.")), "pro"
    )
    link_argument(ben, post_argument(ben, thesis, pro(f"What speaks for {argument.pk}.")), argument, "pro")


def make_debate(world: World, state: State) -> Iterable[Item]:
    """Make Ada's debate in one state with her thesis, and Ben's argument in it."""
    ada, ben = world.cast["ada"], world.cast["ben"]
    words = secrets("debate", state, "question", "summary", "tag", "thesis")
    debate = open_debate(
        ada,
        f"{words['question']} finddebate{state}",
        [words["thesis"]],
        words["summary"],
        [words["tag"], "sharedtopic"],
        CitationText(source=world.shared),
    )
    RelatedDebate.objects.create(debate=world.hub, other=debate, how="It answers.")
    inner_words = secrets("inner", state, "claim", "elaboration", "quotation", "tag")
    inner = post_argument(
        ben,
        debate.arguments.get(),
        con(
            f"{inner_words['claim']} findinner{state}",
            elaboration=inner_words["elaboration"],
            rebuttal_tags=("factual-error",),
            topic_tags=(inner_words["tag"], "sharedtopic"),
            citations=(CitationText(source=world.shared, quotation=inner_words["quotation"]),),
        ),
    )
    post_argument(ada, inner, pro("An answer to that."))
    Link.objects.create(argument=inner, parent=world.reason, relation=Link.Relation.SAME)
    Link.objects.create(argument=world.reason, parent=inner, relation=Link.Relation.SAME)
    from_document(inner, world.document)
    report(world.cast["dan"], inner, "person", "Look at this.")
    for role in ("ada", "dan", "ben"):
        told(world.cast[role], inner)
    if state == State.HIDDEN:
        hide(world.cast["cleo"], debate, "It insults.")
    debate.state = state
    debate.save(update_fields=["state"])
    item = Item("debate", state, "ada", words, debate)
    return item, Item("inner", State.PUBLISHED, "ben", inner_words, inner, above=item)


def make_source(world: World, state: State) -> Item:
    """Make Ada's source in one state: cited in the open, and the article of a debate with its text."""
    words = secrets("source", state, "title", "author", "text")
    ada, ben = world.cast["ada"], world.cast["ben"]
    source = a_source(f"{words['title']} findsource{state}", words["author"])
    source.added_by = ada
    source.save(update_fields=["added_by"])
    document = a_document(source, words["text"])
    debate = open_debate(
        ada, f"Grown from a source, {state}?", ["It grew."], article=CitationText(source=source)
    )
    grown = post_argument(
        ben,
        debate.arguments.get(),
        pro(f"As the article says, {state}.", citations=(CitationText(source=source, locator="1"),)),
    )
    from_document(grown, document)
    world.grown.append(grown)
    if state == State.HIDDEN:
        hide(world.cast["cleo"], source, "It is made up.")
    source.state = state
    source.save(update_fields=["state"])
    return Item("source", state, "ada", words, source)


def make_merged(world: World) -> Item:
    """Make Ada's source that was merged into the one that all cite, after only a hidden argument of hers had brought it.

    Its words went with that argument, and come back by no history of what stands in its place.
    """
    words = secrets("merged", State.HIDDEN, "title", "author")
    ada, cleo = world.cast["ada"], world.cast["cleo"]
    record = Record(
        type="book", title=words["title"], authors=(Name(words["author"], "Lena"),), issued=(1999,)
    )
    brought = post_argument(ada, world.reason, pro("Brought by.", citations=(CitationText(record=record),)))
    gone = brought.citations.get().source
    plain = a_source("A twin of the shared source")
    post_argument(
        world.cast["ben"], world.reason, pro("As it says.", citations=(CitationText(source=plain),))
    )
    for one in (gone, plain):
        merge_sources(cleo, one, world.shared, "The same book.")
        SourceRelation.objects.create(source=one, other=world.document.source, kind="preprint")
    for item in world.of("source"):
        SourceRelation.objects.create(source=item.row, other=world.shared, kind="edition")
    hide(cleo, brought, "It insults.")
    return Item("merged", State.HIDDEN, "ada", words, gone)


def make_people(world: World) -> None:
    """Let Ben and Dan follow everything, have begun to read everywhere, and have drafts of answers to everything.

    A voice speaks the reason, so that it has a page; nothing that is hidden stands there.
    """
    for member in (world.cast["ben"], world.cast["dan"]):
        for item in world.items:
            target = {"argument": "argument", "inner": "argument", "debate": "debate"}.get(
                item.kind, "source"
            )
            Follow.objects.create(member=member, level=Follow.Level.FOLLOW, **{target: item.row})
            if target == "argument":
                place = reverse("reply", args=[item.row.public_id])
                Draft.objects.create(
                    member=member,
                    path=place,
                    place=place,
                    tab=uuid4(),
                    body="claim=As+I+began",
                    digest="0" * 64,
                    excerpt="As I began",
                    argument=item.row,
                    debate=item.row.debate,
                )
        keep_everything(world, member)
        for tag in Tag.objects.filter(kind=Tag.Kind.TOPIC):
            Follow.objects.create(member=member, level=Follow.Level.FOLLOW, tag=tag)
        long_ago = timezone.now() - timedelta(days=365)
        for debate in Debate.objects.all():
            ReadMark.objects.create(member=member, debate=debate, read_to=long_ago)
    voice = Voice.objects.create(slug="a-docker", name="A docker")
    Appearance.objects.create(voice=voice, debate=world.hub, known=Appearance.Known.SIGNED)
    Argument.objects.filter(pk=world.reason.pk).update(voice=voice)


def keep_everything(world: World, member: User) -> None:
    """Let a member bookmark every argument, and share a list of all of them."""
    rows = [item.row for item in world.of("argument", "inner")]
    made = ArgumentList.objects.create(member=member, title="Everything", secret=f"secret-{member}")
    for place, row in enumerate(rows):
        Bookmark.objects.create(member=member, argument=row, note="As I noted.")
        ListEntry.objects.create(of=made, argument=row, place=place)


# ------------------------------------------------------------------------------- the addresses, route by route

type Build = Callable[[World], Iterable[tuple[str, Item | None]]]


@dataclass(frozen=True)
class Row:
    """How to build a route's addresses from the scene, and what stands there.

    `shows` names the fields that a reader who may read the item must find at the address built from it, `to` who of
    them finds it; `lists` says that nothing unpublished stands there, for nobody, except on the page of its author.
    """

    build: Build
    shows: tuple[str, ...] = ()
    to: Callable[[Item, str], bool] = lambda _item, _role: True
    lists: bool = False
    cards: bool = False
    """Whether a list draws whole arguments: their citations are then shown as on the argument's own page."""
    htmx: bool = False
    post: bool = False
    own: tuple[str, ...] = ()
    """The words of an item that are Ben's: what he suggested, said or merged away there, and finds among what is his own."""


def once(name: str, query: str = "") -> Build:
    """Build the one address of a route without parameters."""
    return lambda _world: [(reverse(name) + query, None)]


def each_argument(name: str, query: str = "") -> Build:
    """Build a route's address for every argument: Ada's, those in debates, those that came from a source."""

    def build(world: World) -> Iterator[tuple[str, Item | None]]:
        for item in world.of("argument", "inner"):
            yield reverse(name, args=[item.row.public_id]) + query, item
        for argument in world.grown if name in ("argument", "history", "reply") else ():
            yield reverse(name, args=[argument.public_id]) + query, None

    return build


def each_debate(name: str, *queries: str) -> Build:
    """Build a route's address for every debate: those with a secret, those grown from one, the public one."""

    def build(world: World) -> Iterator[tuple[str, Item | None]]:
        secret = {item.row.pk: item for item in world.of("debate")}
        for debate in Debate.objects.order_by("pk"):
            whole = debate.pk in secret or debate == world.hub
            for query in queries if whole else queries[:1]:
                yield reverse(name, args=[debate.slug]) + query, secret.get(debate.pk)

    return build


def branches(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build the branch of every argument, and of what each stands under."""
    yield from each_argument("branch")(world)
    for item in world.of("argument", "inner"):
        yield reverse("branch", args=[item.row.parent.public_id]), item


def homes(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build the list of debates: as it opens, in another order, and by the tag of each debate."""
    yield reverse("home"), None
    yield reverse("home") + "?sort=largest&tag=sharedtopic", None
    for item in world.of("debate"):
        yield f"{reverse('home')}?tag={item.words['tag']}", item


def searches(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build searches that would find each item, by a word that is no secret."""
    for item in world.items:
        state = item.above.state if item.above else item.state
        yield f"{reverse('search')}?q=find{item.kind}{state}", item


def tags(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build the page of every tag, and the tags that all share."""
    yield reverse("tag", args=["sharedtopic"]), None
    yield reverse("tag", args=["sharedtopic"]) + "?page=2", None
    yield reverse("tag", args=["factual error"]), None
    for item in world.of("argument", "inner", "debate"):
        yield reverse("tag", args=[item.words["tag"]]), item


def api_searches(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build the same searches, asked by programs."""
    for address, item in searches(world):
        yield address.replace(reverse("search"), reverse("api:search"), 1), item


def api_tags(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build what programs are told of each tag."""
    for item in world.of("argument", "inner", "debate"):
        yield reverse("api:tag", args=[item.words["tag"]]), item


def all_tags(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build the list of tags, also searched for words that only one text carries."""
    yield reverse("tags"), None
    yield f"{reverse('tags')}?sort=most", None
    for item in world.of("argument", "inner", "debate"):
        yield f"{reverse('tags')}?q={item.words['tag'][2:-2]}", item


def days(_world: World) -> Iterator[tuple[str, Item | None]]:
    """Build what happened today, this week and this month."""
    for since in ("", "?since=day", "?since=month"):
        yield f"{reverse('today')}{since}", None


def suggestions(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build what is offered while somebody types the beginning of a secret word, also behind operators."""
    for item in world.items:
        for operator in ("", "tag:", "debate:", "source:"):
            yield f"{reverse('search_suggest')}?q={operator}find{item.kind}{item.state}", item
    for begun in ("f", "tag:s", "author:a", "voice:v"):
        yield f"{reverse('search_suggest')}?q={begun}", None


def library(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build the list of sources."""
    yield reverse("sources"), None
    yield reverse("sources") + "?incomplete=1", None
    yield reverse("sources") + "?gone=1", None
    for item in world.of("source"):
        yield f"{reverse('sources')}?q=findsource{item.state}", item


def finding(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build what a form asks while somebody looks for a source to cite."""
    for item in world.of("source"):
        yield f"{reverse('find_source')}?row=cite-0&cite-0-find=findsource{item.state}", item


def each_source(name: str) -> Build:
    """Build a route's address for every source, for the one that all cite, and for the one that was merged into that."""

    def build(world: World) -> Iterator[tuple[str, Item | None]]:
        yield reverse(name, args=[world.shared.public_id]), None
        for item in world.of("source"):
            yield reverse(name, args=[item.row.public_id]), item
        for item in world.of("merged"):
            yield reverse(name, args=[item.row.public_id]), None

    return build


def merging(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build the page that merges each source: as it opens, and with the other one chosen."""
    for address, item in each_source("merge_source")(world):
        yield address, item
        yield f"{address}?other={world.document.source.public_id}", item


def each_merge(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build the page that undoes each merge."""
    for merge in SourceMerge.objects.order_by("pk"):
        yield reverse("undo_merge", args=[merge.pk]), None


def each_delta(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build the page that hides each sentence about a change of mind."""
    of = {item.row.pk: item for item in world.of("argument")}
    for delta in Delta.objects.order_by("pk"):
        yield reverse("hide_delta", args=[delta.pk]), of.get(delta.argument_id)


def each_link(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build the page that takes each link away."""
    of = {item.row.pk: item for item in world.of("argument")}
    for link in Link.objects.filter(relation=Link.Relation.ANSWERS).order_by("pk"):
        yield reverse("unlink", args=[link.pk]), of.get(link.argument_id) or of.get(link.parent_id)


def each_suggestion(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build the page of each suggested edit."""
    of = {item.row.pk: item for item in world.of("argument")}
    for suggestion in Suggestion.objects.order_by("pk"):
        yield reverse("suggestion", args=[suggestion.pk]), of.get(suggestion.argument_id)


def each_rearrangement(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build the page that undoes each move, merge and split."""
    of = {item.row.pk: item for item in world.of("argument")}
    for row in Rearrangement.objects.order_by("pk"):
        yield reverse("undo_rearrangement", args=[row.pk]), of.get(row.other_id)


def each_queue(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build the pages of all work queues, of the whole site and of each debate."""
    for one in Queue:
        yield reverse("queue", args=[one.value]), None
        yield f"{reverse('queue', args=[one.value])}?debate={world.hub.slug}", None


def each_citation(name: str) -> Build:
    """Build a route's address for each citation: Ada's, and all others."""

    def build(world: World) -> Iterator[tuple[str, Item | None]]:
        of = {citation.pk: item for item in world.of("argument") for citation in item.row.citations.all()}
        for pk in Citation.objects.values_list("pk", flat=True):
            yield reverse(name, args=[pk]), of.get(pk)

    return build


def members(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build the pages of all members."""
    for name in world.cast:
        yield reverse("member", args=[name]), None


def files(pages: Build) -> Build:
    """Build the addresses at which the references of pages can be had."""

    def build(world: World) -> Iterator[tuple[str, Item | None]]:
        for address, item in pages(world):
            for ending in ("bib", "ris", "json"):
                yield f"{address.partition('?')[0]}references.{ending}", item

    return build


FEEDS = ("atom", "json")


def feeds(pages: Build) -> Build:
    """Build the addresses at which pages can be followed."""

    def build(world: World) -> Iterator[tuple[str, Item | None]]:
        for address, item in pages(world):
            for ending in FEEDS:
                yield f"{address.partition('?')[0]}feed.{ending}", item

    return build


def search_feeds(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build the feeds of the searches."""
    for address, item in searches(world):
        for ending in FEEDS:
            yield f"{reverse('search_feed', args=[ending])}?{address.partition('?')[2]}", item


def parts_of_the_map(_world: World) -> Iterator[tuple[str, Item | None]]:
    """Build the files of the map of the site."""
    for section in ("pages", "debates", "arguments", "sources", "tags"):
        yield reverse("sitemap_part", args=[section, 0]), None


def in_the_admin(name: str) -> Build:
    """Build the pages of the admin that need a row: each item's where the route is of its model, else any row's."""

    def build(world: World) -> Iterator[tuple[str, Item | None]]:
        routes = [route for route in walk() if route.name == name]
        for route in routes:
            if name == "admin:autocomplete":  # no page here asks for it, and without parameters it breaks
                continue
            if not route.words:
                yield reverse(name), None
            elif route.words == {"app_label"}:
                yield reverse(name, args=["debates"]), None
            elif name == "admin:view_on_site":
                for one in world.items:
                    if (
                        one.state == State.DRAFT
                    ):  # its address is no text, and only staff who know its key get it
                        continue
                    kind = ContentType.objects.get_for_model(one.row)
                    yield reverse(name, args=[kind.pk, one.row.pk]), one
            else:
                for pk, item in rows_of(name, world):
                    yield reverse(name, args=[pk]), item

    return build


def rows_of(name: str, world: World) -> Iterator[tuple[int, Item | None]]:
    """Yield the keys of the rows that an admin route is about."""
    kinds = {
        "admin:debates_argument": ("argument", "inner"),
        "admin:debates_debate": ("debate",),
        "admin:debates_source": ("source", "merged"),
    }
    for start, of in kinds.items():
        if name.startswith(start):
            yield from ((item.row.pk, item) for item in world.of(*of))
            return
    if name == "admin:debates_citation_change":
        yield from ((pk, None) for pk in Citation.objects.values_list("pk", flat=True))
    elif name == "admin:debates_suggestion_change":
        yield from ((pk, None) for pk in Suggestion.objects.values_list("pk", flat=True))
    elif name == "admin:debates_tag_change":
        yield from ((pk, None) for pk in Tag.objects.values_list("pk", flat=True))
    elif name == "admin:moderation_report_change":
        yield from ((pk, None) for pk in Report.objects.values_list("pk", flat=True))
    else:
        yield 1, None


def each_draft(name: str) -> Build:
    """Build the addresses of all drafts."""
    return lambda _world: [
        (reverse(name, args=[key]), None) for key in Draft.objects.order_by("pk").values_list("pk", flat=True)
    ]


def each_export(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build the addresses of an archive of everything of each of the cast."""
    for member in world.cast.values():
        Export.objects.filter(member=member).delete()  # that which the empty form of this page has asked for
        export = Export.objects.create(member=member)
        make_export.call(export.pk)
        yield reverse("own_data_file", args=[export.token]), None


def follows(world: World) -> Iterator[tuple[str, Item | None]]:
    """Build the form that follows each thing, by what names it."""
    kinds = {"argument": "argument", "inner": "argument", "debate": "debate", "source": "source"}
    for item in world.of(*kinds):
        what = item.row.slug if item.kind == "debate" else item.row.public_id
        yield f"{reverse('follow')}?kind={kinds[item.kind]}&what={what}", item


def each_list(name: str) -> Build:
    """Build a route's address for every list of arguments."""
    return lambda _world: [(reverse(name, args=[one.public_id]), None) for one in ArgumentList.objects.all()]


def shared_lists(_world: World) -> Iterable[tuple[str, Item | None]]:
    """Build the addresses of the lists that are shared."""
    return [(reverse("shared_list", args=[one.secret]), None) for one in ArgumentList.objects.all()]


def a_voice(name: str) -> Build:
    """Build the address of the one voice."""
    return lambda _world: [(reverse(name, args=["a-docker"]), None)]


ARGUMENT = ("claim", "elaboration", "quotation", "tag")


def members_answer(item: Item, role: str) -> bool:
    """Say who gets a form to answer with: members, where what they answer is published."""
    return role != "visitor" and item.is_listed


def members_ask(item: Item, role: str) -> bool:
    """Say who gets the form that asks for a source: members but its author, where the claim is published."""
    return role not in ("visitor", item.author) and item.is_listed


def author_edits(item: Item, role: str) -> bool:
    """Say who gets the form to edit with."""
    return role == item.author and item.state in (State.DRAFT, State.PENDING, State.PUBLISHED)


def author_withdraws(item: Item, role: str) -> bool:
    """Say who gets the form to withdraw with: what waits for a moderator is no author's to take away and publish again."""
    return author_edits(item, role) and item.state != State.PENDING


def moderates(_item: Item, role: str) -> bool:
    """Say who gets what only moderators do."""
    return role in STAFF


def moves(item: Item, role: str) -> bool:
    """Say who gets the forms that move, merge and split: moderators, for what is published."""
    return role in STAFF and item.is_listed


def opener_mends(item: Item, role: str) -> bool:
    """Say who gets the form that mends a debate."""
    return role in STAFF or author_edits(item, role)


def adder_relates(item: Item, role: str) -> bool:
    """Say who gets the form that relates a source."""
    return role == item.author or role in STAFF


ROWS: dict[str, Row] = {
    "home": Row(homes, ("question", "thesis", "tag"), lists=True),
    "open_debate": Row(once("open_debate"), lists=True, post=True),
    "debate": Row(
        each_debate("debate", "", "?open=all", "?open=none"),
        ("question", "summary", "thesis", "tag"),
    ),
    "article": Row(each_debate("article", "", "?passage=p1", "?passage=p1&words=upon", "?show=unanswered")),
    "argument": Row(each_argument("argument"), ARGUMENT),
    "branch": Row(branches, htmx=True),
    "history": Row(each_argument("history"), ("claim", "elaboration", "tag")),
    "reply": Row(
        each_argument("reply", "?stance=con&quote=1&passage=p1&words=upon"),
        ("claim",),
        members_answer,
        htmx=True,
        post=True,
    ),
    "rebut": Row(each_argument("rebut"), ("claim",), members_answer, htmx=True, post=True),
    "edit": Row(each_argument("edit"), ARGUMENT, author_edits, post=True),
    "withdraw": Row(each_argument("withdraw"), ("claim",), author_withdraws),
    "reinstate": Row(each_argument("reinstate")),  # answers POST only, and shows nothing
    "report": Row(
        each_argument("report"),
        ARGUMENT,
        lambda item, role: role not in ("visitor", item.author),
        post=True,
    ),
    "rate": Row(each_argument("rate"), ("claim",), htmx=True, post=True),
    "appeal": Row(
        each_argument("appeal"),
        ("claim",),
        lambda item, role: item.kind == "argument" and role == item.author and item.state == State.HIDDEN,
        post=True,
    ),
    "report_citation": Row(
        each_citation("report_citation"),
        ("claim", "quotation"),
        lambda _item, role: role != "visitor",
        post=True,
    ),
    "report_source": Row(
        each_source("report_source"), ("title",), lambda _item, role: role != "visitor", post=True
    ),
    "report_member": Row(
        lambda world: [(reverse("report_member", args=[name]), None) for name in world.cast],
        lists=True,
        post=True,
    ),
    "report_tag": Row(
        lambda world: [(f"{address.partition('?')[0]}report/", item) for address, item in tags(world)],
        lists=True,
        post=True,
    ),
    "reports": Row(once("reports"), lists=True),
    "see": Row(each_argument("see"), post=True),
    "mind": Row(each_argument("mind"), ("claim", "why"), post=True),
    "minds": Row(once("minds"), lists=True),
    "why": Row(each_argument("why"), ("claim",), htmx=True),
    "method": Row(once("method"), lists=True),
    "stale": Row(each_argument("stale"), ("claim",)),
    "suggest": Row(
        each_argument("suggest"),
        ("claim", "elaboration"),
        # Ben has suggested something already, and waits for an answer.
        lambda item, role: members_ask(item, role) and not (role == "ben" and item.kind == "argument"),
        post=True,
    ),
    "suggestion": Row(each_suggestion, ("claim",), lambda _item, role: role != "visitor", post=True),
    "queues": Row(once("queues"), lists=True),
    "queue": Row(each_queue, lists=True),
    "similar": Row(each_argument("similar", "?claim=findargument"), htmx=True),
    "link": Row(each_argument("link"), ("claim",), members_answer),
    "unlink": Row(each_link),
    "premise": Row(each_argument("premise")),
    "concede": Row(each_argument("concede")),
    "add_thesis": Row(each_debate("add_thesis", "")),
    "move": Row(each_argument("move"), ("claim",), moves),
    "merge": Row(each_argument("merge"), ("claim",), moves),
    "split": Row(each_argument("split"), ("claim",), moves),
    "undo_rearrangement": Row(each_rearrangement),
    "cruxes": Row(each_debate("cruxes", ""), ("question",)),
    "opinion": Row(each_debate("opinion", "")),
    "hide_delta": Row(each_delta, ("claim", "why"), moderates, post=True),
    "sources": Row(library, lists=True),
    "add_sources": Row(once("add_sources"), post=True),
    "find_source": Row(finding, lists=True, htmx=True),
    "source": Row(each_source("source"), ("title", "author")),
    # Ada added each, but Ben cites it as well.
    "edit_source": Row(each_source("edit_source"), ("title", "author"), moderates, post=True),
    "source_history": Row(each_source("source_history"), ("title",)),
    "merge_source": Row(merging, ("title",), moderates, post=True),
    "relate_source": Row(each_source("relate_source"), ("title",), adder_relates, post=True),
    "undo_merge": Row(each_merge, post=True),
    "text": Row(each_source("text"), ("title", "text")),
    "checks": Row(once("checks"), lists=True),
    "wanted": Row(once("wanted"), lists=True),
    "ask": Row(each_argument("ask"), ("claim",), members_ask),
    "check": Row(
        each_citation("check"), ("claim", "quotation"), lambda _item, role: role != "visitor", post=True
    ),
    "tag": Row(tags, lists=True, cards=True),
    "search": Row(searches, lists=True, cards=True),
    "member": Row(members, lists=True, cards=True),
    "argument_references": Row(files(each_argument("argument"))),
    "debate_references": Row(files(each_debate("debate", "")), lists=True),
    "source_references": Row(files(each_source("source")), ("title", "author")),
    "tag_references": Row(files(tags), lists=True),
    "member_references": Row(files(members), lists=True),
    "references_style": Row(once("references_style")),  # answers POST only, and shows nothing
    "edit_debate": Row(
        each_debate("edit_debate", ""), ("question", "summary", "tag"), opener_mends, post=True
    ),
    "site_feed": Row(lambda _world: [(reverse("site_feed", args=[one]), None) for one in FEEDS], lists=True),
    "search_feed": Row(search_feeds, lists=True),
    "debate_feed": Row(feeds(each_debate("debate", "")), lists=True),
    "argument_feed": Row(feeds(each_argument("argument")), lists=True),
    "tag_feed": Row(feeds(tags), lists=True),
    "source_feed": Row(feeds(each_source("source")), lists=True),
    "member_feed": Row(feeds(members), lists=True),
    "sitemap": Row(once("sitemap"), lists=True),
    "sitemap_part": Row(parts_of_the_map, lists=True),
    "robots": Row(once("robots"), lists=True),
    "api": Row(once("api"), lists=True),
    "api:api-root": Row(once("api:api-root"), lists=True),  # a problem that names the documentation
    "api:openapi-json": Row(once("api:openapi-json"), lists=True),
    "api:debates": Row(once("api:debates", "?limit=100"), lists=True),
    "api:debate": Row(each_debate("api:debate", ""), ("question", "summary", "thesis", "tag"), lists=True),
    "api:debate_arguments": Row(each_debate("api:debate_arguments", "?limit=100"), ("thesis",), lists=True),
    "api:argument": Row(each_argument("api:argument"), ARGUMENT, lists=True),
    "api:search": Row(api_searches, lists=True),
    "api:sources": Row(once("api:sources", "?limit=100"), lists=True),
    "api:source": Row(each_source("api:source"), ("title", "author"), lists=True),
    "api:source_citations": Row(each_source("api:source_citations"), lists=True),
    "api:tags": Row(once("api:tags", "?limit=100"), lists=True),
    "api:tag": Row(api_tags, lists=True),
    "search_suggest": Row(suggestions, lists=True, cards=True),
    "tags": Row(all_tags, lists=True),
    "today": Row(days, lists=True),
    "style": Row(once("style"), lists=True),
    "related": Row(each_debate("related", ""), ("question",), lists=True),
    "accessibility": Row(once("accessibility"), lists=True),
    "keys": Row(once("keys"), lists=True),
    "outline": Row(each_debate("outline", "", "?depth=1"), ("question",)),
    "latest": Row(each_debate("latest", ""), ("question",)),
    "debate_map": Row(each_debate("debate_map", ""), ("question",)),
    "debate_picture": Row(each_debate("debate_picture", ""), lists=True),
    "argument_picture": Row(each_argument("argument_picture"), lists=True),
    "brief": Row(each_debate("brief", ""), ("question", "summary")),
    "notices": Row(once("notices")),
    "notices_seen": Row(once("notices_seen")),
    "notices_count": Row(once("notices_count"), htmx=True),
    "notices_settings": Row(once("notices_settings"), lists=True),
    "unsubscribe": Row(lambda _world: [(reverse("unsubscribe", args=["forged"]), None)], lists=True),
    "drafts": Row(once("drafts")),
    "draft": Row(each_draft("draft")),
    "drafts_keep": Row(once("drafts_keep"), post=True),
    "drafts_throw": Row(each_draft("drafts_throw")),  # answers POST only, and shows nothing
    "drafts_restore": Row(each_draft("drafts_restore")),  # answers POST only, and shows nothing
    "following": Row(once("following")),
    "follow": Row(follows, htmx=True),
    "bookmarks": Row(once("bookmarks")),
    "set_bookmark": Row(once("set_bookmark"), htmx=True),
    "bookmark": Row(each_argument("bookmark"), ("claim",), lambda _item, role: role != "visitor", post=True),
    "lists": Row(once("lists"), lists=True, post=True),
    "edit_list": Row(each_list("edit_list"), post=True),
    "arrange_list": Row(each_list("arrange_list"), post=True),
    "share_list": Row(each_list("share_list")),
    "delete_list": Row(each_list("delete_list"), lists=True),
    "shared_list": Row(shared_lists, lists=True, cards=True),
    "list_references": Row(files(shared_lists), lists=True),
    "read_debate": Row(each_debate("read_debate", ""), post=True),
    "read_argument": Row(each_argument("read_argument"), post=True),
    "next_new": Row(each_debate("next_new", "")),
    "account": Row(once("account"), lists=True),
    "invited": Row(once("invited")),
    "own_data": Row(once("own_data"), lists=True, post=True),
    "own_data_file": Row(each_export, own=("claim", "why", "wording")),
    "leave": Row(once("leave"), lists=True),
    "leave_cancel": Row(once("leave_cancel"), lists=True),  # answers POST only, and shows nothing
    "privacy": Row(once("privacy"), lists=True),
    "rename": Row(once("rename"), lists=True, post=True),
    "member_picture": Row(
        lambda world: [(reverse("member_picture", args=[name]), None) for name in world.cast], lists=True
    ),
    "voices": Row(once("voices"), lists=True),
    "voice": Row(a_voice("voice"), lists=True, cards=True),
    "claim_voice": Row(a_voice("claim_voice"), lists=True, post=True),
    "rules": Row(once("rules"), lists=True),
    "log": Row(once("log")),
    "log_feed": Row(lambda _world: [(reverse("log_feed", args=[one]), None) for one in FEEDS], lists=True),
    "transparency": Row(once("transparency"), lists=True),
    "favicon": Row(once("favicon"), lists=True),
    "healthz": Row(once("healthz"), lists=True),
    "readyz": Row(once("readyz"), lists=True),
}
"""Our own routes by name. A new route needs a row here: how to build its address, and what stands there."""

NOT_OURS = "accounts/"
"""Below this address stand other people's pages: they know no arguments and cannot show any."""
ADMIN = "admin:*"
"""The admin's pages, built from their names: nothing for who is no moderator, and no draft of another's for anyone."""


@dataclass(frozen=True)
class Route:
    """A route of the resolver: its name, its pattern, the words in it."""

    name: str
    pattern: str
    words: frozenset[str]


def walk(
    patterns: Iterable[URLPattern | URLResolver] | None = None, space: str = "", start: str = ""
) -> Iterator[Route]:
    """Yield every route of the site."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from walk(one.url_patterns, inner, f"{start}{one.pattern}")
        else:
            words = frozenset(one.pattern.converters) | frozenset(
                getattr(getattr(one.pattern, "regex", None), "groupindex", {})
            )
            yield Route(f"{space}{one.name or ''}", f"{start}{one.pattern}", words)


def addresses(world: World, role: str) -> Iterator[tuple[str, Row, str, Item | None]]:
    """Yield every address of the scene with its row; who is no staff knocks once at each door of the admin."""
    for name, row in ROWS.items():
        for address, item in row.build(world):
            yield name, row, address, item
    for name in dict.fromkeys(route.name for route in walk() if fnmatchcase(route.name, f"{ADMIN}?")):
        row = Row(in_the_admin(name))
        try:
            for address, item in islice(row.build(world), None if role in STAFF else 1):
                yield name, row, address, item
        except NoReverseMatch as error:  # it tells who writes a new admin page what to do
            raise AssertionError(f"`in_the_admin` cannot build an address for {name}: {error}") from error


# ------------------------------------------------------------------------------------------------ the tests


def test_every_route_has_a_row() -> None:
    for route in walk():
        known = route.name in ROWS or route.pattern.startswith(NOT_OURS) or fnmatchcase(route.name, ADMIN)
        assert known, (
            f"A new route without a row: {route.name or 'unnamed'} ({route.pattern}). Say in ROWS how its address "
            "is built and what it shows, so that the matrix looks for hidden texts there."
        )
    names = {route.name for route in walk()}
    for name in ROWS:
        assert name in names, f"ROWS has a row for {name}, which is no route any more: take it out."


@pytest.fixture
def quiet() -> Iterator[None]:
    """Keep the log silent: hundreds of refusals are meant here, and writing them takes a fifth of the time."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("role", ROLES)
def test_nobody_finds_what_they_may_not_read(cast: Cast, role: str) -> None:
    world = build_world(cast)
    wrong: list[str] = []
    for name, row, address, item in addresses(world, role):
        for how, text in answers(world.clients[role], row, address):
            wrong += faults(world, row, role, f"{how} {address}", text)
            if how == "GET" and item is not None and row.shows and (not row.lists or item.is_listed):
                if item.read_by(role) and row.to(item, role):
                    wrong += [
                        f"{role} at {how} {address} ({name}): misses the {field} of {item}"
                        for field in row.shows
                        if field in item.words and item.words[field] not in text
                    ]
    assert not wrong, f"{len(wrong)} faults, as {role}:\n" + "\n".join(dict.fromkeys(wrong))


def answers(client: Client, row: Row, address: str) -> Iterator[tuple[str, str]]:
    """Yield what a client gets at an address: the page, the fragment, and the page that refuses an empty form."""
    yield "GET", words(client.get(address))
    if row.htmx:
        yield "GET as htmx", words(client.get(address, headers={"HX-Request": "true"}))
    if row.post:
        yield "POST", words(client.post(address, {"cite-TOTAL_FORMS": "1", "cite-INITIAL_FORMS": "0"}))


def words(response: Any) -> str:
    """Return what a response says, its address for redirects included. Any: the test client's response."""
    if response.status_code >= 500:
        return BROKEN
    head = unquote(response.headers.get("Location", ""))
    if response.streaming and response.headers["Content-Type"] == "application/zip":
        archive = ZipFile(BytesIO(response.getvalue()))
        return "\n".join(archive.read(name).decode() for name in archive.namelist()).casefold()
    # A picture holds no words; whatever else is not text would be found out by its length.
    return f"{head}\n{response.content.decode(errors='replace')}".casefold()


def faults(world: World, row: Row, role: str, where: str, text: str) -> Iterator[str]:
    """Yield a sentence for every secret word that should not stand in a page."""
    if text == BROKEN:
        yield f"{role} at {where}: it breaks"
    asked = unquote(where).casefold()
    for item in world.items:
        mine = row.lists and reverse("member", args=[item.author]) in where and role == item.author
        strict = row.lists and not mine and not (row.cards and item.kind == "source")
        allowed = item.is_listed if strict else item.read_by(role)
        if allowed:
            continue
        for name, word in item.words.items():
            if role == "ben" and name in row.own:
                continue
            if word in text and word not in asked:  # a page may repeat the address that it was asked for
                yield f"{role} at {where}: finds the {name} of {item}"
