"""A member finds every text of their own, with the state that it is in, why, and what can be done; nobody else does."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.moderating.hide import hide
from debates.actions.moderating.lock import lock
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.withdraw_argument import withdraw_argument
from debates.models import Argument, State
from tests.conftest import Cast, Scene, pro, signed_in

WHY = "It insults the harbour master."


def page(client: Client, state: str = "") -> str:
    """Return Ada's page."""
    found: str = client.get(reverse("member", args=["ada"]), {"state": state}).content.decode()
    return re.sub(r"\s+", " ", found)


@pytest.fixture
def texts(cast: Cast, scene: Scene) -> dict[str, Argument]:
    """Give one text of Ada's in every state."""
    made = {
        state: post_argument(cast.ada, scene.thesis, pro(f"A text that is zz{state}zz."))
        for state in ("published", "pending", "hidden", "withdrawn", "removed", "merged", "draft")
    }
    withdraw_argument(cast.ada, made["withdrawn"])
    hide(cast.cleo, made["hidden"], WHY)
    kept = post_argument(cast.ben, scene.thesis, pro("A text that says the same."))
    merge_arguments(cast.cleo, made["merged"], kept, "The same.")
    for state in (State.PENDING, State.REMOVED, State.DRAFT):
        Argument.objects.filter(pk=made[state].pk).update(state=state)
    return made


DOES = {
    "published": ("Everybody reads it.", "edit", "withdraw"),
    "pending": ("A moderator looks at it first", "edit"),
    "hidden": (WHY,),
    "withdrawn": ("can publish it again", "reinstate"),
    "removed": ("its answers stay",),
    "merged": ("stands for both",),
    "draft": ("Only you read it.", "edit", "withdraw"),
}
"""What is said of each state, and the routes that its author is offered."""


@pytest.mark.parametrize("state", DOES)
def test_each_state_is_found_with_its_reason_and_what_can_be_done(
    cast: Cast, texts: dict[str, Argument], state: str
) -> None:
    shown = page(signed_in(cast.ada), state)
    said, *acts = DOES[state]
    assert f"zz{state}zz" in shown
    assert not [other for other in texts if other != state and f"zz{other}zz" in shown], (
        "The filter keeps one state."
    )
    below = shown[shown.index('class="own-state"') :]
    assert said in below
    for route in ("edit", "withdraw", "reinstate"):
        address = reverse(route, args=[texts[state].public_id])
        assert (address in below) == (route in acts), f"{route} of what is {state}"


def test_the_filter_counts_and_nobody_else_gets_it(cast: Cast, texts: dict[str, Argument]) -> None:
    shown = page(signed_in(cast.ada))
    for text in texts:
        assert f"zz{text}zz" in shown, "Without a filter everything is there."
    assert re.search(r"\?state=hidden\">Hidden by a moderator <span[^>]*>1<", shown)
    assert re.search(r"\?state=published\">Published <span[^>]*>3<", shown), "The thesis and the reason, too."
    for reader in (Client(), signed_in(cast.ben), signed_in(cast.cleo)):
        for state in ("", "hidden", "draft"):
            other = page(reader, state)
            assert "own-filter" not in other
            assert [text for text in texts if f"zz{text}zz" in other] == ["published"]


def test_what_is_locked_is_offered_nothing_that_would_be_refused(
    cast: Cast, texts: dict[str, Argument]
) -> None:
    lock(cast.cleo, texts["published"].debate, "Enough.")
    for state in ("published", "withdrawn"):
        shown = page(signed_in(cast.ada), state)
        below = shown[shown.index('class="own-state"') :]
        assert "locked" in below
        assert f"{texts[state].get_absolute_url()}edit/" not in below
        assert f"{texts[state].get_absolute_url()}reinstate/" not in below


def test_an_empty_state_says_so_and_nonsense_is_no_state(cast: Cast, scene: Scene) -> None:
    ada = signed_in(cast.ada)
    assert "None of your arguments is in this state." in page(ada, "hidden")
    for nonsense in ("nothing", "a\0b", "9" * 500):
        assert scene.reason.claim in page(ada, nonsense)


def test_what_one_wrote_in_an_anonymous_debate_stands_on_ones_own_page_alone(cast: Cast) -> None:
    debate = open_debate(cast.ada, "Who saw it?", ["zznobodyzz saw it."], anonymous=True)
    post_argument(cast.ada, debate.arguments.get(), pro("zzisawitzz."))
    assert "zzisawitzz" in page(signed_in(cast.ada))
    for reader in (Client(), signed_in(cast.ben), signed_in(cast.cleo)):
        assert "zzisawitzz" not in page(reader)
        assert "Who saw it?" not in page(reader), "Nor is the debate counted among those they argued in."
