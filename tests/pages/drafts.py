"""States of drafts: the list, one of them, and forms that were filled from one."""

from urllib.parse import urlencode
from uuid import uuid4

from django.http import QueryDict
from django.urls import reverse

from forum.accounts.models import User
from forum.drafts.actions.keep_draft import keep_draft
from forum.drafts.actions.throw_away import throw_away
from forum.drafts.models import Draft
from forum.drafts.places import read_place
from forum.drafts.slip import Slip
from tests.pages.reading import once
from tests.pages.states import state
from tests.pages.world import ENDLESS, World

GONE = "Said to something that has gone."
NEVER_THERE = "/arguments/nothinghere/reply/"


def begun(world: World, route: str, words: str = "Begun, and not finished.") -> Draft:
    """Return what Ben began to write about the reason of the world; begun once, however often it is asked for."""
    address = NEVER_THERE if not route else reverse(route, args=[world.reason.public_id])
    place, ben = read_place(address), User.objects.get(username="ben")
    assert place is not None
    form = QueryDict(urlencode({"cite-TOTAL_FORMS": "1", "cite-INITIAL_FORMS": "0", "claim": words}))
    there = Draft.objects.live(ben).filter(place=place.address, excerpt__startswith=words[:20]).first()
    row = there or keep_draft(ben, Slip(place, uuid4()), form)[0]
    assert row is not None
    return row


def listed(world: World) -> str:
    """Return the list with a draft, one of something that is gone, an endless one, and one thrown away."""
    begun(world, "reply")
    begun(world, "", GONE)
    throw_away(begun(world, "rebut", "Thrown away."))
    begun(world, "rebut", ENDLESS)
    return reverse("drafts")


state("drafts", listed, "ben")
state("drafts, none yet", once("drafts"), "newcomer")
state("draft", lambda w: reverse("draft", args=[begun(w, "reply").pk]), "ben")
state("draft, of something gone", lambda w: reverse("draft", args=[begun(w, "", GONE).pk]), "ben")
state("draft, another's", lambda w: reverse("draft", args=[begun(w, "reply").pk]), "ada", 404)
state("reply, from a draft", lambda w: begun(w, "reply").address, "ben")
state("reply, from a draft, as a piece", lambda w: begun(w, "reply").address, "ben", piece=True)
state("reply, afresh", lambda w: begun(w, "reply").place + "?draft=none", "ben")
