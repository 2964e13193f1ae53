"""Members ask what a claim rests on, and are told when a source arrives."""

from django.test import Client
from django.urls import reverse

from debates.actions.moderating.hide import hide
from debates.actions.sources.ask_for_source import ask_for_source
from debates.actions.writing.edit_argument import edit_argument
from debates.models import SourceRequest
from forum.notices.models import Notice
from tests.conftest import Cast, Scene, a_book, pro, signed_in


def ask(scene: Scene) -> str:
    return reverse("ask", args=[scene.reason.public_id])


def test_ben_asks_dan_joins_and_both_are_told(client: Client, cast: Cast, scene: Scene) -> None:
    for member in (cast.ben, cast.dan):
        assert signed_in(member).post(ask(scene)).status_code == 302
    assert SourceRequest.objects.get().members.count() == 2, "Who asks after another waits with them."
    assert "2 wait" in client.get(scene.reason.get_absolute_url()).content.decode()
    assert scene.reason.claim in client.get(reverse("wanted")).content.decode()
    edit_argument(
        cast.ada, scene.reason, pro(scene.reason.claim, citations=(a_book("Harbours remembered"),)), 1
    )
    for member in (cast.ben, cast.dan):
        assert "A source you waited for" in signed_in(member).get(reverse("notices")).content.decode()
    assert scene.reason.claim not in client.get(reverse("wanted")).content.decode()


def test_asking_twice_waits_once_and_stopping_closes(cast: Cast, scene: Scene) -> None:
    assert ask_for_source(cast.ben, scene.reason)
    assert not ask_for_source(cast.ben, scene.reason)
    assert signed_in(cast.ben).post(ask(scene), {"stop": "1"}).status_code == 302
    assert not SourceRequest.objects.exists(), "What nobody waits for is not wanted."


def test_an_edit_without_a_source_fills_nothing(cast: Cast, scene: Scene) -> None:
    ask_for_source(cast.ben, scene.reason)
    edit_argument(cast.ada, scene.reason, pro("The cranes are what the town remembers."), 1)
    assert SourceRequest.objects.get().filled_at is None
    assert not Notice.objects.filter(kind="source-arrived").exists()


def test_nobody_asks_themselves(cast: Cast, scene: Scene) -> None:
    assert signed_in(cast.ada).post(ask(scene)).status_code == 403
    assert not SourceRequest.objects.exists()


def test_what_is_hidden_is_neither_asked_about_nor_listed(client: Client, cast: Cast, scene: Scene) -> None:
    ask_for_source(cast.ben, scene.reason)
    hide(cast.cleo, scene.reason, "Rude.", "person")
    assert scene.reason.claim not in client.get(reverse("wanted")).content.decode()
    assert signed_in(cast.dan).post(ask(scene)).status_code == 404


def test_a_visitor_is_sent_to_sign_in(client: Client, scene: Scene) -> None:
    assert client.get(ask(scene)).status_code == 302
    assert client.post(ask(scene)).status_code == 302
