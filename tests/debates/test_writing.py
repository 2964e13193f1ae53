"""Writing through the site's own forms: answers, rebuttals, sources, edits, withdrawals, debates of one's own."""

from __future__ import annotations

import re
import uuid
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from debates.actions.moderating.hide import hide
from debates.actions.moderating.lock import lock
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.withdraw_argument import withdraw_argument
from debates.models import Argument, Debate, Source, State
from debates.permissions import Refused
from tests.conftest import PASSWORD, Cast, Scene, con, pro, signed_in

CLAIM = "Gulls nest in the tallest crane."
NEW_SOURCE = {
    "title": "Birds of the quay",
    "type": "article-journal",
    "authors": "Ostrom, Vera\nHarbour Society",
    "issued": "2011-04",
    "container": "Quay Notes",
    "locator": "p. 12",
    "quotation": "They nest there every spring.",
    "purpose": "The nests are counted.",
}


def form(claim: str = CLAIM, *cites: dict[str, str], **more: Any) -> dict[str, Any]:
    """Return what a browser sends: an answer for the claim, with citations, unless told otherwise. Any: form values."""
    data = {"stance": "pro", "claim": claim, "cite-TOTAL_FORMS": str(len(cites)), "cite-INITIAL_FORMS": "0"}
    for number, cite in enumerate(cites):
        data |= {f"cite-{number}-{name}": value for name, value in cite.items()}
    return {**data, **more}


def rebuttal(*cites: dict[str, str], **more: Any) -> dict[str, Any]:
    """Return what a browser sends as a rebuttal. Any: form values."""
    return {**form(CLAIM, *cites), "rebuttal_tags": ["weak-source"], "attacks": "claim", **more}


def words(response: HttpResponse | Any) -> str:
    """Return a page as its reader sees it, without character references. Any: the test client's response."""
    return unescape(response.content.decode())


def at(name: str, argument: Argument) -> str:
    """Return an address of an argument."""
    return reverse(name, args=[argument.public_id])


def newest() -> Argument:
    """Return what was written last."""
    return Argument.objects.latest("pk")


# ----------------------------------------------------------------------------------------------- answers


@pytest.mark.parametrize(
    ("stance", "attacks", "kind", "side", "against"),
    [
        ("pro", "", "argument", "pro", ""),
        ("pro", "bearing", "argument", "pro", ""),  # chosen, then the other side: what it attacked is void
        ("con", "claim", "argument", "con", "claim"),
        ("con", "bearing", "argument", "con", "bearing"),
        ("note", "", "note", "", ""),
    ],
)
def test_ben_answers_for_against_or_with_a_note(
    cast: Cast, scene: Scene, stance: str, attacks: str, kind: str, side: str, against: str
) -> None:
    answer = signed_in(cast.ben).post(at("reply", scene.reason), form(stance=stance, attacks=attacks))
    posted = newest()
    assert answer.status_code == 302
    assert answer["Location"] == posted.get_absolute_url()
    assert (posted.parent, posted.author, posted.claim) == (scene.reason, cast.ben, CLAIM)
    assert (posted.kind, posted.stance, posted.attacks) == (kind, side, against)
    assert CLAIM in words(Client().get(scene.reason.get_absolute_url()))


@pytest.mark.parametrize("side", ["pro", "con", "note"])
def test_the_link_that_leads_to_the_form_chooses_the_side(cast: Cast, scene: Scene, side: str) -> None:
    page = words(signed_in(cast.ben).get(at("reply", scene.reason) + f"?stance={side}"))
    assert re.search(rf'<input[^>]*name="stance"[^>]*value="{side}"[^>]*checked', page)
    assert scene.reason.claim in page, "What is answered stays in sight."


def test_the_claim_can_be_quoted(cast: Cast, scene: Scene) -> None:
    page = words(signed_in(cast.ben).get(at("reply", scene.reason) + "?quote=1"))
    assert f"> {scene.reason.claim}" in page


def test_a_con_must_say_what_it_attacks(cast: Cast, scene: Scene) -> None:
    answer = signed_in(cast.ben).post(at("reply", scene.reason), form(stance="con", elaboration="I looked."))
    page = words(answer)
    assert answer.status_code == 422
    assert "is it not true, or does it not matter here?" in page
    assert CLAIM in page
    assert "I looked." in page
    assert Argument.objects.count() == 3


def test_an_answer_without_a_side_or_a_claim_says_so(cast: Cast, scene: Scene) -> None:
    ben = signed_in(cast.ben)
    for missing in ({"stance": ""}, {"claim": " "}, {"stance": "sideways"}):
        answer = ben.post(at("reply", scene.reason), {**form(topics="gulls"), **missing})
        assert answer.status_code == 422
        assert 'class="wrong"' in answer.content.decode()
        assert "gulls" in words(answer)
    assert Argument.objects.count() == 3


def test_a_claim_of_300_characters_fits_and_one_of_301_is_refused_by_a_sentence(
    cast: Cast, scene: Scene
) -> None:
    ben = signed_in(cast.ben)
    # Characters, not bytes: each of these takes two or four bytes.
    fits = "é" * 299 + "𝄞"
    assert ben.post(at("reply", scene.reason), form(fits)).status_code == 302
    assert newest().claim == fits
    answer = ben.post(at("reply", scene.reason), form("x" * 301))
    assert answer.status_code == 422
    assert "The claim has 301 characters; shorten it to 300" in words(answer)
    assert "x" * 301 in words(answer)


def test_a_browser_counts_line_breaks_as_we_do(cast: Cast, scene: Scene) -> None:
    """A browser counts a break as one character and sends two."""
    claim = "\r\n".join(["x" * 99] * 3)
    assert signed_in(cast.ben).post(at("reply", scene.reason), form(claim)).status_code == 302
    assert newest().claim == " ".join(["x" * 99] * 3)


