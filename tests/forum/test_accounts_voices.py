"""A member's page says what they argued and what was kept; a voice is nobody's account until a moderator finds whose."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from debates.actions.moderating.hide import hide
from debates.actions.sources.check_citation import check_citation
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.withdraw_argument import withdraw_argument
from debates.models import Appearance, Argument, Voice
from debates.permissions import Refused
from forum.accounts.actions.claim_voice import claim_voice, decide_claim
from forum.accounts.initials import initials_of, picture_of
from forum.accounts.models import User, VoiceClaim
from forum.accounts.views.kept import Kept, kept_of
from forum.accounts.views.sides import Sides, sides_of
from tests.conftest import Cast, Scene, a_book, con, pro, signed_in


def page_of(address: str, client: Client | None = None) -> str:
    """Return a page as a visitor, or somebody, reads it."""
    answer = (client or Client()).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# ------------------------------------------------------------------------------------------- a member's page


def listed_of(user: User) -> Any:
    """Return what everybody may read of somebody. Any: the arguments' own queryset."""
    return Argument.objects.filter(author=user).listed()


def test_sides_are_counted_by_debate_and_stance_of_what_stands(cast: Cast, scene: Scene) -> None:
    post_argument(cast.ben, scene.thesis, con("They rust."))
    gone = post_argument(cast.ben, scene.thesis, pro("They are tall."))
    hidden = post_argument(cast.ben, scene.thesis, con("They are ugly, says the mayor."))
    slug, question = scene.debate.slug, scene.debate.question
    assert sides_of(listed_of(cast.ben)) == [Sides(slug, question, pro=1, con=3, other=0)]
    withdraw_argument(cast.ben, gone)
    hide(cast.cleo, hidden, "Rude.")
    assert sides_of(listed_of(cast.ben)) == [Sides(slug, question, pro=0, con=2, other=0)]
    assert sides_of(listed_of(cast.ada)) == [Sides(slug, question, pro=1, con=0, other=1)]
    page = page_of(cast.ben.get_absolute_url())
    assert "2 against" in page
    assert "1 for" not in page


def test_nothing_of_a_hidden_debate_is_counted(cast: Cast, scene: Scene) -> None:
    hide(cast.cleo, scene.debate, "A trap.")
    for reader in (Client(), signed_in(cast.ada), signed_in(cast.dan)):
        page = page_of(cast.ben.get_absolute_url(), reader)
        assert scene.debate.question not in page
    assert sides_of(listed_of(cast.ben)) == []
    assert kept_of(cast.ben, listed_of(cast.ben)) == Kept(0, 0, 0, 0, 0)


def test_what_was_kept_counts_the_checks_of_others(cast: Cast, scene: Scene) -> None:
    citation = scene.rebuttal.citations.get()
    with pytest.raises(Refused):
        check_citation(cast.ben, citation, "yes")  # nobody upholds what they cite themselves
    assert kept_of(cast.ben, listed_of(cast.ben)) == Kept(standing=1, cited=1, upheld=0, doubted=0, checks=0)
    check_citation(cast.ada, citation, "yes")
    assert kept_of(cast.ben, listed_of(cast.ben)).upheld == 1
    assert kept_of(cast.ada, listed_of(cast.ada)).checks == 1
    check_citation(cast.dan, citation, "no")
    assert kept_of(cast.ben, listed_of(cast.ben)) == Kept(standing=1, cited=1, upheld=0, doubted=1, checks=0)
    citation.fingerprint = "edited since"
    citation.save()
    assert kept_of(cast.ben, listed_of(cast.ben)).doubted == 0, "A check is of what stood then."
    assert kept_of(cast.ada, listed_of(cast.ada)).checks == 0


