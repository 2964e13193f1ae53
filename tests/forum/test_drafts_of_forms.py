"""Every form that somebody writes in keeps what was typed, gives it back, and is done once however often it is sent."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.urls import reverse

from debates.actions.arranging.link_argument import link_argument
from debates.actions.arranging.move_argument import move_argument
from debates.actions.moderating.hide import hide
from debates.actions.sources.merge_sources import merge_sources
from debates.actions.weighing.change_mind import change_mind
from debates.actions.writing.post_argument import post_argument
from debates.bibliography.record import Record
from debates.models import (
    Argument,
    Debate,
    Delta,
    Link,
    Rearrangement,
    Source,
    SourceMerge,
    Voice,
)
from forum.accounts.models import User
from forum.bookmarks.actions.make_list import make_list
from forum.drafts.models import Draft
from tests.conftest import Cast, Scene, pro, signed_in
from tests.debates.test_once import NO_CITATION, text_of
from tests.forum.test_drafts import HOUR, a_slip, keep

FORMS: dict[str, Callable[[Scene], str]] = {
    "rebut": lambda scene: f"{scene.reason.get_absolute_url()}rebut/",
    "premise": lambda scene: f"{scene.reason.get_absolute_url()}premise/",
    "suggest": lambda scene: f"{scene.rebuttal.get_absolute_url()}suggest/",
    "split": lambda scene: f"{scene.reason.get_absolute_url()}split/",
    "concede": lambda scene: f"{scene.rebuttal.get_absolute_url()}concede/",
    "mind": lambda scene: f"{scene.rebuttal.get_absolute_url()}mind/",
    "report": lambda scene: f"{scene.rebuttal.get_absolute_url()}report/",
    "report_citation": lambda scene: f"/citations/{scene.rebuttal.citations.get().pk}/report/",
    "report_source": lambda scene: f"{scene.rebuttal.citations.get().source.get_absolute_url()}report/",
    "report_member": lambda _scene: "/members/ben/report/",
    "report_tag": lambda _scene: "/tags/memory/report/",
    "open_debate": lambda scene: "/debates/open/",
    "add_thesis": lambda scene: f"{scene.debate.get_absolute_url()}thesis/add/",
    "edit_debate": lambda scene: f"{scene.debate.get_absolute_url()}edit/",
    "edit": lambda scene: f"{scene.reason.get_absolute_url()}edit/",
    "check": lambda scene: f"/citations/{scene.rebuttal.citations.get().pk}/check/",
    "edit_source": lambda scene: f"{scene.rebuttal.citations.get().source.get_absolute_url()}edit/",
    "add_sources": lambda scene: "/sources/add/",
    "text": lambda scene: f"{scene.rebuttal.citations.get().source.get_absolute_url()}text/",
    "move": lambda scene: f"{scene.rebuttal.get_absolute_url()}move/?to={scene.thesis.public_id}",
    "merge": lambda scene: f"{scene.rebuttal.get_absolute_url()}merge/?other={scene.reason.public_id}",
    "undo_rearrangement": lambda scene: reverse("undo_rearrangement", args=[a_move(scene).pk]),
    "merge_source": lambda scene: merge_of_sources(scene),  # noqa: PLW0108  # it stands further down
    "undo_merge": lambda scene: reverse("undo_merge", args=[a_merge_of_sources(scene).pk]),
    "unlink": lambda scene: reverse("unlink", args=[a_place(scene).pk]),
    "hide_delta": lambda scene: reverse("hide_delta", args=[a_change_of_mind(scene).pk]),
    "appeal": lambda scene: hidden_of_ada(scene),  # noqa: PLW0108  # it stands further down
    "bookmark": lambda scene: f"{scene.reason.get_absolute_url()}bookmark/",
    "lists": lambda _scene: "/lists/",
    "edit_list": lambda _scene: make_list(of_cast("ada"), "To read").get_absolute_url(),
    "claim_voice": lambda scene: reverse("claim_voice", args=[a_voice(scene).slug]),
}
WHO = {
    **dict.fromkeys(
        ("report", "mind", "suggest", "check", "edit_source", "split", "add_sources", "text"), "cleo"
    ),
    **dict.fromkeys(("move", "merge", "merge_source", "undo_rearrangement", "undo_merge", "unlink"), "cleo"),
    "hide_delta": "cleo",
}
"""Who fills a form, where it is not Ada."""


def hidden_of_ada(scene: Scene) -> str:
    """Let Cleo hide Ada's reason; return where she appeals."""
    hide(of_cast("cleo"), scene.reason, "Off the claim.")
    return reverse("appeal", args=[scene.reason.public_id])


def of_cast(name: str) -> User:
    """Return one of the cast."""
    return User.objects.get(username=name)


def a_move(scene: Scene) -> Rearrangement:
    """Let Cleo move the rebuttal."""
    return move_argument(of_cast("cleo"), scene.rebuttal, scene.thesis, "con", "claim", "It answers that.")


def another_source(scene: Scene) -> Source:
    """Return a source that no debate cites."""
    source = Source()
    source.take(Record(type="book", title="Cranes of the harbor"))
    source.save()
    return source


def merge_of_sources(scene: Scene) -> str:
    """Return the address at which the book is merged with another."""
    book = scene.rebuttal.citations.get().source
    return f"{book.get_absolute_url()}merge/?other={another_source(scene).public_id}"


def a_merge_of_sources(scene: Scene) -> SourceMerge:
    """Let Cleo merge another source into the book."""
    book = scene.rebuttal.citations.get().source
    return merge_sources(of_cast("cleo"), another_source(scene), book, "One work.")


def a_place(scene: Scene) -> Link:
    """Let Ben place his rebuttal under the thesis, too."""
    return link_argument(of_cast("ben"), scene.rebuttal, scene.thesis, "con", "claim")