@pytest.mark.parametrize("field", ["claim", "elaboration", "topics"])
def test_a_nul_is_refused_at_its_field(cast: Cast, scene: Scene, field: str) -> None:
    answer = signed_in(cast.ben).post(at("reply", scene.reason), {**form(), field: "before\0after"})
    assert answer.status_code == 422
    assert "before" in words(answer)
    assert Argument.objects.count() == 3


@pytest.mark.parametrize("field", ["title", "authors", "container", "locator", "quotation", "purpose", "doi"])
def test_a_nul_in_a_citation_is_refused_at_its_field(cast: Cast, scene: Scene, field: str) -> None:
    cite = {**NEW_SOURCE, field: "before\0after"}
    answer = signed_in(cast.ben).post(at("rebut", scene.reason), rebuttal(cite))
    assert answer.status_code == 422
    assert not Source.objects.filter(added_by=cast.ben).exclude(title="Cranes of the harbour").exists()


def test_half_a_surrogate_pair_breaks_nothing(cast: Cast, scene: Scene) -> None:
    """HTTP cannot carry one: its bytes are replaced when they are read. The action refuses it all the same."""
    body = f"stance=pro&claim={quote(b'Half %s of a pair.' % chr(0xD800).encode(errors='surrogatepass'))}"
    body += "&cite-TOTAL_FORMS=0&cite-INITIAL_FORMS=0"
    answer = signed_in(cast.ben).post(
        at("reply", scene.reason), body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 302
    with pytest.raises(Refused, match="cannot be stored"):
        post_argument(cast.ben, scene.reason, pro("Half \ud800 of a pair."))


@pytest.mark.parametrize(
    ("elaboration", "sentence"),
    [
        ("x" * 25_000, "at most 20000 characters"),
        (">" * 40 + " deep", "more than 12 deep"),
        ("- " * 40 + "deep", "more than 12 deep"),
    ],
)
def test_an_elaboration_that_cannot_be_set_is_refused_by_a_sentence_at_its_field(
    cast: Cast, scene: Scene, elaboration: str, sentence: str
) -> None:
    answer = signed_in(cast.ben).post(at("reply", scene.reason), form(elaboration=elaboration))
    assert answer.status_code == 422
    page = words(answer)
    assert sentence in page
    assert elaboration in page, "A refusal keeps what was typed."
    assert Argument.objects.count() == 3


def test_an_elaboration_is_set_and_made_harmless(cast: Cast, scene: Scene) -> None:
    evil = (
        "> > quoted twice\n\n<script>alert(1)</script> *so* [there](javascript:alert(1)) "
        "![spy](https://spy.example/x.png) <img src=x onerror=alert(1)>"
    )
    signed_in(cast.ben).post(
        at("reply", scene.reason), form("<script>alert(2)</script> is text.", elaboration=evil)
    )
    posted = newest()
    page = Client().get(posted.get_absolute_url()).content.decode()
    assert "<blockquote>\n<blockquote>" in page
    assert "<em>so</em>" in page
    assert posted.elaboration == evil, "The text is kept as it was written."
    for mark in ("<script>alert", "<img", 'href="javascript'):
        assert mark not in page
    assert "&lt;script&gt;alert(2)&lt;/script&gt; is text." in page


def test_topics_are_free_and_told_apart_by_letters_alone(cast: Cast, scene: Scene) -> None:
    ben = signed_in(cast.ben)
    ben.post(at("reply", scene.reason), form(topics="Gulls, gulls ,  sea   birds, чайки, 海鷗, …"))
    names = {tag.name for tag in newest().topic_tags}
    assert names == {"gulls", "sea birds", "чайки", "海鷗"}
    for name in names:
        assert CLAIM in words(Client().get(reverse("tag", args=[name])))
    many = ben.post(at("reply", scene.reason), form(topics=", ".join("abcdefghi")))
    assert many.status_code == 422
    assert "There are 9 topics; keep the 8 that matter most." in words(many)
    long = ben.post(at("reply", scene.reason), form(topics="x" * 61))
    assert "A topic has at most 60 characters" in words(long)


def test_a_note_takes_no_answers(cast: Cast, scene: Scene) -> None:
    ada = signed_in(cast.ada)
    ada.post(at("reply", scene.reason), form(stance="note"))
    note = newest()
    assert ada.get(at("reply", note)).status_code == 403
    answer = ada.post(at("reply", note), form("An answer to a note."))
    assert answer.status_code == 403
    assert "A note takes no answers" in words(answer)
    assert "An answer to a note." in words(answer)


def test_the_same_form_sent_twice_makes_one_argument(cast: Cast, scene: Scene) -> None:
    ben, data = signed_in(cast.ben), form(key=str(uuid.uuid4()))
    first, second = (ben.post(at("reply", scene.reason), data) for _ in range(2))
    assert Argument.objects.filter(claim=CLAIM).count() == 1
    assert first["Location"] == second["Location"]
    changed = ben.post(at("reply", scene.reason), {**data, "claim": "Another claim."})
    assert changed.status_code == 409
    assert "already sent with another text" in words(changed)
    key = re.search(r'name="key" value="([^"]+)"', changed.content.decode())
    assert key
    assert key[1] != data["key"], "What the refusal gives back can be sent."
    again = ben.post(at("reply", scene.reason), {**data, "claim": "Another claim.", "key": key[1]})
    assert again.status_code == 302


@pytest.mark.parametrize("broken", ["no-uuid", "", "\0", "9" * 5000])
def test_a_broken_key_stops_nobody(cast: Cast, scene: Scene, broken: str) -> None:
    assert signed_in(cast.ben).post(at("reply", scene.reason), form(key=broken)).status_code == 302


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "in place"])
def test_an_answer_to_what_was_hidden_meanwhile_keeps_its_text(
    cast: Cast, scene: Scene, headers: dict[str, str]
) -> None:
    hide(cast.cleo, scene.reason, "Rude.")
    for member in (cast.ada, cast.ben):  # its author still reads it, Ben no longer finds it
        answer = signed_in(member).post(at("reply", scene.reason), form(), headers=headers)
        assert answer.status_code == 409
        assert "withdrawn or hidden meanwhile" in words(answer)
        assert CLAIM in words(answer)
    assert scene.reason.claim not in words(signed_in(cast.ben).post(at("reply", scene.reason), form()))
    assert signed_in(cast.ben).get(at("reply", scene.reason)).status_code == 404
    Argument.objects.filter(pk=scene.reason.pk).update(state=State.PENDING)
    waiting = signed_in(cast.ben).post(at("reply", scene.reason), form())
    assert waiting.status_code == 404, "What was never shown is not there, whatever is sent to it."