def test_a_members_page_asks_the_same_number_of_questions_however_much_they_argued(
    cast: Cast, scene: Scene
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as asked:
            page_of(cast.ben.get_absolute_url())
        return len(asked)

    before = asked()
    for number in range(4):
        debate = open_debate(cast.ada, f"Question {number}?", [f"Thesis {number}."])
        post_argument(
            cast.ben, debate.arguments.get(), con(f"Not {number}.", citations=(a_book(f"Book {number}"),))
        )
    assert asked() == before


def test_a_members_page_ranks_nobody(cast: Cast, scene: Scene) -> None:
    page = page_of(cast.ben.get_absolute_url()).lower()
    for word in ("karma", "reputation", "score", "rank", "followers", "points"):
        assert word not in page


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("ada", "A"),
        ("ada.lovelace", "AL"),
        ("_x_", "X"),
        ("жанна-д", "ЖД"),
        ("नीलम", "नी"),
        ("<&", "<"),
        ("...", "."),
    ],
)
def test_initials_are_drawn_here_and_are_always_a_picture(name: str, initials: str) -> None:
    assert initials_of(name) == initials
    picture = ElementTree.fromstring(picture_of(name))  # noqa: S314  # our own
    assert "".join(picture.itertext()) == initials
    assert "style" not in picture_of(name), "The policy allows no style in a page."
    assert picture_of(name) == picture_of(name)


