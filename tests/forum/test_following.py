"""Follow and mute: the verbs, the control on the pages, and the list of what one follows."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.moderating.hide import hide
from debates.actions.moderating.restore import restore
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument, Debate, Source, Tag
from debates.models.visibility import NOBODY
from debates.permissions import Refused
from forum.accounts.models import User
from forum.following.actions.set_following import follow, mute, unfollow
from forum.following.followed import followed_by
from forum.following.models import Follow, ReadMark
from forum.following.reading import level_of
from forum.following.things import Thing, thing_named
from tests.conftest import PASSWORD, Cast, Scene, a_book, make_cast, make_scene, pro, signed_in
from tests.forum.test_followers import says

FOLLOW, MUTE = Follow.Level.FOLLOW, Follow.Level.MUTE
TOGGLES = 200

# ------------------------------------------------------------------------------------------------ the verbs


def of(kind: str, row: Debate | Argument | Tag | Source | User) -> Thing:
    """Return a thing to be followed."""
    return Thing(kind, row)


def test_follow_mute_and_neither_leave_one_row_or_none(scene: Scene, cast: Cast) -> None:
    thing = of("debate", scene.debate)
    assert follow(cast.dan, thing)
    assert not follow(cast.dan, thing)
    assert ReadMark.objects.filter(member=cast.dan, debate=scene.debate).exists(), (
        "Who follows begins to count."
    )
    assert mute(cast.dan, thing)
    assert [row.level for row in Follow.objects.all()] == [MUTE]
    assert unfollow(cast.dan, thing)
    assert not unfollow(cast.dan, thing)
    assert not Follow.objects.exists()


def test_nobody_follows_themselves_and_no_visitor_anything(scene: Scene, cast: Cast) -> None:
    for viewer in (cast.dan, NOBODY):
        with pytest.raises(Refused):
            follow(viewer, of("member", cast.dan))
    with pytest.raises(IntegrityError), transaction.atomic():
        says(cast.dan, FOLLOW, who=cast.dan)
    for things in ({}, {"debate": scene.debate, "who": cast.ben}):
        with pytest.raises(IntegrityError), transaction.atomic():
            says(cast.dan, FOLLOW, **things)


def test_unfollowing_what_something_was_merged_into_takes_both_back(scene: Scene, cast: Cast) -> None:
    twin = post_argument(cast.ben, scene.thesis, pro("They remind the town of what it was."))
    says(cast.dan, MUTE, argument=twin)
    merge_arguments(cast.cleo, twin, scene.reason, "They say the same.")
    thing = of("argument", Argument.objects.get(pk=scene.reason.pk))
    assert level_of(cast.dan.pk, thing) == MUTE
    assert follow(cast.dan, thing)
    assert [row.level for row in Follow.objects.all()] == [FOLLOW]
    says(cast.dan, MUTE, argument=twin)
    assert level_of(cast.dan.pk, thing) == FOLLOW, "What was said of the thing itself counts."
    assert unfollow(cast.dan, thing)
    assert not Follow.objects.exists()


def test_two_hundred_toggles_at_once_leave_one_row(transactional_db: None) -> None:
    cast = make_cast()
    thing = of("debate", make_scene(cast).debate)
    acts = [follow, mute, unfollow, follow]
    for last, level in ((follow, FOLLOW), (mute, MUTE), (unfollow, None)):
        with ThreadPoolExecutor(20) as pool:
            list(pool.map(lambda number: _toggle(acts[number % 4], cast.dan, thing), range(TOGGLES)))
        assert Follow.objects.count() <= 1, "Two requests made a row each."
        last(cast.dan, thing)
        assert list(Follow.objects.values_list("level", flat=True)) == ([level] if level else [])


def _toggle(act: Callable[[User, Thing], bool], member: User, thing: Thing) -> None:
    try:
        act(member, thing)
    finally:
        connection.close()


# ------------------------------------------------------------------------------------------------- the pages


def names_of(scene: Scene) -> dict[str, str]:
    """Return by kinds the name of one thing of each, as a form sends it."""
    return {
        "debate": scene.debate.slug,
        "argument": scene.reason.public_id,
        "tag": "harbour",
        "source": Source.objects.get(citations__argument=scene.rebuttal).public_id,
        "member": "ben",
    }


KINDS = ("debate", "argument", "tag", "source", "member")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_the_control_says_what_holds_and_changes_it(scene: Scene, cast: Cast, kind: str, htmx: bool) -> None:
    dan, name = signed_in(cast.dan), names_of(scene)[kind]
    thing = thing_named(kind, name, cast.dan)
    assert thing is not None
    headers = {"HX-Request": "true"} if htmx else {}
    for level, words in (("follow", "Following"), ("mute", "Muted"), ("none", "Follow")):
        form = {"kind": kind, "what": name, "level": level, "next": thing.url}
        answer = dan.post(reverse("follow"), form, headers=headers)
        assert (answer.status_code, answer.get("Location")) == ((200, None) if htmx else (302, thing.url))
        drawn = answer.content.decode() if htmx else dan.get(thing.url).content.decode()
        assert summary(drawn) == f"{words}: {thing.words}"
        pressed = re.findall(r'value="(\w+)" aria-pressed="true"', drawn)
        assert pressed == [level]
    assert 'class="follow-control' not in Client().get(thing.url).content.decode(), (
        "A visitor can follow nothing."
    )


def summary(html: str) -> str:
    """Return what the control says, as it is heard."""
    found = re.search(r'<details class="follow-control.*?<summary>(.*?)</summary>', html, re.DOTALL)
    assert found is not None, "There is no control."
    heard = re.sub(r'<span aria-hidden="true">.*?</span>', "", found[1])
    return unescape(re.sub("<[^>]*>", "", heard)).strip()


def test_ones_own_argument_says_that_one_hears_of_answers(scene: Scene, cast: Cast) -> None:
    text = signed_in(cast.ada).get(scene.reason.get_absolute_url()).content.decode()
    assert summary(text).startswith("You hear of answers")


def test_what_somebody_may_not_know_of_cannot_be_followed(scene: Scene, cast: Cast) -> None:
    names = names_of(scene)
    hide(cast.cleo, Source.objects.get(public_id=names["source"]), "Not a book.")
    hide(cast.cleo, scene.debate, "Spam.")
    cast.ben.is_active = False
    cast.ben.save()
    Tag.objects.create(name="secret", slug="secret")
    asked = [
        *names.items(),
        ("tag", "secret"),
        ("member", "nobody"),
        ("debate", "a\0b"),
        ("tag", "\ud800"),
        ("", ""),
    ]
    for kind, name in asked:
        form = urlencode({"kind": kind, "what": name, "level": "follow"}, errors="surrogatepass")
        answer = signed_in(cast.dan).post(reverse("follow"), form, "application/x-www-form-urlencoded")
        assert answer.status_code == 404, (kind, name)
    assert not Follow.objects.exists()


def test_a_level_that_no_button_sends_is_refused_and_a_form_leads_nowhere_else(
    scene: Scene, cast: Cast
) -> None:
    dan, form = signed_in(cast.dan), {"kind": "debate", "what": scene.debate.slug}
    for level in ("", "love", "\0"):
        assert dan.post(reverse("follow"), form | {"level": level}).status_code == 400
    answer = dan.post(reverse("follow"), form | {"level": "follow", "next": "https://elsewhere.example/"})
    assert answer["Location"] == scene.debate.get_absolute_url()


def test_after_signing_in_the_question_comes_back(scene: Scene, cast: Cast) -> None:
    client = Client()
    form = {"kind": "debate", "what": scene.debate.slug, "level": "follow"}
    assert client.post(reverse("follow"), form).status_code == 302
    client.post(reverse("account_login"), {"login": "dan", "password": PASSWORD})
    text = client.get(reverse("follow")).content.decode()
    assert scene.debate.question in unescape(text)
    assert 'value="follow"' in text
    assert not Follow.objects.exists(), "A GET wrote."
    assert client.get(reverse("follow"))["Location"] == reverse("following")


def test_the_list_shows_what_is_followed_and_leaves_out_what_is_hidden_or_gone(
    scene: Scene, cast: Cast
) -> None:
    dan = signed_in(cast.dan)
    assert "You follow and mute nothing yet" in dan.get(reverse("following")).content.decode()
    for kind, name in names_of(scene).items():
        thing = thing_named(kind, name, cast.dan)
        assert thing is not None
        (mute if kind == "tag" else follow)(cast.dan, thing)
    text = unescape(dan.get(reverse("following")).content.decode())
    assert text.count('class="followed-row') == len(KINDS)
    assert text.count("Unmute") == 1
    source = Source.objects.get(citations__argument=scene.rebuttal)
    hide(cast.cleo, source, "Spam.")
    hide(cast.cleo, scene.reason, "Spam.")
    cast.ben.is_active = False
    cast.ben.save()
    text = unescape(dan.get(reverse("following")).content.decode())
    assert scene.reason.claim not in text
    assert str(source) not in text
    assert ">ben<" not in text
    assert text.count('class="followed-row') == 2
    restore(cast.cleo, Argument.objects.get(pk=scene.reason.pk), "No spam.")
    assert scene.reason.claim in unescape(dan.get(reverse("following")).content.decode())
    cast.ben.delete()
    assert not Follow.objects.filter(who__isnull=False).exists(), "Ben’s account is gone."


def test_the_list_names_what_something_was_merged_into_once(scene: Scene, cast: Cast) -> None:
    twin = post_argument(cast.ben, scene.thesis, pro("They remind the town of what it was."))
    says(cast.dan, FOLLOW, argument=scene.reason)
    says(cast.dan, MUTE, argument=twin)
    merge_arguments(cast.cleo, twin, scene.reason, "They say the same.")
    rows = followed_by(cast.dan)
    assert [(one.thing.words, one.is_muted) for one in rows] == [(scene.reason.claim, False)]


def test_the_list_takes_as_many_statements_for_many_as_for_few(scene: Scene, cast: Cast) -> None:
    def taken() -> int:
        with CaptureQueriesContext(connection) as caught:
            followed_by(cast.dan)
        return len(caught)

    says(cast.dan, FOLLOW, argument=scene.reason)
    says(cast.dan, FOLLOW, source=Source.objects.get(citations__argument=scene.rebuttal))
    taken()  # what they may do is asked once
    few = taken()
    for number in range(8):
        argument = post_argument(
            cast.ben, scene.thesis, pro(f"{number}.", citations=(a_book(f"Book {number}"),))
        )
        says(cast.dan, FOLLOW, argument=argument)
        says(cast.dan, FOLLOW, source=argument.citations.get().source)
    assert taken() == few
