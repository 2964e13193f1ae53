"""States of the pages about people: one's account, other names, sessions, voices and their claims."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from debates.actions.writing.open_debate import open_debate
from debates.models import Appearance, Argument, Voice
from forum.accounts.gone import GONE
from forum.accounts.models import User
from forum.own_data.models import Export, Leaving
from tests.pages.states import Build, state
from tests.pages.world import World


def once(route: str, query: str = "", *args: str) -> Build:
    """Return the address of a route."""
    return lambda _world: reverse(route, args=args) + query


def of_voice(route: str) -> Build:
    """Return the address of a page about a voice, who has a debate of her own, made where it is asked for first."""

    def build(world: World) -> str:
        voice, made = Voice.objects.get_or_create(slug="oda-quist", defaults={"name": "Oda Quist"})
        if made:
            ada = User.objects.get(username="ada")
            debate = open_debate(ada, "Should the quay be longer?", ["The quay should be longer."])
            Argument.objects.filter(debate=debate).update(voice=voice, author=None)
            Appearance.objects.create(
                voice=voice, debate=debate, known="signed", how="Under a letter to the paper."
            )
        return reverse(route, args=[voice.slug])

    return build


def of_own_data(route: str) -> Build:
    """Return the address of a page about Dan's data: with an export in every state, and about to leave."""

    def build(_world: World) -> str:
        dan = User.objects.get(username="dan")
        if not Export.objects.filter(member=dan).exists():
            now = timezone.now()
            for state in Export.State:
                ended = None if state in (Export.State.WAITING, Export.State.MAKING) else now
                if state != Export.State.WAITING:  # one waits a member, and is then being made
                    Export.objects.create(member=dan, state=state, ended_at=ended, size=123_456)
            Leaving.objects.create(member=dan, texts=Leaving.Texts.REMOVE)
        return reverse(route)

    return build


state("account", once("account"), "dan")
state("account, of a moderator", once("account"), "cleo")
state("own data", once("own_data"), "newcomer")
state("own data, with exports and about to leave", of_own_data("own_data"), "dan")
state("own data, asked for too soon", of_own_data("own_data"), "dan", status=409, data={"key": ""})
state("leave", once("leave"), "ada")
state("leave, about to", of_own_data("leave"), "dan")
state("leave, the only moderator", once("leave"), "cleo")
state("former members", once("member", "", GONE))
state("privacy", once("privacy"))
state("rename", once("rename"), "dan")
state("rename, with a name that is taken", once("rename"), "dan", status=422, data={"name": "ben"})
state("second factors", once("mfa_index"), "dan")
state("sessions", once("usersessions_list"), "dan")
state("sign in elsewhere, cancelled", once("socialaccount_login_cancelled"))
state("sign in elsewhere, wrong", once("socialaccount_login_error"), status=401)
state("connections", once("socialaccount_connections"), "dan")
state("voice", of_voice("voice"))
state("voice, to a member", of_voice("voice"), "dan")
state("voices", once("voices"))
state("claim a voice", of_voice("claim_voice"), "dan")
state("claim a voice, without a proof", of_voice("claim_voice"), "dan", status=422, data={"proof": ""})
state(
    "claim a voice, claimed", of_voice("claim_voice"), "dan", data={"proof": "My page says so."}, follow=True
)
