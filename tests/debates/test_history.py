"""The history of an argument: what each version changed, in words and phrases, and what lies between any two."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from debates.actions.sources.merge_sources import merge_sources
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText, CitationText
from debates.models import Argument, Source, State
from forum.accounts.models import User
from tests.conftest import Cast, Scene, a_book, con, pro, signed_in


def edit(editor: User, argument: Argument, text: ArgumentText, note: str | None = None) -> None:
    """Lay a new text on an argument."""
    argument.refresh_from_db()
    assert edit_argument(editor, argument, text, argument.revisions.count(), note)


def page(argument: Argument, query: str = "", client: Client | None = None) -> str:
    """Return the history of an argument as a reader sees it."""
    answer = (client or Client()).get(reverse("history", args=[argument.public_id]) + query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def versions(shown: str) -> list[str]:
    """Return what the page says of each version, without its whole text: signs for what is gone and new, no other tags."""
    parts = re.split(r'<li value="\d+">', shown[shown.index('class="revisions"') :])[1:]
    return [plain(part.split('<details class="whole">')[0]) for part in parts]


def plain(part: str) -> str:
    """Return a part of a page as one line, [what is gone] and {what is new}."""
    part = re.sub(r'<bdi class="visually-hidden">(gone|new): </bdi>', "", part)
    for tag, sign in {"<del>": "[", "</del>": "]", "<ins>": "{", "</ins>": "}"}.items():
        part = part.replace(tag, sign)
    return " ".join(re.sub(r"<[^>]*>", " ", part).split())


def compared(shown: str) -> str:
    """Return what the page says of the two versions that were asked for."""
    return plain(shown[shown.index('<section class="compared"') : shown.index('class="revisions"')])


def cited(argument: Argument) -> Source:
    """Return the source of an argument."""
    return argument.citations.get().source


def cite_elsewhere(cast: Cast, scene: Scene, source: Source) -> None:
    """Let another argument cite a source: what nobody cites any more is read by no visitor."""
    post_argument(cast.ada, scene.thesis, pro("Read it.", citations=(CitationText(source=source),)))


def test_each_version_is_told_from_the_one_before_it(cast: Cast, scene: Scene) -> None:
    old = scene.reason.claim
    edit(cast.ada, scene.reason, pro("The cranes are a memory.", topic_tags=("memory",)), "Too proud.")
    edit(
        cast.ada,
        scene.reason,
        pro("The cranes are a memory.", elaboration="One fell.\n\nTwo stand.", topic_tags=("memory",)),
    )
    third, second, first = versions(page(scene.reason))
    assert "Why {One fell. Two stand.}" in third
    assert "The claim" not in third, "What stays is not repeated."
    assert "The cranes are [the town’s]{a} memory." in second
    assert "ada" in second
    assert "Too proud." in second
    assert "For the claim above" in first
    assert old in first, "The first version stands there whole."
    assert "memory" in first


def test_every_version_can_be_read_whole(cast: Cast, scene: Scene) -> None:
    edit(cast.ada, scene.reason, pro("The cranes are a memory.", elaboration="One *fell*."))
    shown = page(scene.reason)
    whole = shown[shown.index('<details class="whole">') :]
    assert "The cranes are a memory." in whole
    assert "One *fell*." in whole


def test_a_screen_reader_says_what_is_gone_and_what_is_new(cast: Cast, scene: Scene) -> None:
    edit(cast.ada, scene.reason, pro("The cranes are a memory."))
    shown = page(scene.reason)
    assert '<del><bdi class="visually-hidden">gone: </bdi>the town’s</del>' in shown
    assert '<ins><bdi class="visually-hidden">new: </bdi>a</ins>' in shown
    assert '<span class="difference" dir="auto">The' in shown, "White space within counts as the text’s."


def test_what_members_write_is_no_markup(cast: Cast, scene: Scene) -> None:
    edit(cast.ada, scene.reason, pro("The <b>cranes</b> are a memory."))
    answer = Client().get(reverse("history", args=[scene.reason.public_id]))
    assert "<b>" not in answer.content.decode()


def test_changes_of_side_and_tags_stand_in_words(cast: Cast, scene: Scene) -> None:
    claim = "They are older than the town."
    argument = post_argument(cast.ada, scene.reason, pro(claim, topic_tags=("memory",)))
    edit(cast.ada, argument, con(claim, topic_tags=("harbour", "cranes")))
    edit(cast.ada, argument, replace(con(claim, topic_tags=("cranes",)), attacks="bearing"))
    third, second, _first = versions(page(argument))
    assert "Now against the claim above: it is not true." in second
    assert "Took away the tag “memory”. Added the tag “cranes”. Added the tag “harbour”." in second
    assert "Now against the claim above: true or not, it does not matter here." in third
    assert "Took away the tag “harbour”." in third
    assert "cranes" not in third


def test_changes_of_citations_stand_in_words(cast: Cast, scene: Scene) -> None:
    argument, book = scene.rebuttal, cited(scene.rebuttal)
    cite_elsewhere(cast, scene, book)
    as_it_is = CitationText(
        source=book,
        locator_label="page",
        locator="12",
        quotation="The third crane fell.",
        purpose="The fall is reported.",
    )
    text = con(argument.claim, rebuttal_tags=("factual-error",), citations=(as_it_is,))
    anew = replace(as_it_is, locator="14–15", quotation="The last crane fell.", purpose="It is reported.")
    edit(cast.ben, argument, replace(text, citations=(anew,)))
    edit(cast.ben, argument, replace(text, citations=(anew, a_book("Gulls"))))
    cite_elsewhere(cast, scene, Source.objects.get(title="Gulls"))
    edit(cast.ben, argument, con(argument.claim))
    fourth, third, second, first = versions(page(argument))
    assert "Cited Marsh 1999, pp. 14–15 instead of Marsh 1999, p. 12." in second
    assert "What is quoted from Marsh 1999 The [third]{last} crane fell." in second
    assert "What Marsh 1999 is cited for [The fall]{It} is reported." in second
    assert "Cited Marsh 1999, p. 12." in third
    assert "No longer" not in third
    assert "Took away the tag “factual error”." in fourth
    assert "No longer cited Marsh 1999, pp. 14–15. No longer cited Marsh 1999, p. 12." in fourth
    assert "Marsh 1999 , p. 12" in first


def test_another_order_of_sources_is_a_change(cast: Cast, scene: Scene) -> None:
    """Footnotes count the sources."""
    one, other = a_book("Gulls"), a_book("Terns")
    text = con(scene.rebuttal.claim, rebuttal_tags=("factual-error",), citations=(one, other))
    edit(cast.ben, scene.rebuttal, text)
    gulls, terns = (
        CitationText(
            source=Source.objects.get(title=title),
            locator_label="page",
            locator="12",
            quotation=one.quotation,
            purpose=one.purpose,
        )
        for title in ("Gulls", "Terns")
    )
    edit(cast.ben, scene.rebuttal, replace(text, citations=(terns, gulls)))
    assert "Put the sources in another order." in versions(page(scene.rebuttal))[0]


def test_a_merge_of_sources_is_no_change_of_what_is_cited(cast: Cast, scene: Scene) -> None:
    book = cited(scene.rebuttal)
    edit(
        cast.ben,
        scene.rebuttal,
        con("Half of them came.", rebuttal_tags=("factual-error",), citations=(a_book("Gulls"),)),
    )
    twin = Source.objects.get(title="Gulls")
    merge_sources(cast.cleo, book, twin, "The same.")
    newest = versions(page(scene.rebuttal))[0]
    assert "{them came}" in newest
    assert "cited" not in newest.casefold(), (
        "The older version cites the same work, under the address that it had then."
    )


# ------------------------------------------------------------------------------------------ any two versions


@pytest.fixture
def three(cast: Cast, scene: Scene) -> Argument:
    """Give Ada's reason three versions."""
    edit(cast.ada, scene.reason, pro("The cranes are a memory.", topic_tags=("memory",)))
    edit(cast.ada, scene.reason, pro("Some cranes are a burden.", topic_tags=("burden",)))
    return scene.reason


