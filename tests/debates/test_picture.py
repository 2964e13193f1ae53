"""The picture of a debate or an argument: what everybody may read, in letters that the font has, inside its frame."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image, ImageChops, ImageDraw, ImageFont

from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.moderating.hide import hide
from debates.actions.writing.post_argument import post_argument
from debates.layout.poster import HEIGHT, LOW_MAP, MARGIN, PAPER, WIDTH, Poster, can_write, large_text, paint
from debates.models import Argument, Debate
from debates.views.parts.pictured import debate_poster, letters, picture_words
from tests.conftest import Cast, Scene, con, pro
from tests.debates.large import a_large_debate

LONGEST = ("Should every one of the cranes be kept, whoever built it and wherever it stood? " * 4)[:300]


def of(thing: Debate | Argument) -> str:
    """Return the address of a picture."""
    if isinstance(thing, Debate):
        return reverse("debate_picture", args=[thing.slug])
    return reverse("argument_picture", args=[thing.public_id])


def painted(content: bytes) -> Image.Image:
    """Open a picture."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """Return the box outside of which a picture is paper."""
    found = ImageChops.difference(image, Image.new("RGB", image.size, PAPER)).getbbox()
    assert found is not None, "The picture is blank."
    return found


def test_a_picture_is_a_png_as_large_as_those_who_share_it_ask(client: Client, scene: Scene) -> None:
    for thing in (scene.debate, scene.thesis, scene.reason, scene.rebuttal):
        answer = client.get(of(thing))
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        image = painted(answer.content)
        assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT)) == ("PNG", (1200, 630))
        left, top, right, foot = ink(image)
        assert left >= MARGIN - 1
        assert right <= WIDTH - MARGIN + 1
        assert top > 50
        assert foot < HEIGHT - 50


def test_what_did_not_change_is_not_sent_again(client: Client, cast: Cast, scene: Scene) -> None:
    first = client.get(of(scene.debate))
    assert first["Cache-Control"] == "public, no-cache"
    again = client.get(of(scene.debate), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert client.get(of(scene.debate)).content == first.content, "The same picture has the same bytes."
    hide(cast.cleo, scene.rebuttal, "person", "A test.")
    changed = client.get(of(scene.debate), headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200, "What was hidden must not be handed out any longer."
    assert changed.content != first.content


@pytest.mark.parametrize("state", ["draft", "pending", "hidden", "withdrawn", "removed"])
def test_what_is_not_listed_has_no_picture(client: Client, cast: Cast, scene: Scene, state: str) -> None:
    Argument.objects.filter(pk=scene.reason.pk).update(state=state)
    client.force_login(cast.cleo)
    assert client.get(of(scene.reason)).status_code == 404, (
        "Not even who may read it gets a picture to share."
    )
    Debate.objects.filter(pk=scene.debate.pk).update(state=state)
    assert client.get(of(scene.debate)).status_code == 404
    assert client.get(of(scene.rebuttal)).status_code == 404
    assert client.get("/arguments/no\0body/picture.png").status_code == 404


def test_the_picture_of_a_merged_claim_leads_on(client: Client, cast: Cast, scene: Scene) -> None:
    other = post_argument(cast.dan, scene.thesis, pro("Cranes are remembered."))
    merge_arguments(cast.cleo, other, scene.reason, "They say the same.")
    answer = client.get(of(other))
    assert (answer.status_code, answer["Location"]) == (302, of(scene.reason))


@pytest.mark.parametrize(
    "text", ["Why?", LONGEST, "Donaudampfschifffahrtsgesellschaft" * 8, "W" * 300, "i " * 150]
)
def test_every_line_stands_inside_its_frame(text: str) -> None:
    for poster in (Poster("Counterpoint", text), Poster("Counterpoint", text, LONGEST, "con")):
        lettering = large_text(poster, letters())
        assert lettering is not None
        assert "".join(lettering.lines).replace(" ", "") == text.replace(" ", ""), (
            "Three hundred letters fit."
        )
        font = ImageFont.truetype(letters(), lettering.size)
        font.set_variation_by_axes([600])
        draw = ImageDraw.Draw(Image.new("RGB", (1, 1)))
        for number, line in enumerate(lettering.lines):
            left, top, right, _foot = draw.textbbox((MARGIN, number * lettering.leading), line, font)
            assert left >= MARGIN - 4
            assert right <= WIDTH - MARGIN + 4, "A line runs out of the picture."
            assert top >= number * lettering.leading
        words = ink(painted(paint(poster, letters())).crop((0, 150, WIDTH, LOW_MAP.top - 60)))
        assert words[3] <= LOW_MAP.top - 60 - 150, "The text runs into the counts."


@pytest.mark.parametrize("text", ["האם לשמור על העגורנים?", "Сохранить краны?", "クレーン", "Żurawie?", "🏗"])
def test_a_script_that_the_letters_lack_is_left_out_rather_than_drawn_as_boxes(text: str) -> None:
    assert not can_write(text, letters())
    poster = Poster("Counterpoint", text, words=("3 for", "2 against"))
    assert large_text(poster, letters()) is None
    without = Poster("Counterpoint", "", words=("3 for", "2 against"))
    assert paint(poster, letters()) == paint(without, letters())
    assert can_write("Naïve “cranes” – 30 % of the façade’s £5 …", letters())


def test_sides_are_told_apart_without_colour(client: Client, cast: Cast, scene: Scene) -> None:
    post_argument(cast.ben, scene.thesis, con("Cranes rust."))
    image = painted(client.get(of(scene.debate)).content)
    middle = LOW_MAP.top + LOW_MAP.row // 2
    paper = Image.new("RGB", (1, 1), PAPER).getpixel((0, 0))
    assert image.getpixel((MARGIN + 20, middle)) != paper, "For is filled."
    assert image.getpixel((WIDTH - MARGIN - 20, middle)) == paper, (
        "Against is two lines with paper between them."
    )
    assert image.getpixel((WIDTH - MARGIN - 20, LOW_MAP.top + 2)) != paper


def test_a_picture_costs_as_much_for_thousands_of_arguments(client: Client, scene: Scene) -> None:
    with CaptureQueriesContext(connection) as few:
        client.get(of(scene.debate))
    large = a_large_debate(2_000)
    with CaptureQueriesContext(connection) as many:
        ink(painted(client.get(of(large)).content))
    assert len(many) == len(few) <= 2


def test_the_picture_is_said_in_words() -> None:
    assert picture_words("Which?", 3, 1) == "“Which?” A map of what was said: 3 for, 1 against."


def test_a_picture_counts_what_is_listed_and_no_more(cast: Cast, scene: Scene) -> None:
    assert debate_poster(scene.debate).words == ("1 for", "1 against")
    hide(cast.cleo, scene.reason, "person", "A test.")
    poster = debate_poster(scene.debate)
    assert poster.words == ("0 for", "1 against"), "A place whose text is gone is no argument."
    assert scene.reason.claim not in repr(poster)
