"""States of what is new to a reader, and of what they follow and mute."""

from datetime import UTC, datetime

from django.urls import reverse

from forum.accounts.models import User
from forum.following.actions.set_following import follow, mute
from forum.following.models import ReadMark
from forum.following.things import Thing
from tests.pages.reading import of_debate, of_reason, once
from tests.pages.states import Build, state
from tests.pages.world import World

READER = "reader3"
"""Somebody of the world who has read the debate long ago, and follows and mutes something of every kind."""


def read_long_ago(route: str) -> Build:
    """Build the address of a view of the debate, all of which is new to the reader."""

    def build(world: World) -> str:
        begin(world)
        return reverse(route, args=[world.debate.slug])

    return build


def begin(world: World) -> None:
    """Let the reader have read the debate before it was written."""
    member = User.objects.get(username=READER)
    for debate in (world.debate, world.crowd):
        ReadMark.objects.get_or_create(
            member=member, debate=debate, defaults={"read_to": datetime(2020, 1, 1, tzinfo=UTC)}
        )


def follows_all(world: World) -> str:
    """Build the address of the list, for a reader who says something of a thing of every kind."""
    member = User.objects.get(username=READER)
    begin(world)
    for kind, row in (
        ("debate", world.debate),
        ("argument", world.longest),
        ("argument", world.endless),
        ("source", world.book),
        ("member", world.cast.ben),
    ):
        follow(member, Thing(kind, row))
    mute(member, Thing("argument", world.reason))
    for tag in world.debate.tags.all():
        mute(member, Thing("tag", tag))
    return reverse("following")


def form_of(level: str) -> dict[str, str]:
    """Return what a button of the control sends."""
    return {"kind": "tag", "what": "memory", "level": level}


state("following, nothing yet", once("following"), "newcomer")
state("following", follows_all, READER)
state("follow", once("follow", "?kind=tag&what=memory"), READER)
state("follow, as a piece", once("follow"), READER, data=form_of("follow"), piece=True)
state("follow, in no way that there is", once("follow"), READER, 400, form_of("love"))
state("next_new, nothing left", of_debate("next_new"), "newcomer")
state("read_debate, a time that is none", of_debate("read_debate"), READER, 400, {"to": "yesterday"})
state("argument, with something new below it", of_reason("argument"), READER)
state("branch, with something new in it", of_reason("branch"), READER, piece=True)
for view in ("debate", "outline", "latest"):
    state(f"{view}, all new", read_long_ago(view), READER)
state("home, with something new", once("home"), READER)
state("debate, with forty new answers", lambda w: w.crowd.get_absolute_url(), READER)
state("member, followed", lambda w: reverse("member", args=["ben"]), READER)
state("source, followed", lambda w: w.book.get_absolute_url(), READER)
state("tag, muted", once("tag", "", "memory"), READER)
