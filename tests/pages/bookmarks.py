"""States of what a member keeps: bookmarks with notes, lists, and a list as others read it."""

from django.urls import reverse

from forum.accounts.models import User
from forum.bookmarks.actions.make_list import make_list
from forum.bookmarks.actions.put_into_lists import put_into_lists
from forum.bookmarks.actions.set_bookmark import drop, keep
from forum.bookmarks.models import ArgumentList, Bookmark
from tests.pages.reading import of_reason, once
from tests.pages.states import Build, state
from tests.pages.world import ENDLESS, RIGHT_TO_LEFT, World

KEEPER = "reader5"
"""Somebody of the world who keeps an argument of every kind, with notes at their worst."""


def kept(world: World) -> ArgumentList:
    """Let the keeper keep everything, and share a list of it."""
    member = User.objects.get(username=KEEPER)
    made = make_list(member, ENDLESS[:120], f"{RIGHT_TO_LEFT}\n\n{ENDLESS}")
    made.secret = "shared-by-the-keeper"
    made.save(update_fields=["secret"])
    notes = {world.longest: "n" * 400, world.endless: RIGHT_TO_LEFT, world.hidden: "It was about the pilot."}
    for argument in (world.thesis, world.reason, world.rebuttal, world.deepest, *notes):
        keep(member, argument)
        put_into_lists(member, argument, [made])
        Bookmark.objects.filter(member=member, argument=argument).update(note=notes.get(argument, ""))
    keep(member, world.objection)
    drop(member, world.objection)
    return made


def of_the_keeper(address: Build) -> Build:
    """Build an address after the keeper has kept everything."""

    def build(world: World) -> str:
        kept(world)
        return address(world)

    return build


def of_the_list(route: str) -> Build:
    """Build a route's address for the list of the keeper."""
    return lambda world: reverse(route, args=[kept(world).public_id])


def private(world: World) -> str:
    """Build the address of a list that is empty and private."""
    return make_list(User.objects.get(username="newcomer"), "Nothing yet").get_absolute_url()


state("bookmarks, nothing yet", once("bookmarks"), "newcomer")
state("bookmarks", of_the_keeper(once("bookmarks")), KEEPER)
state("bookmarks, of a list", lambda w: f"/bookmarks/?list={kept(w).public_id}", KEEPER)
state(
    "set_bookmark, as a piece",
    once("set_bookmark"),
    KEEPER,
    data=lambda w: {"keep": w.stale.public_id},
    piece=True,
)
state(
    "set_bookmark, taken away",
    once("set_bookmark"),
    KEEPER,
    data=lambda w: {"drop": w.stale.public_id},
    piece=True,
)
state("bookmark, of what is not kept", of_reason("bookmark"), "newcomer")
state("bookmark", of_the_keeper(of_reason("bookmark")), KEEPER)
state("bookmark, too long a note", of_reason("bookmark"), "newcomer", 400, {"note": "n" * 2001})
state("bookmark, hidden since", of_the_keeper(lambda w: f"/arguments/{w.hidden.public_id}/bookmark/"), KEEPER)
state("lists, none yet", once("lists"), "ben")
state("lists, without a title", once("lists"), "ben", 400, {"title": "", "description": ENDLESS})
state("lists", of_the_keeper(once("lists")), KEEPER)
state("edit_list", of_the_list("edit_list"), KEEPER)
state("edit_list, empty and private", private, "newcomer")
state("delete_list", of_the_list("delete_list"), KEEPER)
state("shared_list", of_the_keeper(once("shared_list", "", "shared-by-the-keeper")))
state("shared_list, one's own", of_the_keeper(once("shared_list", "", "shared-by-the-keeper")), KEEPER)
state("argument, kept with a note", of_the_keeper(lambda w: w.longest.get_absolute_url()), KEEPER)