# ------------------------------------------------------------------------------------ rebuttals, sources


def test_a_rebuttal_needs_tags_and_a_citation(cast: Cast, scene: Scene) -> None:
    ben = signed_in(cast.ben)
    untagged = ben.post(at("rebut", scene.reason), rebuttal(NEW_SOURCE, rebuttal_tags=[]))
    assert untagged.status_code == 422
    assert "Choose at least one: it is the charge that your rebuttal makes." in words(untagged)
    for kept in (CLAIM, "Birds of the quay", "Ostrom, Vera", "They nest there every spring."):
        assert kept in words(untagged)
    uncited = ben.post(at("rebut", scene.reason), rebuttal({}))
    assert uncited.status_code == 422
    assert "A rebuttal brings a source: choose or describe one below." in words(uncited)
    assert CLAIM in words(uncited)
    assert re.search(r'value="weak-source"[^>]*checked', uncited.content.decode())
    assert Argument.objects.count() == 3
    assert Source.objects.count() == 1


def test_only_the_words_of_the_vocabulary_are_charges(cast: Cast, scene: Scene) -> None:
    answer = signed_in(cast.ben).post(
        at("rebut", scene.reason), rebuttal(NEW_SOURCE, rebuttal_tags=["silly"])
    )
    assert answer.status_code == 422
    assert CLAIM in words(answer)


def test_a_new_source_is_written_and_found(cast: Cast, scene: Scene) -> None:
    answer = signed_in(cast.ben).post(
        at("rebut", scene.reason), rebuttal(NEW_SOURCE, rebuttal_tags=["weak-source", "circular"])
    )
    assert answer.status_code == 302
    posted, source = newest(), Source.objects.get(title="Birds of the quay")
    assert posted.is_rebuttal
    assert {tag.slug for tag in posted.rebuttal_tags} == {"weak-source", "circular"}
    assert source.added_by == cast.ben
    assert (source.year, source.record.container) == (2011, "Quay Notes")
    assert [name.inverted() for name in source.record.authors] == ["Ostrom, Vera", "Harbour Society"]
    cited = posted.citations.get()
    assert (cited.locator_label, cited.locator) == ("page", "12")
    for address in (source.get_absolute_url(), posted.get_absolute_url()):
        page = words(Client().get(address))
        for word in (CLAIM, "p. 12", "They nest there every spring.", "The nests are counted."):
            assert word in page
    for query in ("birds quay", "Ostrom"):
        assert "Birds of the quay" in words(Client().get(reverse("search"), {"q": query}))


def test_a_known_source_is_chosen(cast: Cast, scene: Scene) -> None:
    known = Source.objects.get()
    asked = rebuttal({"find": "cranes of the harbour"}, find="cite-0")
    offered = words(signed_in(cast.ada).post(at("rebut", scene.rebuttal), asked))
    assert f'name="cite-0-source" value="{known.public_id}"' in offered
    answer = signed_in(cast.ada).post(at("rebut", scene.rebuttal), rebuttal({"source": known.public_id}))
    assert answer["Location"] == newest().get_absolute_url()
    assert newest().author == cast.ada
    assert newest().citations.get().source == known
    assert Source.objects.count() == 1


def test_what_is_hidden_is_not_offered_and_not_taken(cast: Cast, scene: Scene) -> None:
    known = Source.objects.get()
    hide(cast.cleo, known, "Made up.")
    ben = signed_in(cast.ben)  # he added it and may still read it, but citing would show it to others
    asked = rebuttal({"find": "cranes of the harbour"}, find="cite-0")
    assert known.public_id not in words(ben.post(at("rebut", scene.reason), asked))
    assert ben.post(at("rebut", scene.reason), rebuttal({"source": known.public_id})).status_code == 422


