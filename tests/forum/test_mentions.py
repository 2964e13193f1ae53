"""Mentions: who is told, how names are drawn, and that renaming breaks neither."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from debates.actions.moderating.approve import approve
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument, State
from forum.accounts.models import User
from forum.following.models import Follow
from forum.notices.models import Mention, Notice
from forum.notices.naming import folded, names_in, replace_names
from tests.conftest import Cast, Scene, con, signed_in

MUTE, FOLLOW = Follow.Level.MUTE, Follow.Level.FOLLOW


def told(user: User) -> list[str]:
    """Return the kinds of what a member was told, the oldest first."""
    return list(Notice.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


def drawn(argument: Argument) -> str:
    """Return the page of an argument."""
    return Client().get(argument.get_absolute_url()).content.decode()


def test_who_is_named_is_told_and_the_name_becomes_a_link(cast: Cast, scene: Scene) -> None:
    said = post_argument(
        cast.ben,
        scene.reason,
        con("See what @Dan found.", elaboration="And @dan. `@cleo` [@cleo](https://x.example)"),
    )
    assert told(cast.dan) == ["mentioned"]
    assert told(cast.cleo) == [], "What stands in code or in a link is quoted."
    page = drawn(said)
    link = f'<bdi><a class="mention" href="{reverse("member", args=["dan"])}">@dan</a></bdi>'
    assert page.count(link) >= 2
    assert f"{link}. <code>@cleo</code>" in page, "The dot belongs to the sentence."
    assert "\ue000" not in page
    text = re.sub(r"</?bdi>", "", signed_in(cast.dan).get(reverse("notices")).content.decode())
    assert "ben mentioned you:" in text


def test_a_renamed_member_is_drawn_by_the_present_name_and_nobody_takes_the_old_one(
    cast: Cast, scene: Scene
) -> None:
    said = post_argument(cast.ben, scene.reason, con("See what @dan found.", elaboration="Ask @dan."))
    cast.dan.username = "daniel"
    cast.dan.save()
    User.objects.create_user("dan")  # an account that no form would open, since the name is another’s
    page = drawn(said)
    assert ">@daniel</a>" in page
    assert ">@dan</a>" not in page
    assert reverse("member", args=["daniel"]) in page


@pytest.mark.parametrize("ending", ["atom", "json"])
def test_feeds_lead_to_the_present_name_with_a_whole_address(cast: Cast, scene: Scene, ending: str) -> None:
    post_argument(cast.ben, scene.reason, con("See.", elaboration="Ask @dan & `@cleo`, or @nobody."))
    cast.dan.username = "daniel"
    cast.dan.save()
    address = reverse("debate_feed", args=[scene.debate.slug, ending])
    body = Client().get(address).content.decode()
    text = (
        unescape(body)
        if ending == "atom"
        else "".join(one["content_html"] for one in json.loads(body)["items"])
    )
    assert f'href="http://testserver{reverse("member", args=["daniel"])}">@daniel</a>' in text
    assert "@dan<" not in text
    assert "<code>@cleo</code>, or @nobody." in text
    assert "\ue000" not in text


def test_moderators_find_whom_a_text_names_in_the_staff_room(cast: Cast, scene: Scene) -> None:
    said = post_argument(cast.ben, scene.reason, con("See.", elaboration="Ask @dan."))
    cast.dan.username = "daniel"
    cast.dan.save()
    page = signed_in(cast.cleo).get(reverse("admin:debates_argument_change", args=[said.pk]))
    assert f'href="{reverse("member", args=["daniel"])}">@daniel</a>' in page.content.decode()


def test_who_has_left_is_neither_told_nor_linked(cast: Cast, scene: Scene) -> None:
    said = post_argument(cast.ben, scene.reason, con("See.", elaboration="Ask @dan."))
    Notice.objects.all().delete()
    cast.dan.is_active = False
    cast.dan.save()
    assert 'class="mention"' not in drawn(said), "A link would lead to a page that is not there."
    assert "Ask @dan." in drawn(said)
    later = post_argument(cast.ben, scene.reason, con("Again.", elaboration="Ask @dan."))
    assert told(cast.dan) == []
    assert not Mention.objects.filter(argument=later).exists()


def test_whom_its_author_has_muted_is_told_all_the_same(cast: Cast, scene: Scene) -> None:
    Follow.objects.create(member=cast.ben, level=MUTE, who=cast.dan)
    said = post_argument(cast.ben, scene.reason, con("See.", elaboration="Ask @dan."))
    assert told(cast.dan) == ["mentioned"], (
        "To mute somebody is to hear nothing of them, not to be silent to them."
    )
    assert 'class="mention"' in drawn(said)


def test_names_that_nobody_has_stay_as_they_were_written(cast: Cast, scene: Scene) -> None:
    said = post_argument(
        cast.ben, scene.reason, con("Write to ada@example.org or @nobody.", elaboration="<@b>")
    )
    page = drawn(said)
    assert "Write to ada@example.org or @nobody." in page
    assert 'class="mention"' not in page
    assert told(cast.ada) == ["answered"] or "mentioned" not in told(cast.ada)


def test_an_edit_tells_who_is_new_and_nobody_twice(cast: Cast, scene: Scene) -> None:
    said = post_argument(cast.ben, scene.reason, con("See @dan."))
    edit_argument(cast.ben, said, con("See nobody."), 1)
    edit_argument(cast.ben, said, con("See @dan and @cleo."), 2)
    assert told(cast.dan) == ["mentioned"]
    assert told(cast.cleo) == ["mentioned"]


def test_whoever_is_answered_and_named_is_told_once(cast: Cast, scene: Scene) -> None:
    Notice.objects.all().delete()
    said = post_argument(cast.ben, scene.reason, con("No, @ada."))
    assert told(cast.ada) == ["answered"]
    edit_argument(cast.ben, said, con("No, @ada, not so."), 1)
    assert told(cast.ada) == ["answered"]
    assert told(cast.ben) == []


def test_nobody_is_told_of_naming_oneself(cast: Cast, scene: Scene) -> None:
    Notice.objects.all().delete()
    post_argument(cast.ben, scene.reason, con("I, @ben, say so."))
    assert told(cast.ben) == []


def test_of_fifty_the_first_ten_are_told_and_the_author_reads_so(cast: Cast, scene: Scene) -> None:
    many = [User.objects.create_user(f"reader{number}") for number in range(60)]
    text = " ".join(f"@{one.username}" for one in many)
    said = post_argument(cast.ben, scene.reason, con("All of you.", elaboration=text))
    called = Notice.objects.filter(kind="mentioned").order_by("pk").values_list("recipient", flat=True)
    assert list(called) == [one.pk for one in many[:10]]
    assert Mention.objects.filter(argument=said).count() == 50
    sentence = "This text mentions 50 members; only the first 10 of them are told."
    assert sentence in signed_in(cast.ben).get(said.get_absolute_url()).content.decode()
    assert sentence not in drawn(said)
    edit_argument(cast.ben, said, con("All of you.", elaboration=" ".join(reversed(text.split()))), 1)
    assert Notice.objects.filter(kind="mentioned").count() == 10, "Edits call no further ten."
    form = {"stance": "con", "attacks": "claim", "claim": "You.", "elaboration": text, "preview": "1"}
    form |= {"cite-TOTAL_FORMS": "0", "cite-INITIAL_FORMS": "0"}
    address = reverse("reply", args=[scene.reason.public_id])
    assert sentence in signed_in(cast.ben).post(address, form).content.decode()


def test_who_muted_author_debate_or_branch_is_not_called(cast: Cast, scene: Scene) -> None:
    for muted in ({"who": cast.ben}, {"debate": scene.debate}, {"argument": scene.reason}):
        Follow.objects.filter(member=cast.dan).delete()
        Notice.objects.all().delete()
        Follow.objects.create(member=cast.dan, level=MUTE, **muted)
        post_argument(cast.ben, scene.reason, con("See @dan."))
        assert told(cast.dan) == [], f"Dan muted {muted}."
    Follow.objects.filter(member=cast.dan).delete()
    Follow.objects.create(member=cast.dan, level=MUTE, debate=scene.debate)
    Follow.objects.create(member=cast.dan, level=FOLLOW, argument=scene.reason)
    post_argument(cast.ben, scene.reason, con("See @dan."))
    assert told(cast.dan) == ["mentioned"], "What is nearer wins."


def test_who_may_not_read_it_hears_of_it_when_they_may(cast: Cast, scene: Scene) -> None:
    said = post_argument(cast.ben, scene.reason, con("Wait."))
    Argument.objects.filter(pk=said.pk).update(state=State.PENDING)
    edit_argument(cast.ben, said, con("Wait, @dan."), 1)
    assert told(cast.dan) == []
    approve(cast.cleo, said, "Fine.")
    assert told(cast.dan) == ["mentioned"]


def test_who_follows_along_is_told_why(cast: Cast, scene: Scene) -> None:
    Follow.objects.create(member=cast.dan, level=FOLLOW, debate=scene.debate)
    post_argument(cast.ben, scene.reason, con("Not so."))
    assert told(cast.dan) == ["followed"]
    text = re.sub(r"</?bdi>", "", signed_in(cast.dan).get(reverse("notices")).content.decode())
    assert "ben said this in a debate that you follow:" in text
    post_argument(cast.ben, scene.reason, con("Not so, @dan."))
    assert told(cast.dan) == ["followed", "mentioned"], (
        "One notice for a person and argument, for the best reason."
    )


def test_who_muted_the_branch_is_not_told_of_answers(cast: Cast, scene: Scene) -> None:
    Notice.objects.all().delete()
    Follow.objects.create(member=cast.ada, level=MUTE, argument=scene.reason)
    post_argument(cast.ben, scene.reason, con("Not so."))
    assert told(cast.ada) == []


def test_a_claim_that_begins_with_a_name_has_no_empty_link(cast: Cast, scene: Scene) -> None:
    said = post_argument(cast.ben, scene.reason, con("@dan knows <b>more</b> than @cleo"))
    page = drawn(said)
    assert not re.search(r"<a [^>]*></a>", page)
    assert f'<a href="{said.get_absolute_url()}"> knows &lt;b&gt;more&lt;/b&gt; than </a>' in page


def test_a_page_asks_once_however_many_are_named(
    cast: Cast, scene: Scene, django_assert_max_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in range(2, 6):
        User.objects.create_user(f"reader{number}")
        post_argument(cast.ben, scene.reason, con(f"See {number}.", elaboration=f"@reader{number} and @dan"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            drawn(scene.reason)
        counts.append(len(asked))
    assert len(set(counts)) == 1, f"The page asks more and more: {counts}."


@given(st.text(alphabet="@ab.+-< >&;\n\u0301é", max_size=60))
def test_any_text_keeps_its_letters(text: str) -> None:
    assert replace_names(text, lambda _name, whole: whole) == text
    assert all(name == folded(name) and "@" not in name for name in names_in(text, text))
