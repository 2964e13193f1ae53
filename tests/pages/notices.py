"""States of the pages about notices: the list by groups, where they go, and what stops letters."""

from django.core.signing import Signer
from django.urls import reverse

from debates.actions.writing.post_argument import post_argument
from forum.notices.mail.tokens import token_for
from forum.notices.models import Pause
from tests.conftest import con
from tests.forum.post_office import confirm
from tests.pages.reading import once
from tests.pages.states import Build, state
from tests.pages.world import World

state("notices, of a group", once("notices", "?group=moves"), "ada")
state("notices, of a group without any", once("notices", "?group=moves"), "newcomer")
state("notices, their number", once("notices_count"), "ada", piece=True)
state("where notices go, without an address", once("notices_settings"), "newcomer")
state("where notices go, a place that is none", once("notices_settings"), "dan", 400, {"answers": "pigeon"})
state("where notices go, saved", once("notices_settings"), "dan", data={"moves": "daily"}, follow=True)


def reached(paused: bool) -> Build:
    """Return the address of Ben's settings, with an address that is confirmed, and perhaps takes no mail."""

    def build(world: World) -> str:
        confirm(world.cast.ben)
        Pause.objects.all().delete()
        if paused:
            Pause.objects.create(address=world.cast.ben.email, said="550 5.1.1 No such box " * 20)
        return reverse("notices_settings")

    return build


state("where notices go, by mail", reached(paused=False), "ben")
state("where notices go, mail paused", reached(paused=True), "ben")


def stopping(what: str) -> Build:
    """Return the address that stops a kind of letters to Dan."""
    return lambda world: reverse("unsubscribe", args=[token_for(world.cast.dan.pk, what)])


def undo(world: World) -> dict[str, str]:
    """Return what the button that undoes it sends."""
    token = token_for(world.cast.dan.pk, "daily")
    return {"undo": Signer(salt=f"forum.notices.undo.{token}").sign_object({"answers": "daily"})}


state("unsubscribe", stopping("answers"))
state("unsubscribe, from a digest", stopping("weekly"))
state("unsubscribe, done", stopping("daily"), data={"List-Unsubscribe": "One-Click"})
state("unsubscribe, undone", stopping("daily"), data=undo)
state("unsubscribe, by a link that is none", lambda _w: "/mail/unsubscribe/nonsense/", status=404)


def mentioning(world: World) -> str:
    """Return the page of an argument that mentions members in its claim and below it."""
    text = con("@Ada and @dan know @nobody.", elaboration="Ask @cleo, or read `@ben`.")
    return post_argument(world.cast.ben, world.reason, text).get_absolute_url()


state("argument, with mentions", mentioning, "ada")
