"""The list of notices, the number in the header, and the page that says where they go."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from debates.actions.moderating.hide import hide
from debates.actions.writing.post_argument import post_argument
from forum.notices.models import Group, Notice, Pause
from tests.conftest import Cast, Scene, con, signed_in
from tests.forum.post_office import confirm
from tests.forum.test_notices import badge, kinds


def test_one_notice_or_a_group_or_all_are_marked_and_the_list_comes_back_as_it_was(
    cast: Cast, scene: Scene
) -> None:
    Notice.objects.all().delete()
    for kind in ("answered", "answered", "moved"):
        Notice.objects.create(recipient=cast.ada, kind=kind, argument=scene.reason)
    ada, one = signed_in(cast.ada), Notice.objects.filter(kind="answered").latest("pk")
    form = {"notice": str(one.pk), "back": "?group=answers&page=1"}
    assert ada.post(reverse("notices_seen"), form)["Location"] == "/notices/?group=answers&page=1"
    assert badge(cast.ada) == "2"
    ada.post(reverse("notices_seen"), {"group": "answers"})
    assert badge(cast.ada) == "1"
    signed_in(cast.ben).post(reverse("notices_seen"), {"notice": str(one.pk)})
    ada.post(reverse("notices_seen"))
    assert badge(cast.ada) == ""


@pytest.mark.parametrize("wrong", ["x", "-1", "9" * 40, "\0", "٣", "1 or 1"])
def test_a_notice_that_is_none_marks_nothing(cast: Cast, scene: Scene, wrong: str) -> None:
    ada, before = signed_in(cast.ada), badge(cast.ada)
    assert ada.post(reverse("notices_seen"), {"notice": wrong}).status_code in (302, 404)
    assert badge(cast.ada) == before != ""
    others = Notice.objects.create(recipient=cast.ben, kind="answered", argument=scene.reason)
    assert ada.post(reverse("notices_seen"), {"notice": str(others.pk)}).status_code == 404
    assert Notice.objects.get(pk=others.pk).seen_at is None


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil", "?\r\nX: y"])
def test_the_way_back_leads_nowhere_else(cast: Cast, scene: Scene, back: str) -> None:
    answer = signed_in(cast.ada).post(reverse("notices_seen"), {"back": back})
    assert answer["Location"].split("?")[0] == "/notices/"
    assert "X" not in answer.headers


def test_the_list_is_narrowed_to_a_group(cast: Cast, scene: Scene) -> None:
    Notice.objects.create(recipient=cast.ada, kind="moved", argument=scene.reason)
    ada = signed_in(cast.ada)
    page = ada.get(reverse("notices"), {"group": "moves"}).content.decode()
    assert "was moved" in page
    assert "answered you" not in page
    assert "Nothing of this kind yet." in ada.get(reverse("notices"), {"group": "edits"}).content.decode()
    assert "answered you" in ada.get(reverse("notices"), {"group": "\0nonsense"}).content.decode()


def test_the_header_asks_for_the_number_and_hears_only_what_is_new(cast: Cast, scene: Scene) -> None:
    ada, address = signed_in(cast.ada), reverse("notices_count")
    link = re.search(r'<a href="/notices/"[^>]*>', ada.get(reverse("home")).content.decode())
    assert link
    assert f'data-hx-get="{address}"' in link[0]
    assert 'data-hx-trigger="every 60s, look"' in link[0]
    assert ada.get(address, {"unread": "1"}).status_code == 204
    news = ada.get(address, {"unread": "0"})
    assert 'class="badge"' in news.content.decode()
    assert 'value="1"' in news.content.decode(), "What the next question says is known."
    assert "no-store" in news["Cache-Control"]
    assert ada.post(address).status_code == 405
    hide(cast.cleo, scene.rebuttal, "Rude.", "person")
    assert 'value="0"' in ada.get(address, {"unread": "1"}).content.decode(), (
        "It vanishes from the count, too."
    )


def test_visitors_poll_nothing(client: Client, db: None) -> None:
    page = client.get(reverse("home")).content.decode()
    assert "notices.js" not in page
    assert reverse("notices_count") not in page
    assert client.get(reverse("notices_count")).status_code == 286, "htmx ends a poll at this status."


# ------------------------------------------------------------------------------- where they go


def test_where_notices_go_is_chosen_in_one_form(cast: Cast, scene: Scene) -> None:
    Notice.objects.all().delete()
    ada, address = signed_in(cast.ada), reverse("notices_settings")
    page = ada.get(address).content.decode()
    assert 'name="answers" value="daily" checked' in page
    assert 'name="moderation" value="off"' not in page, "Nobody is hidden without knowing."
    wanted = dict.fromkeys(Group, "site") | {Group.ANSWERS: "off", Group.MODERATION: "daily"}
    assert ada.post(address, wanted).status_code == 302
    assert 'name="answers" value="off" checked' in ada.get(address).content.decode()
    post_argument(cast.ben, scene.reason, con("Unheard."))
    assert kinds(cast.ada) == [], "What is off is not written."
    for wrong in ({"moderation": "off"}, {"answers": "pigeon"}, {"answers": "\0"}):
        assert ada.post(address, wrong).status_code == 400
    assert 'name="moderation" value="daily" checked' in ada.get(address).content.decode()


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("none", "There is no e-mail address in your account"),
        ("unconfirmed", "is not confirmed, so nothing is mailed to it"),
        ("confirmed", "Mail goes to <bdi>ada@example.org</bdi>"),
        ("paused", "came back, so none has been sent there"),
    ],
)
def test_the_page_says_whether_mail_arrives(cast: Cast, scene: Scene, state: str, says: str) -> None:
    if state != "none":
        confirm(cast.ada)
    if state == "unconfirmed":
        cast.ada.emailaddress_set.update(verified=False)
    if state == "paused":
        Pause.objects.create(address="ADA@example.org", said="No such box")
    assert says in signed_in(cast.ada).get(reverse("notices_settings")).content.decode()