def test_a_citation_is_of_a_known_source_or_of_a_new_one(cast: Cast, scene: Scene) -> None:
    ben, known = signed_in(cast.ben), Source.objects.get()
    both = ben.post(at("rebut", scene.reason), rebuttal({**NEW_SOURCE, "source": known.public_id}))
    assert both.status_code == 422
    assert "not both: empty one of the two" in words(both)
    assert NEW_SOURCE["title"] in words(both), "What was typed stays in sight."
    neither = ben.post(at("rebut", scene.reason), rebuttal({"locator": "p. 3"}))
    assert neither.status_code == 422
    assert "paste a reference, or describe a new one by its title." in words(neither)
    assert "p. 3" in words(neither)
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("doi", "not a doi", "“not a doi” is not a DOI: one begins with 10."),
        ("isbn", "978-0-00-000000-1", "its last digit does not fit the others"),
        ("isbn", "12345", "one has 10 or 13 digits"),
        ("issued", "last year", "“last year” is not a date"),
        ("issued", "1917-02-30", "that month has 29 days at most"),
        ("issued", "1917-13", "the month goes from 1 to 12"),
        ("url", "http://", "Enter a valid URL."),
        ("url", "javascript:alert(1)", "Enter a valid URL."),
    ],
)
def test_what_is_wrong_in_a_record_is_said_at_its_field(
    cast: Cast, scene: Scene, field: str, typed: str, sentence: str
) -> None:
    answer = signed_in(cast.ben).post(at("rebut", scene.reason), rebuttal({**NEW_SOURCE, field: typed}))
    assert answer.status_code == 422
    page = answer.content.decode()
    place = page.index(f'id="{re.search(rf'for="([^"]*cite-0-{field})"', page)[1]}_error"')  # type: ignore[index]
    assert sentence in unescape(page[place : place + 300])
    assert CLAIM in words(answer)
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", "Ürwörter " * 550),
        ("doi", "10.1000/" + "x" * 290),
        ("locator", "x" * 110),
        ("purpose", "x" * 500),
        ("container", "x" * 500),
        ("url", "https://example.org/" + "x" * 1900),
        ("authors", "\n".join(f"Family{n}, Given" for n in range(250))),
    ],
)
def test_what_the_form_takes_the_database_holds(cast: Cast, scene: Scene, field: str, typed: str) -> None:
    """Whatever passes the form is written, or the form says what is too long: never a broken page."""
    answer = signed_in(cast.ben).post(at("rebut", scene.reason), rebuttal({**NEW_SOURCE, field: typed}))
    assert answer.status_code in (302, 422)
    if answer.status_code == 422:
        assert 'class="wrong"' in answer.content.decode()
    else:
        assert Client().get(newest().get_absolute_url()).status_code == 200


def test_one_more_source_keeps_everything(cast: Cast, scene: Scene) -> None:
    ben, key = signed_in(cast.ben), str(uuid.uuid4())
    typed = rebuttal(
        NEW_SOURCE,
        rebuttal_tags=["weak-source", "circular"],
        attacks="bearing",
        elaboration="Because.",
        topics="gulls",
        key=key,
        more="1",
    )
    answer = ben.post(at("rebut", scene.reason), typed)
    page = words(answer)
    assert answer.status_code == 200
    for kept in (CLAIM, "Because.", "gulls", key, *NEW_SOURCE.values()):
        assert kept in page
    for charge in ("weak-source", "circular"):
        assert re.search(rf'value="{charge}"[^>]*checked', page)
    assert re.search(r'name="attacks"[^>]*value="bearing"[^>]*checked', page)
    assert 'name="cite-1-title"' in page
    assert 'name="cite-2-title"' not in page
    assert Argument.objects.count() == 3
    assert Source.objects.count() == 1
    # What the form now holds is sent with the second source.
    first = {f"cite-0-{name}": value for name, value in NEW_SOURCE.items()}
    del typed["more"]
    ben.post(
        at("rebut", scene.reason),
        {
            **typed,
            **first,
            "cite-TOTAL_FORMS": "2",
            "cite-INITIAL_FORMS": "1",
            "cite-1-source": Source.objects.get().public_id,
        },
    )
    assert [cite.source.title for cite in newest().citations.order_by("position")] == [
        "Birds of the quay",
        "Cranes of the harbour",
    ]


def test_there_is_a_most_of_sources(cast: Cast, scene: Scene) -> None:
    cites = [{"source": Source.objects.get().public_id}] * 11
    answer = signed_in(cast.ben).post(at("rebut", scene.reason), rebuttal(*cites))
    assert answer.status_code == 422
    assert "at most 10" in words(answer)


@pytest.mark.parametrize("total", ["", "many", "-1", "99999999999"])
def test_a_broken_count_of_sources_breaks_nothing(cast: Cast, scene: Scene, total: str) -> None:
    for button in ({}, {"more": "1"}, {"preview": "1"}):
        data = rebuttal(**{"cite-TOTAL_FORMS": total, **button})
        assert signed_in(cast.ben).post(at("rebut", scene.reason), data).status_code in (200, 422)


# ----------------------------------------------------------------------------------------------- preview


def bare_card(page: str) -> str:
    """Return the card of a page without addresses, and without what only a posted argument has: counts and acts."""
    start = page.index("<article", max(page.find('class="preview"'), page.find('class="posted"'), 0))
    card = page[start : page.index("</article>", start)]
    card = re.sub(r"<footer.*?(?=<p class=\"topics\")", "<footer>", card, flags=re.DOTALL)
    card = re.sub(r"<footer[^>]*>", "<footer>", card)
    card = re.sub(r"<(/?)(a|span)\b[^>]*>", "", card)  # a link in one is a plain word in the other
    card = re.sub(r' (id|title)="[^"]*"', "", card)
    return " ".join(card.split())


@pytest.mark.parametrize("known", [False, True])
def test_the_preview_is_drawn_as_the_post_will_be(cast: Cast, scene: Scene, known: bool) -> None:
    source = Source.objects.get()
    source.incomplete = "The publisher is missing."
    source.save()
    ben = signed_in(cast.ben)
    typed = rebuttal(
        {"source": source.public_id, "locator": "pp. 3–4", "purpose": "Why."} if known else NEW_SOURCE,
        claim="  Gulls nest\nin the tallest   crane. ",
        rebuttal_tags=["weak-source", "circular", "outdated"],
        topics="Zebras, Gulls, two/parts",
        elaboration="*Because* they do.\n\n> quoted",
    )
    preview = ben.post(at("rebut", scene.reason), {**typed, "preview": "1"})
    assert preview.status_code == 200
    assert Argument.objects.count() == 3
    assert Source.objects.count() == 1
    posted = ben.post(at("rebut", scene.reason), typed, headers={"HX-Request": "true"})
    assert Argument.objects.count() == 4
    drawn = bare_card(preview.content.decode())
    assert "<em>Because</em>" in drawn
    assert drawn == bare_card(posted.content.decode())
    assert CLAIM in words(preview), "The form below the preview still holds the text."


