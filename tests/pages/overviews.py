"""States of the views of one debate, and of what is new and offered on the whole site."""

from django.urls import reverse

from tests.pages.reading import of_debate, once
from tests.pages.states import EMPTY, Build, state
from tests.pages.world import World


def of(route: str, debate: str, query: str = "") -> Build:
    """Build a route's address for a debate of the world, by its field."""
    return lambda world: reverse(route, args=[getattr(world, debate).slug]) + query


def turned(world: World) -> str:
    """Build the address at which one line of the outline is opened."""
    return f"{reverse('outline', args=[world.debate.slug])}?turn=open:{world.reason.public_id}"


for view in ("outline", "latest", "debate_map", "brief"):
    state(view, of(view, "debate"))
    state(f"{view}, to a member", of(view, "debate"), "ada")
    state(f"{view}, of hardly anything", of(view, "empty"))
    state(f"{view}, with forty answers and depth forty", of(view, "crowd"))
state("outline, all open", of("outline", "debate", "?depth=9"))
state("outline, a line of it turned", turned, piece=True)
state("latest, since a date", of("latest", "debate", "?since=2020-01-01"), "ada")
state("latest, since a date that is none", of("latest", "debate", "?since=yesterday"))
state("debate, sorted and filtered", of("debate", "debate", "?sort=newest&stance=con&sources=cited"))
state("debate, filtered to nothing", of("debate", "debate", "?by=nobody"))
state("article, what nobody has answered", of("article", "debate", "?show=unanswered"))
state("article, a passage as a piece", of("article", "debate", "?passage=p2"), "dan", piece=True)
state("article, that does not exist", of("article", "empty"), status=404)
state("edit_debate", of_debate("edit_debate"), "ada")
state(
    "edit_debate, with mistakes",
    of_debate("edit_debate"),
    "ada",
    422,
    {**EMPTY, "question": "", "slug": "Ä ä"},
)
state("edit_debate, to who may not", of_debate("edit_debate"), "dan", 403)
state("today", once("today"))
state("today, since a week", once("today", "?since=week"), "ada")
state("tags", once("tags"))
state("tags, found", once("tags", "?q=mem"))
state("tags, none found", once("tags", "?q=nothing-of-the-kind"))
state("search, with operators", once("search", "?q=author%3Aada+has%3Asource"))
state("search, an operator wrongly used", once("search", "?q=before%3Ayesterday+is%3Afine"))
state(
    "search_suggest",
    once("search_suggest", "?q=cr"),
    piece=True,
    inside='<div role="listbox" aria-label="Suggestions">',
)
state("api", once("api"))
state("style, to a moderator", once("style"), "cleo")
state("style, to visitors", once("style"), status=404)
state("related", of("related", "debate"), "ada")
state("related, of hardly anything", of("related", "empty"), "ada")