def test_any_two_versions_can_be_compared(three: Argument) -> None:
    shown = compared(page(three, "?from=1&to=3"))
    assert shown.startswith("From version 1 to version 3")
    assert "[The]{Some} cranes are [the town’s memory]{a burden}." in shown
    assert "Took away the tag “memory”. Added the tag “burden”." in shown


def test_the_older_version_comes_first_whichever_is_named_first(three: Argument) -> None:
    assert compared(page(three, "?from=3&to=1")) == compared(page(three, "?from=1&to=3"))


def test_the_form_offers_every_version_and_keeps_the_choice(three: Argument) -> None:
    shown = page(three)
    form = shown[shown.index('<form class="compare-form"') :].split("</form>")[0]
    assert 'method="get"' in form, "It works without a script, and its answer has an address."
    assert re.findall(r'<option value="(\d)"', form) == ["1", "2", "3"] * 2
    assert re.findall(r'<option value="(\d)" selected', form) == ["1", "3"]
    asked = page(three, "?from=2&to=3")
    assert re.findall(r'<option value="(\d)" selected', asked) == ["2", "3"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?from=1&to=9", "There is no such version"),
        ("?from=0&to=1", "There is no such version"),
        ("?from=1", "There is no such version"),
        ("?from=x&to=²", "There is no such version"),
        (f"?from=1&to={'9' * 5000}", "There is no such version"),
        ("?from=2&to=2", "These are the same version"),
    ],
)
def test_a_question_that_has_no_answer_is_told_so(three: Argument, query: str, sentence: str) -> None:
    shown = page(three, query)
    assert sentence in shown
    assert '<section class="compared"' not in shown
    assert len(versions(shown)) == 3, "The history stands there all the same."


