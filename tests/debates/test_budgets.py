"""What a page costs: as many statements with thirty of everything as with three, and no more than it is allowed."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_context  # type: ignore[import-untyped]  # published without types

from debates.actions.sources.edit_source import edit_source
from debates.actions.sources.merge_sources import merge_sources
from debates.actions.weighing.change_mind import change_mind
from debates.actions.weighing.opine import opine
from debates.actions.weighing.rate import rate
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import CitationText
from debates.models import Document, DocumentPassage, Origin, Source, SourceRelation
from forum.accounts.models import User
from forum.bookmarks.models import ArgumentList, Bookmark, ListEntry
from forum.following.models import ReadMark
from forum.notices.models import Notice
from tests.conftest import Cast, Scene, a_book, con, pro, signed_in
from tests.debates.test_visibility import a_source

FEW, MANY = 3, 30

type Address = Callable[[Scene], str]

PAGES: dict[str, tuple[Address, int]] = {
    "home": (lambda scene: reverse("home"), 12),
    "debate": (lambda scene: scene.debate.get_absolute_url(), 30),
    "argument": (lambda scene: scene.thesis.get_absolute_url(), 37),
    "branch": (lambda scene: reverse("branch", args=[scene.thesis.public_id]), 19),
    "history": (lambda scene: reverse("history", args=[scene.reason.public_id]), 9),
    "article": (lambda scene: reverse("article", args=[scene.debate.slug]) + "?passage=p1", 22),
    "source": (lambda scene: cited(scene).get_absolute_url(), 12),
    "rate": (lambda scene: reverse("rate", args=[scene.rebuttal.public_id]), 12),
    "mind": (lambda scene: reverse("mind", args=[scene.rebuttal.public_id]), 13),
    "why": (lambda scene: f"{scene.thesis.get_absolute_url()}why/", 22),
    "stale": (lambda scene: f"{scene.rebuttal.get_absolute_url()}stale/", 16),
    "queues": (lambda scene: reverse("queues"), 8),
    "queue": (lambda scene: f"{reverse('queue', args=['uncited'])}?debate={scene.debate.slug}", 12),
    "method": (lambda scene: reverse("method") + "?p1-yes=3", 4),
    "minds": (lambda scene: reverse("minds"), 7),
    "cruxes": (lambda scene: reverse("cruxes", args=[scene.debate.slug]), 14),
    "sources": (lambda scene: reverse("sources"), 5),
    "sources searched": (lambda scene: reverse("sources") + "?q=book&incomplete=1", 6),
    "source_history": (lambda scene: f"{cited(scene).get_absolute_url()}history/", 12),
    "edit_source": (lambda scene: f"{own(scene).get_absolute_url()}edit/", 11),
    "relate_source": (lambda scene: f"{own(scene).get_absolute_url()}relate/", 12),
    "outline": (lambda scene: reverse("outline", args=[scene.debate.slug]), 17),
    "outline folded": (
        lambda scene: (
            f"{reverse('outline', args=[scene.debate.slug])}?depth=1&open={scene.reason.public_id}"
            f"&to={scene.rebuttal.public_id}"
        ),
        19,
    ),
    "latest": (lambda scene: reverse("latest", args=[scene.debate.slug]), 20),
    "debate_map": (lambda scene: reverse("debate_map", args=[scene.debate.slug]), 14),
    "debate_map of a branch": (
        lambda scene: reverse("debate_map", args=[scene.debate.slug]) + f"?at={scene.reason.public_id}",
        16,
    ),
    "brief": (lambda scene: reverse("brief", args=[scene.debate.slug]), 22),
    "debate_picture": (lambda scene: reverse("debate_picture", args=[scene.debate.slug]), 5),
    "argument_picture": (lambda scene: reverse("argument_picture", args=[scene.reason.public_id]), 6),
    "search by operators": (
        lambda scene: (
            reverse("search")
            + "?q=reason+author:ada+has:source+-tag:nothing+debate:harbour+source:book&sort=newest"
        ),
        17,
    ),
    "search_suggest": (lambda scene: reverse("search_suggest") + "?q=harb", 8),
    "keys": (lambda scene: reverse("keys"), 4),
    "today": (lambda scene: reverse("today"), 12),
    "tags": (lambda scene: reverse("tags") + "?q=memory&sort=most", 10),
    "home, by a topic": (lambda scene: reverse("home") + "?tag=HARBOUR", 13),
    "related": (lambda scene: reverse("related", args=[scene.debate.slug]), 11),
    "tag": (lambda scene: reverse("tag", args=["memory"]), 21),
    "search": (lambda scene: reverse("search") + "?q=reason+harbour", 15),
    "member": (lambda scene: reverse("member", args=["ada"]), 21),
    "argument_references": (lambda scene: f"{scene.rebuttal.get_absolute_url()}references.bib", 6),
    "debate_references": (lambda scene: f"{scene.debate.get_absolute_url()}references.ris", 6),
    "source_references": (lambda scene: f"{cited(scene).get_absolute_url()}references.json", 6),
    "tag_references": (lambda scene: f"{reverse('tag', args=['memory'])}references.bib", 6),
    "member_references": (lambda scene: f"{reverse('member', args=['ada'])}references.ris", 6),
    "site_feed": (lambda scene: reverse("site_feed", args=["atom"]), 6),
    "search_feed": (lambda scene: reverse("search_feed", args=["json"]) + "?q=harbour", 10),
    "debate_feed": (lambda scene: f"{scene.debate.get_absolute_url()}feed.atom", 8),
    "argument_feed": (lambda scene: f"{scene.thesis.get_absolute_url()}feed.atom", 8),
    "tag_feed": (lambda scene: f"{reverse('tag', args=['memory'])}feed.json", 8),
    "source_feed": (lambda scene: f"{cited(scene).get_absolute_url()}feed.atom", 8),
    "member_feed": (lambda scene: f"{reverse('member', args=['ada'])}feed.atom", 7),
    "sitemap": (lambda scene: reverse("sitemap"), 6),
    "sitemap_part": (lambda scene: reverse("sitemap_part", args=["arguments", 0]), 3),
    "robots": (lambda scene: reverse("robots"), 2),
    "edit_debate": (lambda scene: f"{scene.debate.get_absolute_url()}edit/", 11),
    "notices": (lambda scene: reverse("notices"), 8),
    "notices_settings": (lambda scene: reverse("notices_settings"), 8),
    "notices_count": (lambda scene: reverse("notices_count"), 4),
    "drafts": (lambda scene: reverse("drafts"), 10),
    "following": (lambda scene: reverse("following"), 14),
    "account": (lambda scene: reverse("account"), 13),
    "own_data": (lambda scene: reverse("own_data"), 8),
    "leave": (lambda scene: reverse("leave"), 20),
    "privacy": (lambda scene: reverse("privacy"), 4),
    "bookmarks": (lambda scene: reverse("bookmarks"), 13),
    "bookmark": (lambda scene: reverse("bookmark", args=[scene.reason.public_id]), 17),
    "lists": (lambda scene: reverse("lists"), 6),
    "edit_list": (lambda scene: the_list().get_absolute_url(), 11),
    "shared_list": (lambda scene: reverse("shared_list", args=["shared"]), 22),
    "voices": (lambda scene: reverse("voices"), 4),
    "log": (lambda scene: reverse("log"), 8),
    "log_feed": (lambda scene: reverse("log_feed", args=["json"]), 6),
    "transparency": (lambda scene: reverse("transparency"), 6),
    "reports": (lambda scene: reverse("reports"), 9),
    "reply": (lambda scene: reverse("reply", args=[scene.thesis.public_id]), 34),
}
"""Page: its address, and the most statements it may take. The number is not the point, that it never grows is.