def test_a_preview_refuses_what_the_post_would_refuse(cast: Cast, scene: Scene) -> None:
    answer = signed_in(cast.ben).post(at("reply", scene.reason), form("x" * 301, preview="1"))
    assert answer.status_code == 422
    assert "The claim has 301 characters" in words(answer)


# -------------------------------------------------------------------------------------------- htmx twins

HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize("name", ["reply", "rebut"])
def test_the_form_opens_in_place_as_a_fragment(cast: Cast, scene: Scene, name: str) -> None:
    ben = signed_in(cast.ben)
    whole, part = ben.get(at(name, scene.reason)), ben.get(at(name, scene.reason), headers=HTMX)
    assert "<html" in whole.content.decode()
    assert part.content.decode().strip().startswith("<form")
    assert "HX-Request" in part["Vary"], "A cache must not hand one for the other."


def test_an_answer_in_place_is_answered_by_the_card(cast: Cast, scene: Scene) -> None:
    answer = signed_in(cast.ben).post(at("reply", scene.reason), form(), headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.strip().startswith('<div class="posted" tabindex="-1"')
    assert CLAIM in page
    assert "<form" not in page
    assert newest().public_id in page


def test_a_mistake_in_place_is_answered_by_the_form(cast: Cast, scene: Scene) -> None:
    for data, status in ((form(stance="con"), 422), (form("x" * 301), 422)):
        answer = signed_in(cast.ben).post(at("reply", scene.reason), data, headers=HTMX)
        assert answer.status_code == status
        page = answer.content.decode().strip()
        assert page.startswith("<form")
        assert page.endswith("</form>")
        assert 'class="wrong"' in page
        assert data["claim"] in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_in_place_is_led_to_a_whole_page(scene: Scene, method: str) -> None:
    """A redirect would be followed by the script, and the sign-in page would land inside the debate."""
    answer = getattr(Client(), method)(at("reply", scene.reason), headers=HTMX)
    assert answer.headers["HX-Redirect"] == f"{reverse('account_login')}?next={at('reply', scene.reason)}"


def test_a_refusal_in_place_is_a_sentence_and_not_a_page_within_the_page(cast: Cast, scene: Scene) -> None:
    lock(cast.cleo, scene.reason, "It burns.")
    answer = signed_in(cast.ben).get(at("reply", scene.reason), headers=HTMX)
    assert answer.status_code == 409
    assert "This branch is locked" in words(answer)
    assert "<html" not in answer.content.decode()


# ----------------------------------------------------------------------------------- across the sign-in


def test_what_a_visitor_typed_comes_back_after_signing_in(cast: Cast, scene: Scene) -> None:
    client, key = Client(), str(uuid.uuid4())
    typed = rebuttal(NEW_SOURCE, elaboration="Because.", key=key, topics="gulls")
    sent = client.post(at("rebut", scene.reason), typed)
    assert sent.status_code == 302
    assert sent["Location"] == f"{reverse('account_login')}?next={at('rebut', scene.reason)}"
    signed = client.post(sent["Location"], {"login": "ben", "password": PASSWORD})
    assert signed["Location"] == at("rebut", scene.reason)
    page = words(client.get(signed["Location"]))
    for kept in (CLAIM, "Because.", "gulls", key, *NEW_SOURCE.values()):
        assert kept in page
    assert re.search(r'value="weak-source"[^>]*checked', page)
    assert Argument.objects.count() == 3, "Nothing is posted without another click."
    assert CLAIM not in words(client.get(at("rebut", scene.reason))), "It comes back once."


def test_what_was_kept_comes_back_on_its_own_page_alone(cast: Cast, scene: Scene) -> None:
    client = Client()
    client.post(at("reply", scene.reason), form())
    client.force_login(cast.ben)
    assert CLAIM not in words(client.get(at("reply", scene.thesis)))


# -------------------------------------------------------------------------------------------------- edit


def edit_form(argument: Argument, claim: str, **more: Any) -> dict[str, Any]:
    """Return what a browser sends from the form of an edit. Any: form values."""
    return form(claim, seen=str(argument.revisions.count()), topics="memory", **more)


def test_an_edit_keeps_the_history_and_says_who_and_why(cast: Cast, scene: Scene) -> None:
    ada, old = signed_in(cast.ada), scene.reason.claim
    assert old in words(ada.get(at("edit", scene.reason)))
    answer = ada.post(
        at("edit", scene.reason), edit_form(scene.reason, "The cranes are a memory.", note="Too proud.")
    )
    assert answer.status_code == 302
    page = words(Client().get(at("history", scene.reason)))
    for word in (old, "The cranes are a memory.", "Too proud.", "ada"):
        assert word in page
    versions = page[page.index('class="revisions"') :]
    assert versions.index("The cranes are a memory.") < versions.index(old), "The newest stands first."
    shown = words(Client().get(scene.reason.get_absolute_url()))
    assert "2 versions" in shown
    assert old not in shown
    assert scene.reason.public_id not in words(Client().get(reverse("search"), {"q": "town"}))
    assert scene.reason.public_id in words(Client().get(reverse("search"), {"q": "a memory"}))


def test_an_edit_that_changes_nothing_says_so(cast: Cast, scene: Scene) -> None:
    ada = signed_in(cast.ada)
    ada.post(at("reply", scene.thesis), form(topics="Sea Birds, Gulls", elaboration="Because.\n"))
    argument = newest()
    page = ada.get(at("edit", argument)).content.decode()
    values = dict(re.findall(r'name="(topics|claim|elaboration|seen)"[^>]*value="([^"]*)"', page))
    data = form(CLAIM, topics=values["topics"], seen=values["seen"], elaboration="Because.")
    answer = ada.post(at("edit", argument), data, follow=True)
    assert "Nothing was changed." in words(answer)
    assert argument.revisions.count() == 1
    argument.refresh_from_db()
    assert argument.edited_at is None


def test_the_form_of_an_edit_holds_the_rebuttal_as_it_stands(cast: Cast, scene: Scene) -> None:
    ben, cited = signed_in(cast.ben), scene.rebuttal.citations.get()
    page = words(ben.get(at("edit", scene.rebuttal)))
    assert re.search(r'value="factual-error"[^>]*checked', page)
    assert re.search(rf'name="cite-0-source" value="{cited.source.public_id}"[^>]*checked', page)
    assert re.search(r'value="(p\.|page) 12"', page)
    for word in ("The third crane fell.", "The fall is reported."):
        assert word in page
    cite = {
        "source": cited.source.public_id,
        "locator": "p. 12",
        "quotation": cited.quotation,
        "purpose": cited.purpose,
    }
    data = rebuttal(cite, claim=scene.rebuttal.claim, rebuttal_tags=["factual-error"], seen="1")
    data["cite-INITIAL_FORMS"] = "1"
    assert "Nothing was changed." in words(ben.post(at("edit", scene.rebuttal), data, follow=True))
    data["claim"] = "Most of the cranes came from elsewhere."
    assert ben.post(at("edit", scene.rebuttal), data).status_code == 302
    kept = scene.rebuttal.citations.get()
    assert (kept.source, kept.locator, kept.quotation) == (cited.source, "12", cited.quotation)
    assert Source.objects.count() == 1


def test_a_citation_that_is_emptied_in_an_edit_goes(cast: Cast, scene: Scene) -> None:
    ada, known = signed_in(cast.ada), Source.objects.get()
    ada.post(at("reply", scene.thesis), form(CLAIM, {"source": known.public_id}, {**NEW_SOURCE}))
    argument = newest()
    emptied = form(CLAIM, {"source": ""}, {"source": newest().citations.last().source.public_id}, seen="1")  # type: ignore[union-attr]
    emptied["cite-INITIAL_FORMS"] = "2"
    assert ada.post(at("edit", argument), emptied).status_code == 302
    assert [cite.source.title for cite in argument.citations.all()] == ["Birds of the quay"]


def test_a_rebuttal_stays_one_when_it_is_edited(cast: Cast, scene: Scene) -> None:
    ben = signed_in(cast.ben)
    uncited = ben.post(at("edit", scene.rebuttal), rebuttal(seen="1"))
    assert uncited.status_code in (400, 422)
    assert "A rebuttal brings a source" in words(uncited)
    assert CLAIM in words(uncited)
    scene.rebuttal.refresh_from_db()
    assert scene.rebuttal.claim != CLAIM


def test_two_windows_do_not_write_over_each_other(cast: Cast, scene: Scene) -> None:
    ada = signed_in(cast.ada)
    one, two = (
        edit_form(scene.reason, claim, note="Clearer.") for claim in ("First window.", "Second window.")
    )
    ada.post(at("edit", scene.reason), one)
    late = ada.post(at("edit", scene.reason), two)
    assert late.status_code == 409
    assert "edited meanwhile" in words(late)
    assert "Second window." in words(late)
    scene.reason.refresh_from_db()
    assert scene.reason.claim == "First window."
    assert ada.post(at("edit", scene.reason), {**two, "seen": "2"}).status_code == 302


@pytest.mark.parametrize("more", [{"seen": "²"}, {"seen": "9" * 5000}, {"seen": "-1"}, {"note": "a\0b"}])
def test_a_broken_edit_breaks_nothing(cast: Cast, scene: Scene, more: dict[str, str]) -> None:
    data = {**edit_form(scene.reason, "Changed."), **more}
    assert signed_in(cast.ada).post(at("edit", scene.reason), data).status_code in (302, 400, 409, 422)


def test_a_preview_of_an_edit_writes_nothing(cast: Cast, scene: Scene) -> None:
    answer = signed_in(cast.ada).post(
        at("edit", scene.reason), edit_form(scene.reason, "Changed.", preview="1", note="Why not.")
    )
    assert answer.status_code == 200
    assert 'class="preview"' in answer.content.decode()
    assert "Why not." in words(answer)
    assert scene.reason.revisions.count() == 1


def test_only_the_author_edits_and_withdraws(cast: Cast, scene: Scene) -> None:
    for member in (cast.ben, cast.cleo, cast.dan):
        client = signed_in(member)
        assert client.get(at("edit", scene.reason)).status_code == 403
        refused = client.post(at("edit", scene.reason), edit_form(scene.reason, "Changed."))
        assert refused.status_code == 403
        assert "Only its author can edit an argument." in words(refused)
        assert client.post(at("withdraw", scene.reason)).status_code == 403
        page = words(client.get(scene.reason.get_absolute_url()))
        assert at("edit", scene.reason) not in page
    scene.reason.refresh_from_db()
    assert scene.reason.claim != "Changed."
    assert scene.reason.state == State.PUBLISHED


def test_what_is_hidden_withdrawn_or_locked_is_not_edited(cast: Cast, scene: Scene) -> None:
    ada, ben = signed_in(cast.ada), signed_in(cast.ben)
    withdrawn = post_argument(cast.ada, scene.thesis, pro("They are beautiful."))
    withdraw_argument(cast.ada, withdrawn)
    lock(cast.cleo, scene.reason, "It burns.")
    hide(cast.cleo, scene.reason, "Rude.")
    cite = {"source": Source.objects.get().public_id}
    for client, argument, data, sentence in (
        (ben, scene.rebuttal, rebuttal(cite, seen="1"), "This branch is locked, so its arguments cannot"),
        (ada, scene.reason, form(seen="1"), "This argument is hidden by a moderator and cannot be edited."),
        (ada, withdrawn, form(seen="1"), "This argument is withdrawn by its author and cannot be edited."),
    ):
        assert client.get(at("edit", argument)).status_code == 409
        refused = client.post(at("edit", argument), data)
        assert refused.status_code == 409
        assert sentence in words(refused)
        assert CLAIM in words(refused), "A refusal keeps what was typed."
    assert not Argument.objects.filter(claim=CLAIM).exists()


def test_an_answer_remembers_which_version_it_answers(cast: Cast, scene: Scene) -> None:
    stale = "Written against an earlier version of the claim above"
    assert scene.rebuttal.answers_revision == scene.reason.revisions.get()
    assert stale not in words(Client().get(scene.rebuttal.get_absolute_url()))
    edit_argument(cast.ada, scene.reason, pro("The cranes are a memory."), 1)
    assert stale in words(Client().get(scene.rebuttal.get_absolute_url()))
    signed_in(cast.ben).post(at("reply", scene.reason), form())
    assert newest().answers_revision == scene.reason.revisions.get(number=2)
    assert stale not in words(Client().get(newest().get_absolute_url()))


def test_ada_edits_her_thesis_which_takes_no_side(cast: Cast, scene: Scene) -> None:
    data = form("The harbour should keep two cranes.", seen="1")
    assert signed_in(cast.ada).post(at("edit", scene.thesis), data).status_code == 302
    scene.thesis.refresh_from_db()
    assert (scene.thesis.claim, scene.thesis.stance, scene.thesis.kind) == (
        "The harbour should keep two cranes.",
        "",
        "thesis",
    )


# ---------------------------------------------------------------------------------------------- withdraw


def test_what_has_answers_leaves_a_placeholder_when_it_is_withdrawn(cast: Cast, scene: Scene) -> None:
    ada = signed_in(cast.ada)
    assert "It has 1 answer" in words(ada.get(at("withdraw", scene.reason)))
    ada.post(at("withdraw", scene.reason))
    page = words(Client().get(scene.debate.get_absolute_url() + "?open=all"))
    assert scene.reason.claim not in page
    assert "The text is no longer shown: withdrawn by its author. Its answers stay." in page
    assert scene.rebuttal.claim in page
    assert Client().get(scene.reason.get_absolute_url()).status_code == 404
    assert scene.reason.claim not in words(Client().get(scene.rebuttal.get_absolute_url()))
    assert "Publish again" in words(ada.get(scene.reason.get_absolute_url()))


def test_what_has_no_answers_vanishes_and_can_come_back(cast: Cast, scene: Scene) -> None:
    ben = signed_in(cast.ben)
    assert "Nobody has answered it" in words(ben.get(at("withdraw", scene.rebuttal)))
    ben.post(at("withdraw", scene.rebuttal))
    everywhere = [
        (scene.debate.get_absolute_url() + "?open=all", {}),
        (scene.reason.get_absolute_url(), {}),
        (Source.objects.get().get_absolute_url(), {}),
        (reverse("search"), {"q": "half cranes elsewhere"}),
        (reverse("tag", args=["factual error"]), {}),
        (reverse("member", args=["ben"]), {}),
    ]
    for address, query in everywhere:
        page = words(Client().get(address, query))
        assert scene.rebuttal.claim not in page
        assert "no longer shown" not in page
    for other in (cast.ada, cast.dan):
        assert signed_in(other).post(at("reinstate", scene.rebuttal)).status_code == 404
    ben.post(at("reinstate", scene.rebuttal))
    for address, query in everywhere:
        # A search marks the words that it found.
        page = words(Client().get(address, query)).replace("<mark>", "").replace("</mark>", "")
        assert scene.rebuttal.claim in page


def test_nobody_takes_back_what_a_moderator_hid(cast: Cast, scene: Scene) -> None:
    ben = signed_in(cast.ben)
    hide(cast.cleo, scene.rebuttal, "Rude.")
    for name in ("reinstate", "withdraw"):
        assert ben.post(at(name, scene.rebuttal)).status_code == 409
    scene.rebuttal.refresh_from_db()
    assert scene.rebuttal.state == State.HIDDEN


def test_withdrawing_asks_first_and_a_thesis_stays(cast: Cast, scene: Scene) -> None:
    ada = signed_in(cast.ada)
    ada.get(at("withdraw", scene.reason))
    scene.reason.refresh_from_db()
    assert scene.reason.state == State.PUBLISHED
    refused = ada.post(at("withdraw", scene.thesis))
    assert refused.status_code == 403
    assert "A thesis carries the whole debate" in words(refused)
    assert ada.get(at("reinstate", scene.reason)).status_code == 405


# ------------------------------------------------------------------------------------------ open a debate


def opening(question: str = "Should gulls be fed?", **more: Any) -> dict[str, Any]:
    """Return what a browser sends from the form that opens a debate. Any: form values."""
    return {"question": question, "theses": "Gulls should be fed.\n\nGulls should be left alone.", **more}


def test_opening_a_debate_needs_a_right(cast: Cast, scene: Scene) -> None:
    for method in ("get", "post"):
        refused = getattr(signed_in(cast.ben), method)(reverse("open_debate"), opening())
        assert refused.status_code == 403
        assert "opening one needs a right that you do not have" in words(refused)
    assert Debate.objects.count() == 1
    assert reverse("open_debate") not in words(signed_in(cast.ben).get(reverse("home")))
    assert reverse("open_debate") in words(signed_in(cast.ada).get(reverse("home")))
    visitor = Client().get(reverse("open_debate"))
    assert visitor["Location"].startswith(reverse("account_login"))


def test_ada_opens_a_debate(cast: Cast, scene: Scene) -> None:
    article = {f"article-{name}": value for name, value in NEW_SOURCE.items() if name != "locator"}
    answer = signed_in(cast.ada).post(
        reverse("open_debate"), opening(summary="They shout.", tags="Gulls, harbour", **article)
    )
    debate = Debate.objects.latest("pk")
    assert answer["Location"] == debate.get_absolute_url()
    assert debate.slug == "should-gulls-be-fed"
    assert debate.opened_by == cast.ada
    assert [thesis.claim for thesis in debate.arguments.order_by("path")] == [
        "Gulls should be fed.",
        "Gulls should be left alone.",
    ]
    assert {tag.name for tag in debate.tags.all()} == {"gulls", "harbour"}
    assert debate.article is not None
    assert (debate.article.title, debate.article.added_by) == ("Birds of the quay", cast.ada)
    page = words(Client().get(debate.get_absolute_url()))
    for word in ("They shout.", "Gulls should be fed.", "Birds of the quay", "gulls"):
        assert word in page
    assert "Should gulls be fed?" in words(Client().get(reverse("home")))


def test_a_debate_grows_from_a_known_article(cast: Cast, scene: Scene) -> None:
    known = Source.objects.get()
    signed_in(cast.ada).post(reverse("open_debate"), opening(**{"article-source": known.public_id}))
    assert Debate.objects.latest("pk").article == known
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"question": " "}, "This field is required."),
        ({"question": "x" * 301}, "at most 300 characters"),
        ({"theses": "\n \n"}, "This field is required."),
        ({"theses": "Short.\n" + "x" * 301}, "Thesis 2 has 301 characters; shorten it to 300."),
        (
            {"theses": "\n".join(f"Thesis {n}." for n in range(13))},
            "There are 13 theses; a debate has at most 12.",
        ),
        ({"theses": "a\0b"}, "Null characters are not allowed."),
        ({"article-title": "A", "article-doi": "nonsense"}, "“nonsense” is not a DOI"),
        ({"article-authors": "Nobody"}, "paste a reference, or describe a new one by its title."),
    ],
)
def test_what_is_wrong_with_a_debate_is_said_and_everything_kept(
    cast: Cast, scene: Scene, more: dict[str, str], sentence: str
) -> None:
    data = opening(summary="They shout.", **more)
    answer = signed_in(cast.ada).post(reverse("open_debate"), data)
    assert answer.status_code == 422
    page = words(answer)
    assert sentence in page
    assert "They shout." in page
    for value in more.values():
        assert value.strip() in page
    assert Debate.objects.count() == 1


