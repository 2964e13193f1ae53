"""What a member cites, as a file."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from debates.actions.moderating.hide import hide
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import CitationText
from debates.actions.writing.withdraw_argument import withdraw_argument
from tests.conftest import Cast, Scene, a_book, pro, signed_in


def titles(client: Client, name: str) -> list[str]:
    """Return the titles in what a member cites."""
    answer = client.get(f"{reverse('member', args=[name])}references.json")
    assert answer.status_code == 200, f"{name}: {answer.status_code}"
    return [item["title"] for item in json.loads(answer.content)]


@pytest.mark.parametrize("ending", ["bib", "ris", "json"])
def test_what_ben_cites_can_be_had_from_his_page(client: Client, scene: Scene, ending: str) -> None:
    page = reverse("member", args=["ben"])
    assert f"{page}references.{ending}" in client.get(page).content.decode()
    answer = client.get(f"{page}references.{ending}")
    assert "Cranes of the harbour" in answer.content.decode()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="references-member-ben.{ending}"'


def test_who_cites_nothing_is_offered_nothing(client: Client, scene: Scene) -> None:
    assert "references." not in client.get(reverse("member", args=["ada"])).content.decode()
    assert titles(client, "ada") == []


def test_only_what_everyone_may_read_goes_out(cast: Cast, scene: Scene) -> None:
    kept = post_argument(cast.ben, scene.thesis, pro("Kept.", citations=(a_book("Anchors"),)))
    withdrawn = post_argument(cast.ben, scene.thesis, pro("Withdrawn.", citations=(a_book("Bollards"),)))
    hide(cast.cleo, scene.rebuttal, "It insults.")
    withdraw_argument(cast.ben, withdrawn)
    for client in (Client(), signed_in(cast.ben), signed_in(cast.cleo)):
        assert titles(client, "ben") == ["Anchors"]
    hide(cast.cleo, kept, "It insults, too.")
    page = reverse("member", args=["ben"])
    assert titles(signed_in(cast.ben), "ben") == []
    assert "references." not in signed_in(cast.ben).get(page).content.decode()


@pytest.mark.parametrize("ending", ["xml", "BIB", ""])
def test_another_format_is_not_found(client: Client, scene: Scene, ending: str) -> None:
    assert client.get(f"{reverse('member', args=['ben'])}references.{ending}").status_code == 404


def test_a_closed_account_hands_out_nothing(client: Client, cast: Cast, scene: Scene) -> None:
    cast.ben.is_active = False
    cast.ben.save()
    assert client.get(f"{reverse('member', args=['ben'])}references.json").status_code == 404


def test_a_work_stands_once_on_a_members_page(client: Client, cast: Cast, scene: Scene) -> None:
    source = scene.rebuttal.citations.get().source
    again = pro("Again.", citations=(CitationText(source=source),))
    post_argument(cast.ben, scene.thesis, again)
    assert client.get(reverse("member", args=["ben"])).content.decode().count('class="Z3988"') == 1, (
        "Whoever saves the page's works would have this one twice."
    )
