"""Looking up what a source is: off unless the site's keeper says so, in a task, through the guarded connection."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from debates.actions.sources import look_up
from debates.lookup.doi import look_up_doi as real_doi
from debates.models import Source
from tests.conftest import Cast, Scene, signed_in
from tests.core.lookup.server import Server, guard_for, page, redirect, running
from tests.debates.test_writing import at, newest, rebuttal, words

RECORD = {
    "type": "article-journal",
    "title": "Birds of the quay",
    "author": [{"family": "Ostrom", "given": "Vera"}],
    "issued": {"date-parts": [[2011, 4]]},
    "container-title": "Quay Notes",
    "DOI": "10.1000/182",
}
PAGE = """<!doctype html><html><head><title>The third crane fell</title>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "The third crane fell", "author": {"@type": "Person", "name": "Vera Ostrom"}, "datePublished": "2011-04-02"}
</script></head><body><p>It fell.</p></body></html>"""


@pytest.fixture
def web(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Give a server on this machine that stands for the web, and turn look-ups on."""
    settings.LOOK_UP = True
    with running({}) as server:
        monkeypatch.setattr(look_up, "guard", lambda: guard_for(server))
        monkeypatch.setattr(look_up, "look_up_doi", lambda doi, fetch: real_doi(doi, fetch, server.at("/")))
        yield server


def cite(ben: Client, scene: Scene, capture: DjangoCaptureOnCommitCallbacks, **source: str) -> Source:
    """Let Ben cite a source of which he knows only the identifier; return it when the task is through."""
    with capture(execute=True):
        answer = ben.post(at("rebut", scene.reason), rebuttal(source))
    assert answer.status_code == 302, words(answer)
    return newest().citations.get().source


def test_a_doi_becomes_a_record(
    cast: Cast, scene: Scene, web: Server, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    web.pages["/10.1000/182"] = redirect(web.at("/works/182"))
    web.pages["/works/182"] = page(json.dumps(RECORD), content_type="application/vnd.citationstyles.csl+json")
    source = cite(signed_in(cast.ben), scene, django_capture_on_commit_callbacks, doi="10.1000/182")
    assert (source.title, source.year, source.doi, source.incomplete) == (
        "Birds of the quay",
        2011,
        "10.1000/182",
        "",
    )
    assert [one.note for one in source.revisions.all()] == ["", "Looked up by its identifier."]


def test_an_address_becomes_a_record(
    cast: Cast, scene: Scene, web: Server, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    web.pages["/crane"] = page(PAGE)
    source = cite(signed_in(cast.ben), scene, django_capture_on_commit_callbacks, url=web.at("/crane"))
    assert (source.title, source.year, source.url) == ("The third crane fell", 2011, web.at("/crane"))


def test_a_look_up_that_fails_says_why_and_keeps_the_citation(
    cast: Cast, scene: Scene, web: Server, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    source = cite(signed_in(cast.ben), scene, django_capture_on_commit_callbacks, doi="10.1000/404")
    assert source.title == "10.1000/404"
    assert source.incomplete.startswith("Looking it up failed.")


def test_what_was_mended_meanwhile_stands(cast: Cast, scene: Scene, web: Server) -> None:
    web.pages["/10.1000/182"] = page(
        json.dumps(RECORD), content_type="application/vnd.citationstyles.csl+json"
    )
    signed_in(cast.ben).post(at("rebut", scene.reason), rebuttal({"doi": "10.1000/182"}))
    source = newest().citations.get().source

    def mend(*_args: object, **_more: object) -> dict[str, object]:
        Source.objects.filter(pk=source.pk).update(data={**source.data, "title": "Mended by hand"})
        return dict(RECORD)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(look_up, "look_up_doi", mend)
        assert look_up.look_up.call(source.pk) is False
    source.refresh_from_db()
    assert source.data["title"] == "Mended by hand", "What a person wrote is never overwritten by a machine."


def test_nobody_is_asked_unless_the_keeper_says_so(
    cast: Cast,
    scene: Scene,
    web: Server,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.LOOK_UP = False
    with django_capture_on_commit_callbacks(execute=True):
        answer = signed_in(cast.ben).post(at("rebut", scene.reason), rebuttal({"doi": "10.1000/182"}))
    assert answer.status_code == 422
    assert "Give the title as well" in words(answer)
    assert look_up.look_up.call(Source.objects.get().pk) is False
    assert web.asked == []


def test_no_inner_address_is_visited(
    cast: Cast,
    scene: Scene,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """With the site's own guard, not the tests': what a member types must not reach the machine behind the site."""
    settings.LOOK_UP = True
    with running({"/secret": page(PAGE)}) as server:
        source = cite(
            signed_in(cast.ben),
            scene,
            django_capture_on_commit_callbacks,
            url=f"http://127.0.0.1:{server.port}/secret",
        )
        assert server.asked == []
    assert source.incomplete.startswith("Looking it up failed.")
