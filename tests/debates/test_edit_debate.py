"""Mending what a debate is called: who may, what is refused, and where the addresses that it had lead."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import URLPattern, reverse

import debates.urls
from debates.actions.moderating.hide import hide
from debates.actions.moderating.lock import lock
from debates.actions.writing.edit_debate import RESERVED, edit_debate, state_of
from debates.actions.writing.open_debate import open_debate
from debates.models import Debate, DebateAddress, LogEntry, State, Tag
from debates.permissions import Refused
from forum.accounts.models import User
from tests.conftest import PASSWORD, Cast, Scene, signed_in

QUESTION = "Should the harbour keep its old cranes?"


def mended(editor: User, debate: Debate, slug: str = "", question: str = QUESTION, reason: str = "") -> bool:
    """Mend a debate; the rest stays."""
    return edit_debate(
        editor, debate, question, debate.summary, ["harbour"], slug or debate.slug, reason=reason
    )


def form(debate: Debate, **typed: str) -> dict[str, str]:
    """Return the form as the page gives it, with what somebody typed."""
    return {
        "question": debate.question,
        "summary": debate.summary,
        "tags": "harbour",
        "slug": debate.slug,
        "seen": state_of(debate),
        **typed,
    }


def refused(editor: User, debate: Debate, **typed: str) -> Refused:
    """Return how mending a debate is refused."""
    with pytest.raises(Refused) as refusal:
        mended(editor, debate, **typed)
    debate.refresh_from_db()
    return refusal.value


# ---------------------------------------------------------------------------------------------------- the verb


def test_who_opened_it_mends_everything(cast: Cast, scene: Scene) -> None:
    changed = edit_debate(
        cast.ada, scene.debate, f"  {QUESTION} ", " In short. ", ["Cranes", "harbour"], "Old Cranes!"
    )
    scene.debate.refresh_from_db()
    assert changed
    assert (scene.debate.question, scene.debate.summary) == (QUESTION, "In short.")
    assert scene.debate.slug == "old-cranes", "What is typed is read as an address."
    assert sorted(scene.debate.tags.names()) == ["cranes", "harbour"]
    assert not LogEntry.objects.exists(), "Nobody's power was used."


def test_what_stays_is_no_change(cast: Cast, scene: Scene) -> None:
    assert not mended(cast.ada, scene.debate, question=scene.debate.question)
    assert not mended(cast.cleo, scene.debate, question=scene.debate.question, reason="To look."), (
        "Nothing happened, so nothing stands in the log."
    )
    assert not LogEntry.objects.exists()
    assert not DebateAddress.objects.exists()


def test_a_topic_that_is_taken_away_goes_and_a_rebuttal_tag_is_no_topic(cast: Cast, scene: Scene) -> None:
    edit_debate(cast.ada, scene.debate, QUESTION, "", ["factual error", "town"], scene.debate.slug)
    assert list(scene.debate.tags.names()) == ["town"]
    assert Tag.objects.get(slug="factual-error").kind == Tag.Kind.REBUTTAL


def test_a_moderator_mends_any_debate_and_the_log_says_why(cast: Cast, scene: Scene) -> None:
    assert refused(cast.cleo, scene.debate).field == "reason"
    assert scene.debate.question != QUESTION, "Without a reason nothing changes."
    mended(cast.cleo, scene.debate, slug="old-cranes", reason="It was loaded.")
    entry = LogEntry.objects.get()
    assert (entry.act, entry.actor_name, entry.reason) == ("edit-debate", "cleo", "It was loaded.")
    assert (entry.item_id, entry.item_url) == ("old-cranes", "/debates/old-cranes/")


def test_nobody_else_mends_a_debate(cast: Cast, scene: Scene) -> None:
    for other in (cast.ben, cast.dan):
        assert refused(other, scene.debate).status == 403
    lock(cast.cleo, scene.debate, "It went round in circles.")
    assert refused(cast.ada, scene.debate).status == 409
    assert mended(cast.cleo, scene.debate, reason="A slip.")


def test_a_hidden_debate_is_mended_by_moderators_alone(cast: Cast, scene: Scene) -> None:
    hide(cast.cleo, scene.debate, "It insults.")
    assert refused(cast.ada, scene.debate).status == 409
    assert mended(cast.cleo, scene.debate, reason="Without the insult.")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"question": " "}, "question"),
        ({"question": "x" * 301}, "question"),
        ({"question": "half\ud800"}, "question"),
        ({"slug": "?!"}, "slug"),
        ({"slug": "open"}, "slug"),
        ({"slug": "NUL\0"}, "slug"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(
    cast: Cast, scene: Scene, typed: dict[str, str], field: str
) -> None:
    refusal = refused(cast.ada, scene.debate, **typed)
    assert (refusal.field, refusal.sentence[-1]) == (field, ".")
    assert scene.debate.question != QUESTION


def test_an_address_is_never_anothers(cast: Cast, scene: Scene) -> None:
    other = open_debate(cast.ada, "Should the harbour keep its ropes?", ["It should."])
    first = other.slug
    assert refused(cast.ada, scene.debate, slug=first).field == "slug"
    mended(cast.ada, other, slug="ropes", question=other.question)
    refusal = refused(cast.ada, scene.debate, slug=first)
    assert (refusal.field, refusal.status) == ("slug", 409)
    assert first in refusal.sentence, "Links to the other debate would lead here from now on."
    Debate.objects.filter(pk=other.pk).update(state=State.HIDDEN)
    assert refused(cast.ada, scene.debate, slug="ropes").sentence.replace("ropes", first) == (
        refusal.sentence
    ), "A hidden debate is not told apart from one that was."


def test_a_new_debate_takes_no_address_that_was_anothers(client: Client, cast: Cast, scene: Scene) -> None:
    first, question = scene.debate.slug, scene.debate.question
    mended(cast.ada, scene.debate, slug="cranes")
    other = open_debate(cast.ada, question, ["It should."])
    assert other.slug != first
    assert client.get(f"/debates/{first}/")["Location"] == "/debates/cranes/", (
        "Links to the first debate would lead to the second from now on."
    )


def test_the_log_names_a_debate_under_the_address_that_it_had(
    client: Client, cast: Cast, scene: Scene
) -> None:
    lock(cast.cleo, scene.debate, "It went round in circles.")
    first = scene.debate.slug
    mended(cast.cleo, scene.debate, slug="cranes", reason="Shorter.")
    page = client.get(reverse("log")).content.decode()
    assert f"/debates/{first}/" in page, "A line of the log leads where it happened, also after a move."
    assert "/debates/cranes/" in page
    hide(cast.cleo, scene.debate, "It insults.")
    page = client.get(reverse("log")).content.decode()
    assert first not in page, "An address holds the words of a question that nobody may read any more."
    assert "/debates/cranes/" not in page


def test_it_goes_back_to_an_address_of_its_own(client: Client, cast: Cast, scene: Scene) -> None:
    first = scene.debate.slug
    for slug in ("second", "third", first):
        assert mended(cast.ada, scene.debate, slug=slug)
    assert client.get(f"/debates/{first}/").status_code == 200
    for slug in ("second", "third"):
        assert client.get(f"/debates/{slug}/")["Location"] == f"/debates/{first}/"


def test_an_address_that_is_taken_at_this_very_moment_is_refused(
    cast: Cast, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Debate.save

    def late(self: Debate, **how: object) -> None:
        if how.get("update_fields") == ["slug"]:
            raise IntegrityError("somebody was faster")
        real(self, **how)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(Debate, "save", late)
    assert refused(cast.ada, scene.debate, slug="cranes").field == "slug"


def test_what_was_mended_meanwhile_is_not_written_over(cast: Cast, scene: Scene) -> None:
    seen = state_of(scene.debate)
    mended(cast.cleo, scene.debate, reason="A slip.")
    with pytest.raises(Refused) as refusal:
        edit_debate(cast.ada, scene.debate, "Mine?", "", [], scene.debate.slug, seen=seen)
    assert refusal.value.status == 409
    scene.debate.refresh_from_db()
    assert scene.debate.question == QUESTION


def test_every_page_beside_the_debates_is_reserved() -> None:
    words = {
        str(route.pattern).split("/")[1]
        for route in debates.urls.urlpatterns
        if str(route.pattern).startswith("debates/") and "<" not in str(route.pattern).split("/")[1]
    }
    assert words - {""} == RESERVED, "A debate at such an address could never be read."


# ---------------------------------------------------------------------------------------------------- the page


def test_the_page_mends_and_leads_to_the_debate(cast: Cast, scene: Scene) -> None:
    ada, address = signed_in(cast.ada), reverse("edit_debate", args=[scene.debate.slug])
    page = ada.get(address).content.decode()
    assert scene.debate.question in page
    assert 'name="reason"' not in page
    answer = ada.post(address, form(scene.debate, question=QUESTION, slug="old-cranes"))
    assert (answer.status_code, answer["Location"]) == (302, "/debates/old-cranes/")
    assert 'name="reason"' in signed_in(cast.cleo).get("/debates/old-cranes/edit/").content.decode()


def test_the_page_is_for_who_may(client: Client, cast: Cast, scene: Scene) -> None:
    address = reverse("edit_debate", args=[scene.debate.slug])
    assert client.get(address)["Location"].startswith("/accounts/login/")
    assert signed_in(cast.ben).get(address).status_code == 403
    assert signed_in(cast.ben).post(address, form(scene.debate, question=QUESTION)).status_code == 403


def test_what_is_refused_stays_in_the_form(cast: Cast, scene: Scene) -> None:
    open_debate(cast.ada, "Ropes?", ["It should."])
    ada, address = signed_in(cast.ada), reverse("edit_debate", args=[scene.debate.slug])
    answer = ada.post(address, form(scene.debate, question=QUESTION, slug="ropes"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert QUESTION in page
    assert "was another debate" in page
    stale = ada.post(address, form(scene.debate, question=QUESTION, seen="0"))
    assert (stale.status_code, QUESTION in stale.content.decode()) == (409, True)
    assert state_of(scene.debate) in stale.content.decode(), "Saved once more, it is meant."


def test_what_was_typed_before_signing_in_follows_the_debate(
    client: Client, cast: Cast, scene: Scene
) -> None:
    old = reverse("edit_debate", args=[scene.debate.slug])
    client.post(old, form(scene.debate, question="Typed by Ada?"))
    mended(cast.cleo, scene.debate, slug="moved", reason="A slip.")
    client.login(username="ada", password=PASSWORD)
    answer = client.get(old, follow=True)
    assert answer.redirect_chain == [("/debates/moved/edit/", 301)]
    assert "Typed by Ada?" in answer.content.decode(), "What was typed is never lost."


# ------------------------------------------------------------------------------------------- where old ones lead


ROUTES = [route for route in debates.urls.urlpatterns if "slug" in route.pattern.converters]
"""Every address of one debate."""


@pytest.mark.parametrize("route", ROUTES, ids=[str(route.name) for route in ROUTES])
def test_every_page_of_a_debate_is_found_at_the_old_address(
    cast: Cast, scene: Scene, route: URLPattern
) -> None:
    words = {name: "atom" for name in route.pattern.converters if name != "slug"}
    first = scene.debate.slug
    mended(cast.ada, scene.debate, slug="économie")
    old, new = (
        reverse(str(route.name), kwargs={**words, "slug": slug}) for slug in (first, scene.debate.slug)
    )
    ada = signed_in(cast.ada)
    answer = ada.get(f"{old}?open=all&q=%C3%A9")
    assert (answer.status_code, answer["Location"]) == (301, f"{new}?open=all&q=%C3%A9")
    assert "no-cache" in answer["Cache-Control"], (
        "The debate may come back, and browsers that kept this would go round in circles."
    )
    typed = ada.post(old, {"claim": "Typed."})
    if typed.status_code != 405:  # where nothing is ever typed
        assert (typed.status_code, typed["Location"]) == (308, new), "301 would drop what was typed."
    mended(cast.ada, scene.debate, slug="third")
    assert ada.get(new)["Location"] == reverse(str(route.name), kwargs={**words, "slug": "third"}), (
        "One step, however often it moved; also from an address with other letters."
    )


def test_the_old_address_of_a_hidden_debate_tells_nothing(client: Client, cast: Cast, scene: Scene) -> None:
    first = scene.debate.slug
    mended(cast.ada, scene.debate, slug="what-nobody-may-know")
    hide(cast.cleo, scene.debate, "It insults.")
    for who in (client, signed_in(cast.dan)):
        answer = who.get(f"/debates/{first}/")
        assert (answer.status_code, "Location" in answer) == (404, False)
        assert "what-nobody" not in answer.content.decode()
    for who in (signed_in(cast.ada), signed_in(cast.cleo)):
        assert who.get(f"/debates/{first}/").status_code == 301


def test_what_was_never_an_address_is_not_found(client: Client, cast: Cast, scene: Scene) -> None:
    mended(cast.ada, scene.debate, slug="cranes")
    assert client.get("/debates/never/").status_code == 404
    assert client.get("/debates/cranes/article/").status_code == 404, "It has no article, and has not moved."
    mended(cast.ada, scene.debate, slug="boats")
    mended(cast.ada, scene.debate, slug="cranes")
    assert client.get("/debates/cranes/article/").status_code == 404, (
        "An address that it had before and has again would lead to itself for ever."
    )
