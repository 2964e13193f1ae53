"""States of the pages around sources."""

from django.urls import reverse

from tests.pages.reading import once
from tests.pages.states import Build, state
from tests.pages.world import ENDLESS, World
from tests.pages.writing import PASTED, each


def of_source(route: str, source: str, query: str = "") -> Build:
    """Build a route's address for a source of the world, by its field."""
    return lambda world: reverse(route, args=[getattr(world, source).public_id]) + query


def checking(world: World) -> str:
    """Build the address at which the citation is checked."""
    return reverse("check", args=[world.citation.pk])


state("sources", once("sources"))
state("sources, to a member", once("sources"), "dan")
state("sources, found", once("sources", "?q=crane"))
state("sources, none found", once("sources", "?q=elephants"))
state("sources, incomplete", once("sources", "?incomplete=1"))
state("sources, gone", once("sources", "?gone=1"))
state("add_sources", once("add_sources"), "dan")
state("add_sources, with nothing typed", once("add_sources"), "dan", 422, {"references": ""})
state("add_sources, read", once("add_sources"), "dan", 200, {"references": PASTED})
state("source", of_source("source", "book"))
state("source, to who added it", of_source("source", "book"), "ben")
state("source, to a moderator", of_source("source", "book"), "cleo")
state("source, bare", of_source("source", "bare"))
state("source, retracted and gone", of_source("source", "retracted"), "dan")
state("source, an article", of_source("source", "article"))
state("source, unknown", once("source", "", "nothing"), status=404)
state("edit_source", of_source("edit_source", "book"), "cleo")
state(
    "edit_source, with mistakes",
    of_source("edit_source", "book"),
    "cleo",
    422,
    {"title": "", "type": "book", "url": "x"},
)
state("source_history", of_source("source_history", "book"))
state("source_history, to a moderator", of_source("source_history", "book"), "cleo")
state("merge_source", of_source("merge_source", "bare"), "cleo")
state(
    "merge_source, with another",
    lambda w: f"{reverse('merge_source', args=[w.bare.public_id])}?other={w.book.public_id}",
    "cleo",
)
state("merge_source, with mistakes", of_source("merge_source", "bare"), "cleo", 422, {"other": "nowhere"})
state("undo_merge", lambda w: reverse("undo_merge", args=[w.merge.pk]), "cleo")
state("relate_source", of_source("relate_source", "book"), "cleo")
state("relate_source, with mistakes", of_source("relate_source", "book"), "cleo", 422, {"other": "nowhere"})
state("text", of_source("text", "article"), "cleo")
state("text, with mistakes", of_source("text", "bare"), "cleo", 422, {"text": "", "reading": ""})
state("checks", once("checks"), "dan")
state("checks, failed", once("checks", "?failed=1"))
state("check", checking, "dan")
state("check, with mistakes", checking, "dan", 422, {"note": ENDLESS * 5})
state("wanted", once("wanted"))
state("ask", each("ask", "longest"), "dan")