def a_change_of_mind(scene: Scene) -> Delta:
    """Let Ada say that the rebuttal changed her mind."""
    change_mind(of_cast("ada"), scene.rebuttal, "I had not known that.")
    return Delta.objects.get()


def a_voice(scene: Scene) -> Voice:
    """Let an invented voice have said the reason."""
    voice = Voice.objects.create(slug="oda-quist", name="Oda Quist")
    Argument.objects.filter(pk=scene.reason.pk).update(voice=voice, author=None)
    return voice


TYPED = dict.fromkeys(
    (
        *("claim", "elaboration", "why", "words", "note", "question", "reason", "title", "first_claim"),
        *("references", "text", "proof"),
    ),
    HOUR,
)


@pytest.mark.parametrize("form", FORMS)
def test_every_writing_form_keeps_and_restores(cast: Cast, scene: Scene, form: str) -> None:
    who = signed_in(getattr(cast, WHO.get(form, "ada")))
    place = FORMS[form](scene)
    empty = text_of(who.get(place))
    assert "data-draft=" in empty, f"The form “{form}” keeps no drafts."
    assert "data-draft-keep" in empty, f"The form “{form}” has no button to keep it without a script."
    assert HOUR not in empty
    named = dict(parse_qsl(urlsplit(place).query))
    assert (
        who.post(reverse("drafts_keep"), {**TYPED, **NO_CITATION, **named, **a_slip(place)}).status_code
        == 302
    )
    page = text_of(who.get(place))
    assert HOUR in page.split("draft-fault")[1], f"The form “{form}” does not take its draft up."
    assert "field-wrong" not in page
    assert Debate.objects.count() == 1
    listed = text_of(who.get(reverse("drafts")))
    assert HOUR in listed
    assert "can no longer be read" not in listed, f"The list does not know what “{form}” is about."


def test_a_reason_to_move_somewhere_is_none_to_move_elsewhere(cast: Cast, scene: Scene) -> None:
    cleo, other = signed_in(cast.cleo), post_argument(cast.ben, scene.thesis, pro("Another branch."))
    keep(cleo, FORMS["move"](scene), to=scene.thesis.public_id, reason=HOUR)
    page = text_of(cleo.get(f"{scene.rebuttal.get_absolute_url()}move/?to={other.public_id}"))
    assert "Another branch." in page, "A draft must not turn the form to another claim than its reader chose."
    assert "A draft of yours is kept:" in page


def test_a_text_that_is_attached_after_the_sign_in_expired_comes_back(cast: Cast, scene: Scene) -> None:
    cleo, place = signed_in(cast.cleo), FORMS["text"](scene)
    cleo.session.flush()
    cleo.cookies.clear()
    answer = cleo.post(place, {"text": HOUR, "licence": "CC BY", "reading": "passages"})
    assert "login" in answer.headers["Location"]
    cleo.force_login(cast.cleo)
    page = text_of(cleo.get(place))
    assert HOUR in page
    assert "CC BY" in page


def test_references_that_were_read_are_a_draft_until_they_are_added(cast: Cast) -> None:
    ada, place, tab = signed_in(cast.ada), FORMS["add_sources"], uuid.uuid4()
    address = place(None)  # type: ignore[arg-type]  # it needs no scene
    pasted = "@book{quay, title={Birds of the quay}, author={Ostrom, Vera}, year=2011}"
    read = ada.post(address, {"references": pasted, **a_slip(address, tab)})
    assert Draft.objects.live(cast.ada).get().excerpt == pasted
    form = {"items": read.context["reading"].items, "add": "1", "key": str(read.context["key"])}
    slip = a_slip(address, read.context["request"].draft.tab, read.context["request"].draft.version)
    assert ada.post(address, {**form, **slip}).status_code == 302
    assert not Draft.objects.live(cast.ada).exists(), "What was added is no draft."
    assert Source.objects.filter(title="Birds of the quay").count() == 1


WHAT_IS_SENT: dict[str, dict[str, str]] = {
    "report": {"rule": "person", "words": "He insults."},
    "edit": {**NO_CITATION, "stance": "pro", "claim": "Said otherwise.", "note": "Shorter."},
    "edit_debate": {"question": "Should the harbour keep all its cranes?", "slug": "cranes"},
    "edit_source": {"type": "book", "title": "Cranes of the old harbour", "reason": "As on its title page."},
    "check": {"verdict": "yes", "note": "It does."},
    "concede": {"why": "True, but few of them."},
    "mind": {"why": "I had not thought of that."},
}


@pytest.mark.parametrize("form", WHAT_IS_SENT)
def test_a_form_sent_twice_is_done_once_and_nobody_is_scolded(cast: Cast, scene: Scene, form: str) -> None:
    who = signed_in(cast.cleo if form in ("report", "mind", "check", "edit_source") else cast.ada)
    place = FORMS[form](scene)
    page = who.get(place)
    sent = WHAT_IS_SENT[form] | {
        name: str(page.context[name]) for name in ("key", "seen") if name in page.context
    }
    first, second = (who.post(place, sent) for _ in range(2))
    assert first.status_code == 302, text_of(first)
    assert second.status_code in (302, 308), f"A double click on “{form}” must not look like a mistake."


def test_a_form_without_a_key_loses_its_draft_when_it_is_taken(cast: Cast, scene: Scene) -> None:
    cleo, place = signed_in(cast.cleo), FORMS["mind"](scene)
    assert keep(cleo, place, why=HOUR).status_code == 200
    slip = a_slip(place, Draft.objects.get().tab, 1)
    assert cleo.post(place, {**TYPED, **slip, "why": HOUR}).status_code == 302
    assert not Draft.objects.live(cast.cleo).exists()