def test_the_picture_of_a_member_and_of_nobody(cast: Cast) -> None:
    answer = Client().get(reverse("member_picture", args=["ada"]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    cast.dan.is_active = False
    cast.dan.save()
    for nobody in ("nobody", "dan", "%00", "<b>"):
        assert Client().get(f"/members/{nobody}/picture.svg").status_code == 404


# ---------------------------------------------------------------------------------------------------- voices


@pytest.fixture
def oda(scene: Scene) -> Voice:
    """Let the rebuttal be what Oda Quist said."""
    voice = Voice.objects.create(slug="oda", name="Oda Quist")
    Argument.objects.filter(pk=scene.rebuttal.pk).update(voice=voice, author=None)
    Appearance.objects.create(
        voice=voice, debate=scene.debate, known="signed", how="Under a letter to the paper."
    )
    return voice


def test_a_voices_page_says_who_spoke_where_and_how_it_is_known(scene: Scene, oda: Voice) -> None:
    page = page_of(reverse("voice", args=["oda"]))
    for said in (
        "Oda Quist",
        scene.debate.question,
        "signed",
        "Under a letter to the paper.",
        scene.rebuttal.claim,
    ):
        assert said in page
    assert "not an account" in page
    assert reverse("voice", args=["oda"]) in page_of(reverse("voices"))


def test_a_voice_of_which_nothing_stands_has_no_page(cast: Cast, scene: Scene, oda: Voice) -> None:
    scene.rebuttal.refresh_from_db()
    hide(cast.cleo, scene.rebuttal, "Not hers.")
    for address in (reverse("voice", args=["oda"]), reverse("voice", args=["nobody"])):
        assert Client().get(address).status_code == 404
    assert signed_in(cast.dan).get(reverse("claim_voice", args=["oda"])).status_code == 404
    assert "Oda Quist" not in page_of(reverse("voices"))


def test_a_hidden_debate_vanishes_from_a_voices_page(cast: Cast, scene: Scene, oda: Voice) -> None:
    other = open_debate(cast.ada, "Should the quay be longer?", ["The quay should be longer."])
    Argument.objects.filter(debate=other).update(voice=oda)
    Appearance.objects.create(voice=oda, debate=other, known="inferred")
    assert other.question in page_of(reverse("voice", args=["oda"]))
    hide(cast.cleo, other, "A trap.")
    assert other.question not in page_of(reverse("voice", args=["oda"]))


def test_a_voices_page_asks_the_same_number_of_questions_however_much_was_said(
    cast: Cast, scene: Scene, oda: Voice
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as asked:
            page_of(reverse("voice", args=["oda"]))
        return len(asked)

    before = asked()
    for number in range(4):
        debate = open_debate(cast.ada, f"Question {number}?", [f"Thesis {number}."])
        Argument.objects.filter(debate=debate).update(voice=oda, author=None)
        Appearance.objects.create(voice=oda, debate=debate, known="inferred")
    assert asked() == before


def test_a_member_claims_a_voice_and_a_moderator_grants_it(cast: Cast, oda: Voice) -> None:
    dan, address = signed_in(cast.dan), reverse("claim_voice", args=["oda"])
    assert dan.post(address, {"proof": " "}).status_code == 422
    assert dan.post(address, {"proof": "My letter’s page names dan."}).status_code == 302
    claim = VoiceClaim.objects.get()
    assert "a moderator will decide" in page_of(reverse("voice", args=["oda"]), dan)
    assert "dan" not in page_of(reverse("voice", args=["oda"])), "What waits is nobody’s business."
    cleo, decide = signed_in(cast.cleo), reverse("admin:accounts_voiceclaim_change", args=[claim.pk])
    assert "My letter’s page" in page_of(decide, cleo)
    assert cleo.post(decide, {"decision": "granted", "reason": ""}).status_code == 200
    claim.refresh_from_db()
    assert claim.state == "waiting", "Without a reason nothing is decided."
    assert cleo.post(decide, {"decision": "granted", "reason": "The page says so."}).status_code == 302
    claim.refresh_from_db()
    assert (claim.state, claim.reason, claim.decided_by) == ("granted", "The page says so.", cast.cleo)
    page = page_of(reverse("voice", args=["oda"]))
    assert "Claimed by" in page
    assert cast.dan.get_absolute_url() in page
    assert reverse("voice", args=["oda"]) in page_of(cast.dan.get_absolute_url())
    assert "The page says so." in page_of(reverse("account"), dan)
    assert signed_in(cast.ben).get(address).status_code == 409
    assert signed_in(cast.ben).post(address, {"proof": "No, me."}).status_code == 422


def test_who_declines_gives_a_reason_that_the_member_reads(cast: Cast, oda: Voice) -> None:
    claim_voice(cast.dan, oda, "I am she.")
    decide_claim(cast.cleo, VoiceClaim.objects.get(), "Nothing shows it.", grant=False)
    dan = signed_in(cast.dan)
    assert "Nothing shows it." in page_of(reverse("voice", args=["oda"]), dan)
    assert "Nothing shows it." not in page_of(reverse("voice", args=["oda"]))
    assert claim_voice(cast.dan, oda, "Here is a page that names me."), "With better proof one may ask again."


def test_no_member_decides_and_nobody_decides_their_own(cast: Cast, oda: Voice) -> None:
    for member in (cast.dan, cast.cleo):
        claim_voice(member, oda, "It is me.")
    of_dan, of_cleo = VoiceClaim.objects.get(member=cast.dan), VoiceClaim.objects.get(member=cast.cleo)
    with pytest.raises(Refused):
        decide_claim(cast.ada, of_dan, "Friends.", grant=True)
    with pytest.raises(Refused, match="their own"):
        decide_claim(cast.cleo, of_cleo, "I know myself.", grant=True)
    address = reverse("admin:accounts_voiceclaim_change", args=[of_cleo.pk])
    assert signed_in(cast.cleo).post(address, {"decision": "granted", "reason": "Me."}).status_code == 200
    assert signed_in(cast.ada).get(address).status_code == 302
    assert not VoiceClaim.objects.filter(state="granted").exists()


def test_a_voice_is_one_persons_whatever_happens_at_once(cast: Cast, oda: Voice) -> None:
    for member in (cast.dan, cast.ben):
        claim_voice(member, oda, "It is me.")
    assert not claim_voice(cast.dan, oda, "It is me."), "The same claim twice is one."
    of_dan, of_ben = VoiceClaim.objects.get(member=cast.dan), VoiceClaim.objects.get(member=cast.ben)
    decide_claim(cast.cleo, of_dan, "The page says so.", grant=True)
    of_ben.refresh_from_db()
    assert of_ben.state == "declined"
    with pytest.raises(Refused, match="meanwhile"):
        decide_claim(cast.cleo, of_ben, "Him, too.", grant=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        VoiceClaim.objects.filter(pk=of_ben.pk).update(state="granted")


def test_what_was_typed_before_signing_in_waits(cast: Cast, oda: Voice) -> None:
    client, address = Client(), reverse("claim_voice", args=["oda"])
    sent = client.post(address, {"proof": "My letter’s page names dan."})
    assert sent["Location"].startswith(reverse("account_login"))
    client.force_login(cast.dan)
    assert "My letter’s page names dan." in page_of(address, client)
    assert not VoiceClaim.objects.exists()
