"""The page of a debate."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from debates.actions.moderating.hide import hide
from debates.actions.writing.post_argument import post_argument
from debates.models import Appearance, Argument, Voice
from tests.conftest import Cast, Scene, pro

BUDGET = 17
"""Statements for the whole page; the number is not the point, that it never grows is."""


def test_dan_reads_theses_arguments_and_rebuttals(client: Client, scene: Scene) -> None:
    page = client.get(scene.debate.get_absolute_url()).content.decode()
    for words in (
        scene.thesis.claim,
        scene.reason.claim,
        scene.rebuttal.claim,
        "factual error",
        "Marsh 1999",
        "p. 12",
    ):
        assert words in page, f"The debate page must show “{words}”."


def test_the_page_takes_as_many_queries_with_thirty_arguments_as_with_three(
    client: Client, cast: Cast, scene: Scene, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(scene.debate.get_absolute_url())
    for number in range(27):
        post_argument(cast.ada, scene.rebuttal if number % 2 else scene.thesis, pro(f"Reason {number}."))
    with CaptureQueriesContext(connection) as many:
        client.get(scene.debate.get_absolute_url())
    assert len(few) == len(many) <= BUDGET, (
        "A page whose queries grow with the tree is slow where it matters."
    )


@pytest.mark.parametrize("unfold", ["", "all", "none"])
def test_a_hidden_argument_keeps_its_place_but_not_its_text(
    client: Client, cast: Cast, scene: Scene, unfold: str
) -> None:
    hide(cast.cleo, scene.reason, "It insults.", "person")
    page = client.get(scene.debate.get_absolute_url(), {"open": unfold}).content.decode()
    assert scene.reason.claim not in page
    assert "no longer shown" in page
    assert scene.rebuttal.claim in page, "Replies of others stay when the text above them is hidden."


def test_a_voice_is_named_while_something_of_it_can_be_read(cast: Cast, scene: Scene) -> None:
    voice = Voice.objects.create(slug="zoe", name="Zoë Müller")
    Appearance.objects.create(voice=voice, debate=scene.debate, known="signed")
    Argument.objects.filter(pk=scene.rebuttal.pk).update(voice=voice)
    address = scene.debate.get_absolute_url()
    assert "Zoë Müller" in Client().get(address).content.decode()
    hide(cast.cleo, scene.rebuttal, "It insults.")
    assert "Zoë Müller" not in Client().get(address).content.decode(), "A name goes with its last text."