What a member has of their own (what is new to them, what they follow and keep, drafts, mentions) takes one or two on a page."""
MEMBERS_ONLY = (
    *("edit_debate", "queues", "queue", "notices", "reply", "edit_source", "relate_source"),
    *("reports", "notices_settings", "notices_count", "drafts", "following", "account"),
    *("own_data", "leave"),
    *("bookmarks", "bookmark", "lists", "edit_list"),
)


def cited(scene: Scene) -> Source:
    """Return the source of the rebuttal."""
    return scene.rebuttal.citations.select_related("source").get().source


def the_list() -> ArgumentList:
    """Return the list of arguments that Ada shares."""
    return ArgumentList.objects.get(secret="shared")


def own(scene: Scene) -> Source:
    """Return a source that Ada added and nobody else cites."""
    return Source.objects.get(title="Book 0")


def grow(cast: Cast, scene: Scene, start: int, stop: int) -> None:
    """Add one of everything for each number: arguments, debates, sources, tags, citations, revisions, notices."""
    source = cited(scene)
    for number in range(start, stop):
        text = pro(
            f"A reason for the harbour, number {number}.",
            topic_tags=("memory", f"topic {number}"),
            citations=(CitationText(source=source), a_book(f"Book {number}")),
        )
        argument = post_argument(cast.ada, scene.thesis, text)
        reader = User.objects.create_user(f"reader{number}")
        opine(reader, scene.thesis, number % 7, "before")
        opine(reader, scene.thesis, (number + 3) % 7, "after")
        rate(reader, argument, holds=number % 5, matters=2)
        rate(reader, scene.reason, holds=number % 5)
        change_mind(reader, argument, f"It changed mind {number}.")
        change_mind(reader, scene.rebuttal, f"It changed mind {number}, too.")
        post_argument(cast.ben, argument, con(f"No, {number}."))
        edit_argument(cast.ada, scene.reason, pro(f"Said anew, {number}."), number + 1)
        Origin.objects.create(
            argument=argument,
            document=Document.objects.get(),
            place="p1",
            digest="0" * 16,
            passage=DocumentPassage.objects.get(place="p1"),
        )
        Bookmark.objects.create(member=cast.ada, argument=argument, note=f"Note {number}.")
        ListEntry.objects.create(of=the_list(), argument=argument, place=number)
        ArgumentList.objects.create(member=cast.ada, title=f"List {number}")
        Notice.objects.create(recipient=cast.ada, kind=Notice.Kind.HIDDEN, argument=argument, rule="person")
        DocumentPassage.objects.create(
            document=Document.objects.get(),
            place=f"p{number + 2}",
            order=number + 2,
            kind="text",
            text="Words.",
        )
        twin = argument.citations.exclude(source=source).get().source
        SourceRelation.objects.create(source=twin, other=source, kind=SourceRelation.Kind.EDITION)
        SourceRelation.objects.create(source=own(scene), other=a_source(f"Part {number}"), kind="part")
        merge_sources(cast.cleo, a_source(f"Merged {number}"), source, "The same.")
        edit_source(cast.cleo, source, replace(source.record, note=f"Note {number}."), "", "A note.")
        open_debate(
            cast.ada, f"Question {number}?", ["It is."], tags=["harbour"], article=CitationText(source=source)
        )


def prepare(scene: Scene) -> None:
    """Give the debate an article with its text."""
    source = cited(scene)
    scene.debate.article = source
    scene.debate.save(update_fields=["article"])
    document = Document.objects.create(
        source=source, digest="0" * 64, reading=Document.Reading.EVERYONE, loaded_at=timezone.now()
    )
    DocumentPassage.objects.create(document=document, place="p1", order=1, kind="text", text="Words.")
    ada = User.objects.get(username="ada")  # who reads, and so has begun to: what is new is marked for her
    ReadMark.objects.create(member=ada, debate=scene.debate, read_to=timezone.now())
    ArgumentList.objects.create(member=ada, title="To be read", secret="shared")
    for number in range(10):  # enough on either side of the thesis for something to be said of them
        reader = User.objects.create_user(f"side{number}")
        opine(reader, scene.thesis, 6 if number % 2 else 0, "before")
        rate(reader, scene.reason, holds=4 if number % 2 else 0)


def statements(client: Client, address: str) -> list[str]:
    """Return the statements that one request takes."""
    with CaptureQueriesContext(connection) as taken:
        response = client.get(address)
    assert response.status_code == 200, f"{address} answers {response.status_code}."
    return [one["sql"] for one in taken.captured_queries]


def test_no_page_takes_more_statements_with_thirty_of_everything_than_with_three(
    cast: Cast, scene: Scene
) -> None:
    prepare(scene)
    grow(cast, scene, 0, FEW)
    clients = {"a visitor": Client(), "a member": signed_in(cast.ada)}
    few = {
        (who, page): statements(client, address(scene))
        for who, client in clients.items()
        for page, (address, _most) in PAGES.items()
        if who == "a member" or page not in MEMBERS_ONLY
    }
    grow(cast, scene, FEW, MANY)
    wrong = []
    for (who, page), before in few.items():
        address, most = PAGES[page]
        after = statements(clients[who], address(scene))
        if len(after) != len(before):
            extra = after[len(before) :][:3]
            wrong.append(
                f"{page}, read by {who}: {len(before)} statements with {FEW} of everything, {len(after)} with {MANY}; "
                "a page whose statements grow with the debate is slow where it matters.\n  "
                + "\n  ".join(extra)
            )
        if len(after) > most:
            wrong.append(f"{page}, read by {who}: {len(after)} statements, {most} are allowed.")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_fetches_row_by_row(cast: Cast, scene: Scene, page: str) -> None:
    prepare(scene)
    grow(cast, scene, 0, FEW)
    client = signed_in(cast.ada)
    with zeal_context():  # it raises where the same relation is fetched once a row
        assert client.get(PAGES[page][0](scene)).status_code == 200