@pytest.mark.parametrize(
    "question",
    [
        "Что делать?",
        "何をなすべきか？",
        "open",
        "Open?",
        "???",
        "…",
        "../..",
        "a/b",
        "Should the harbour keep its cranes?",
    ],
)
def test_every_question_gets_an_address_that_works(cast: Cast, scene: Scene, question: str) -> None:
    ada = signed_in(cast.ada)
    answer = ada.post(reverse("open_debate"), opening(question))
    page = Client().get(answer["Location"])
    assert page.status_code == 200
    assert question in words(page)
    assert "Open a debate" in words(ada.get(reverse("open_debate"))), "The form keeps its own address."


def test_the_same_form_sent_twice_opens_one_debate(cast: Cast, scene: Scene) -> None:
    ada, data = signed_in(cast.ada), opening(key=str(uuid.uuid4()))
    first, second = (ada.post(reverse("open_debate"), data) for _ in range(2))
    assert Debate.objects.count() == 2
    assert first["Location"] == second["Location"]


def test_a_visitors_debate_comes_back_after_signing_in(cast: Cast, scene: Scene) -> None:
    client = Client()
    client.post(reverse("open_debate"), opening(summary="They shout."))
    client.force_login(cast.ada)
    page = words(client.get(reverse("open_debate")))
    for word in ("Should gulls be fed?", "Gulls should be left alone.", "They shout."):
        assert word in page