def test_an_argument_with_one_version_has_nothing_to_compare(scene: Scene) -> None:
    assert '<form class="compare-form"' not in page(scene.reason)
    assert scene.reason.claim in versions(page(scene.reason))[0]


def test_a_long_history_has_pages_and_misses_no_change(cast: Cast, scene: Scene) -> None:
    for number in range(2, 24):
        edit(cast.ada, scene.reason, pro(f"There are {number} cranes."))
    first, second, third = (page(scene.reason, f"?page={number}") for number in (1, 2, 3))
    assert [len(versions(one)) for one in (first, second, third)] == [10, 10, 3]
    assert "There are [13]{14} cranes." in versions(first)[-1], "What it changed stands on the next page."
    assert "There are [22]{23} cranes." in compared(page(scene.reason, "?page=3&from=22&to=23"))


# ------------------------------------------------------------------------------------------------ who sees what


def test_a_source_that_a_reader_may_not_see_is_in_no_change(cast: Cast, scene: Scene) -> None:
    book = cited(scene.rebuttal)
    cite_elsewhere(cast, scene, book)
    edit(cast.ben, scene.rebuttal, con(scene.rebuttal.claim))
    assert "No longer cited Marsh 1999, p. 12." in versions(page(scene.rebuttal))[0]
    Source.objects.filter(pk=book.pk).update(state=State.HIDDEN)
    for query in ("", "?from=1&to=2"):
        assert "Marsh" not in page(scene.rebuttal, query)
    assert "No longer cited Marsh 1999" in page(scene.rebuttal, client=signed_in(cast.cleo))


def test_where_only_such_a_source_was_changed_nothing_else_is_said(cast: Cast, scene: Scene) -> None:
    edit(
        cast.ada, scene.reason, pro(scene.reason.claim, topic_tags=("memory",), citations=(a_book("Gulls"),))
    )
    Source.objects.filter(title="Gulls").update(state=State.HIDDEN)
    assert "Nothing that is shown was changed." in versions(page(scene.reason, client=signed_in(cast.ben)))[0]


def test_the_history_of_what_may_not_be_read_is_not_found(cast: Cast, scene: Scene) -> None:
    Argument.objects.filter(pk=scene.reason.pk).update(state=State.HIDDEN)
    for query in ("", "?from=1&to=2"):
        address = reverse("history", args=[scene.reason.public_id]) + query
        assert signed_in(cast.ben).get(address).status_code == 404
        assert signed_in(cast.ada).get(address).status_code == 200


def test_the_page_of_an_argument_leads_to_its_history(scene: Scene) -> None:
    shown = Client().get(scene.reason.get_absolute_url()).content.decode()
    assert f'href="{reverse("history", args=[scene.reason.public_id])}"' in shown
