"""References are set in every style once a source is saved, never while somebody reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from debates.actions.sources import set_references
from debates.actions.sources.add_sources import add_sources
from debates.actions.sources.edit_source import edit_source
from debates.bibliography import styles
from debates.bibliography.record import Name, Record
from debates.bibliography.styles import STYLES, StyleError
from debates.management.commands import setreferences
from debates.models import Source
from tests.conftest import Cast, Scene


def book(title: str) -> Record:
    """Return the record of a book that does not exist."""
    return Record(
        type="book", title=title, authors=(Name("Marsh", "Lena"),), issued=(1999,), publisher="Quay Press"
    )


def test_a_saved_source_is_set_in_every_style(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        [source] = add_sources(cast.ben, [book("Gulls of the harbour")])
    source.refresh_from_db()
    assert source.formatted.keys() == STYLES.keys()
    assert source.formatted["apa"] == "Marsh, L. (1999). <em>Gulls of the harbour</em>. Quay Press."


def test_an_edit_sets_it_anew(
    cast: Cast, scene: Scene, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    source = Source.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        edit_source(cast.cleo, source, book("Cranes, mended"), "", "The title was wrong.")
    source.refresh_from_db()
    assert "Cranes, Mended" in source.formatted["mla"]


def test_one_that_cannot_be_set_does_not_cost_the_others_theirs(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def set_some(items: Sequence[Mapping[str, Any]], style: str) -> list[str]:
        if any(item["title"] == "Bad" for item in items):
            raise StyleError("It cannot be set.")
        return [f"{item['title']} in {style}" for item in items]

    monkeypatch.setattr(set_references, "set_in_style", set_some)
    sources = add_sources(cast.ben, [book(title) for title in ("One", "Bad", "Two", "Three")])
    assert set_references.set_references.call([source.pk for source in sources]) == 3
    assert [bool(source.formatted) for source in Source.objects.order_by("pk")] == [True, False, True, True]


def test_what_was_edited_meanwhile_is_not_overwritten(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    [source] = add_sources(cast.ben, [book("One")])

    def edit_then_set(items: Sequence[Mapping[str, Any]], style: str) -> list[str]:
        Source.objects.filter(pk=source.pk).update(data={**source.data, "title": "Another"})
        return [f"{item['title']}" for item in items]

    monkeypatch.setattr(set_references, "set_in_style", edit_then_set)
    assert set_references.set_references.call([source.pk]) == 0
    source.refresh_from_db()
    assert source.formatted == {}, "A reference set from the old record would be shown for the new one."


def test_the_command_sets_what_is_missing_and_then_nothing(cast: Cast) -> None:
    add_sources(cast.ben, [book("One"), book("Two")])
    for said in ("2 references set", "0 references set"):
        out = StringIO()
        call_command("setreferences", stdout=out)
        assert said in out.getvalue()


def test_what_is_older_than_keys_and_versions_gets_them(cast: Cast, scene: Scene) -> None:
    source = Source.objects.get()
    source.keys.all().delete()
    source.revisions.all().delete()
    call_command("setreferences", stdout=StringIO())
    assert source.keys.exists(), "Without its keys nobody is told that the work is here already."
    assert source.revisions.get().editor == cast.ben


def test_without_pandoc_pages_are_plain_and_the_site_says_so(
    cast: Cast, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(styles, "pandoc", lambda: None)
    monkeypatch.setattr(set_references, "available", lambda: False)
    monkeypatch.setattr(setreferences, "available", lambda: False)
    assert set_references.set_references.call([Source.objects.get().pk]) == 0
    page = Client().get(Source.objects.get().get_absolute_url())
    assert page.status_code == 200
    assert "Cranes of the harbour" in page.content.decode()
    ready = Client().get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["references"] == "plain: pandoc is not installed"
    with pytest.raises(CommandError, match="pandoc is not installed"):
        call_command("setreferences")


def test_no_page_sets_references(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_args: object, **_more: object) -> list[str]:
        raise AssertionError("A reader waits for the style processor.")

    monkeypatch.setattr(styles, "set_references", never)
    monkeypatch.setattr(set_references, "set_in_style", never)
    for address in (
        scene.debate.get_absolute_url(),
        scene.rebuttal.get_absolute_url(),
        Source.objects.get().get_absolute_url(),
    ):
        assert Client().get(f"{address}?style=apa").status_code == 200