def test_a_locked_branch_gives_the_text_back(cast: Cast, scene: Scene) -> None:
    lock(cast.cleo, scene.reason, "It burns.")
    answer = signed_in(cast.ben).post(at("rebut", scene.reason), rebuttal(NEW_SOURCE))
    assert answer.status_code == 409
    for kept in (CLAIM, "Birds of the quay"):
        assert kept in words(answer)
    assert not Source.objects.filter(title="Birds of the quay").exists()


def test_a_con_against_the_bearing_is_told_apart_in_words(cast: Cast, scene: Scene) -> None:
    post_argument(cast.ben, scene.reason, con(CLAIM))
    signed_in(cast.ben).post(
        at("reply", scene.reason), form("It is beside the point.", stance="con", attacks="bearing")
    )
    assert "Against: does not matter here" in words(Client().get(newest().get_absolute_url()))


@pytest.mark.parametrize(
    "address",
    [
        "/debates/%00/",
        "/arguments/%00/",
        "/arguments/%00/reply/",
        "/sources/%00/",
        "/tags/%00/",
        "/members/%00/",
    ],
)
def test_no_address_holds_a_nul(cast: Cast, address: str) -> None:
    """PostgreSQL refuses to be asked for one."""
    assert signed_in(cast.ben).get(address).status_code == 404


def test_a_nul_in_a_question_is_left_out(client: Client, scene: Scene) -> None:
    assert "Debates on harbour" in words(client.get(reverse("home"), {"tag": "har\0bour"}))
    assert client.get(reverse("article", args=[scene.debate.slug]), {"passage": "\0"}).status_code == 404


@pytest.mark.django_db
def test_a_reply_remembers_the_wording_that_its_form_showed(cast: Cast, scene: Scene) -> None:
    ben = signed_in(cast.ben)
    address = reverse("reply", args=[scene.reason.public_id])
    seen = re.search(r'name="seen" value="(\d+)"', ben.get(address).content.decode())
    assert seen is not None
    edit_argument(cast.ada, scene.reason, pro("The cranes are what the town remembers."), 1)
    form = {
        "stance": "pro",
        "claim": "So they are.",
        "seen": seen[1],
        "cite-TOTAL_FORMS": "0",
        "cite-INITIAL_FORMS": "0",
    }
    answer = ben.post(address, form, follow=True)
    assert "Written against an earlier version" in answer.content.decode(), (
        "Ben answered what he had before his eyes."
    )
