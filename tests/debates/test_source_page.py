"""The page of a source: who relies on it, where and on which side; and what a thesis rests on."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from debates.actions.moderating.hide import hide
from debates.actions.sources.check_citation import check_citation
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText, CitationText
from debates.bibliography.record import Record
from debates.models import Argument, Citation, LinkState, Source, State, Voice
from tests.conftest import Cast, Scene, a_book, con, pro, signed_in


def text_of(response: Any) -> str:
    """Return a page's text. Any: the test client's response."""
    return html.unescape(response.content.decode())


def the_book(scene: Scene) -> Source:
    """Return the source of the rebuttal."""
    return scene.rebuttal.citations.get().source


def page_of(source: Source) -> str:
    """Return what a visitor reads about a source."""
    return text_of(Client().get(source.get_absolute_url()))


def part_of(page: str, head: str) -> str:
    """Return the debate’s part of a page, found by its question."""
    return page.split(head)[1].split("</section>")[0]


def a_note(claim: str, **more: Any) -> ArgumentText:
    """Return the text of a note. Any: fields of ArgumentText."""
    return ArgumentText(claim=claim, kind=Argument.Kind.NOTE, **more)


# ---------------------------------------------------------------------------------------------------- who cites it


def test_citations_stand_by_debate_and_side_with_counts(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    cite = (CitationText(source=book),)
    post_argument(cast.ada, scene.thesis, pro("It says so.", citations=cite))
    post_argument(cast.ada, scene.thesis, a_note("A remark.", citations=cite))
    other = open_debate(cast.ada, "Should the gulls stay?", ["They should."])
    post_argument(cast.dan, other.arguments.get(), pro("The book likes gulls.", citations=(*cite, *cite)))
    page = page_of(book)
    assert "Cited by · 2 for · 1 against · 1 note" in page
    here = part_of(page, "Should the harbour keep its cranes?")
    assert "1 for · 1 against · 1 note" in here
    assert [here.index(claim) for claim in ("It says so.", "Half of the cranes", "A remark.")] == sorted(
        here.index(claim) for claim in ("It says so.", "Half of the cranes", "A remark.")
    ), "For stands first, then against, then notes."
    gulls = part_of(page, "Should the gulls stay?")
    assert "1 for · 0 against" in gulls, "An argument that cites it twice is one argument."
    assert gulls.count("The book likes gulls.") == 2


def test_who_relies_on_it_stands_once_with_a_count(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    for number in range(2):
        post_argument(
            cast.ada, scene.thesis, pro(f"Reason {number}.", citations=(CitationText(source=book),))
        )
    spoken = post_argument(cast.ben, scene.thesis, pro("Said aloud.", citations=(CitationText(source=book),)))
    Argument.objects.filter(pk=spoken.pk).update(
        voice=Voice.objects.create(slug="keeper", name="The keeper"), author=None
    )
    who = page_of(book).split("Who relies on it")[1]
    assert re.findall(r"<bdi>([^<]*)</bdi>", who)[:3] == ["ada", "ben", "The keeper"]
    assert "2 arguments" in who.split("ben")[0]
    assert '/members/ada/"' in who


def test_quotations_and_checks_are_said_in_words_and_shape(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    cited = scene.rebuttal.citations.get()
    check_citation(cast.ada, cited, "no", "Not there.")
    Citation.objects.filter(pk=cited.pk).update(quotation_state=Citation.Quotation.NOT_FOUND)
    page = page_of(book)
    assert '<span class="quotation-not-found">quotation not found</span>: 1' in page
    assert '<span class="doubted">checked, and doubted</span>: 1' in page
    assert 'class="quotation quotation-not-found"' in page
    assert "checked: 0 of 1 find it there" in page
    assert "The third crane fell." in page


def test_what_is_hidden_counts_nowhere_on_the_page(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    shown = post_argument(cast.ada, scene.thesis, pro("It says so.", citations=(CitationText(source=book),)))
    hide(cast.cleo, scene.rebuttal, "It insults.")
    page = page_of(book)
    assert "Cited by · 1 for · 0 against" in page
    assert "ben" not in page.split("Who relies on it")[1].split("</section>")[0]
    hide(cast.cleo, shown, "It insults.")
    assert "No argument that you can see cites this source." in text_of(
        signed_in(cast.cleo).get(book.get_absolute_url())
    )


def test_a_source_that_is_cited_very_often_comes_in_pages_with_all_counts(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    for number in range(110):
        post_argument(
            cast.ada, scene.thesis, pro(f"Reason {number}.", citations=(CitationText(source=book),))
        )
    first = page_of(book)
    second = text_of(Client().get(f"{book.get_absolute_url()}?page=2"))
    assert (first.count('<li class="citing-row'), second.count('<li class="citing-row')) == (100, 11)
    for page in (first, second):
        assert "110 for · 1 against" in part_of(page, "Should the harbour keep its cranes?")


# ---------------------------------------------------------------------------------------------------- the record


def test_it_says_what_is_missing_and_who_added_it(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    assert "This reference is incomplete" not in page_of(book)
    book.take(replace(book.record, authors=(), issued=()))
    book.incomplete = "The second edition is meant."
    book.save()
    page = page_of(book)
    assert "It wants the author or editor, the year." in page
    assert "The second edition is meant." in page
    assert "Added by <bdi>ben</bdi>" in page
    Source.objects.filter(pk=book.pk).update(added_by=None)
    assert "Added by the editors" in page_of(book)


def test_acts_are_offered_to_who_may(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    offered = {
        "visitor": page_of(book),
        **{
            who: text_of(signed_in(getattr(cast, who)).get(book.get_absolute_url()))
            for who in ("ada", "ben", "cleo")
        },
    }
    for route, allowed in (
        ("edit", {"ben", "cleo"}),
        ("relate", {"ben", "cleo"}),
        ("merge", {"cleo"}),
        ("history", {"visitor", "ada", "ben", "cleo"}),
    ):
        found = {who for who, page in offered.items() if f'{book.get_absolute_url()}{route}/"' in page}
        assert found == allowed, f"{route} is offered to {found}."


def test_a_retraction_is_said_first(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    Source.objects.filter(pk=book.pk).update(
        retraction_nature="Retraction", retraction_doi="10.1234/notice", retracted_on=date(2020, 5, 1)
    )
    page = page_of(book)
    banner = page.split('class="notice-of-retraction"')[1].split("</p>")[0]
    assert "This work has been retracted." in banner
    assert "1 May 2020" in banner
    assert 'href="https://doi.org/10.1234/notice"' in banner
    assert page.index("notice-of-retraction") < page.index('<dl class="record">')


@pytest.mark.parametrize(
    ("nature", "said"),
    [
        ("expression_of_concern", "Its publisher has expressed concern about this work."),
        ("Correction", "This work has been corrected."),
        ("Reinstatement", "has been reinstated since."),
        ("<b>odd</b>", "There is a notice about this work: <b>odd</b>."),
        ("", "There is a notice about this work."),
    ],
)
def test_other_notices_have_their_own_sentence(cast: Cast, scene: Scene, nature: str, said: str) -> None:
    book = the_book(scene)
    Source.objects.filter(pk=book.pk).update(retraction_nature=nature, retraction_doi="10.1234/notice")
    raw = Client().get(book.get_absolute_url()).content.decode()
    assert said in html.unescape(raw)
    assert "<b>odd" not in raw


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (LinkState.MOVED, "The page has moved."),
        (LinkState.BLOCKED, "The site does not let programs in; it may work for you."),
        (LinkState.FAILING, "The address did not answer lately; it may again."),
        (LinkState.GONE, "The page is gone."),
        (LinkState.SOFT_404, "The address answers, but the page seems to be gone."),
    ],
)
def test_the_state_of_the_address_is_said_in_words(cast: Cast, scene: Scene, state: str, said: str) -> None:
    book = the_book(scene)
    book.take(replace(book.record, url="https://example.org/cranes"))
    book.link_state = state
    book.save()
    assert said in page_of(book)


def test_where_the_page_moved_to_and_the_archived_copy_are_links(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    archived = "https://web.archive.org/web/2024/https://example.org/cranes"
    book.take(
        replace(
            book.record, url="https://example.org/cranes", archived_url=archived, archived_on="2024-05-02"
        )
    )
    book.link_state, book.link_target = LinkState.MOVED, "https://example.org/new"
    book.save()
    moved = page_of(book)
    assert 'href="https://example.org/new"' in moved
    assert "now at https://example.org/new" in moved
    Source.objects.filter(pk=book.pk).update(link_target="javascript:alert(1)")
    assert "javascript:" not in page_of(book), "An address that a program found is no link for that alone."
    Source.objects.filter(pk=book.pk).update(link_state=LinkState.GONE)
    gone = page_of(book)
    assert "Read the copy of 2024-05-02" in gone
    assert f'href="{archived}"' in gone


def test_every_field_is_escaped(cast: Cast, scene: Scene) -> None:
    nasty = "</script><script>alert(1)</script>\u202e"
    record = Record(
        type="article-journal",
        title=nasty,
        container=nasty,
        publisher=nasty,
        place=nasty,
        volume=nasty,
        pages=nasty,
        note=nasty,
        url=f"https://example.org/{nasty}",
        doi=f"10.1234/{nasty}",
        pmid=nasty,
        arxiv=nasty,
        archived_url=f"javascript:{nasty}",
        archived_on=nasty,
    )
    posted = post_argument(cast.ben, scene.thesis, pro("Nasty.", citations=(CitationText(record=record),)))
    source = posted.citations.get().source
    Source.objects.filter(pk=source.pk).update(
        incomplete=nasty,
        retraction_nature=nasty,
        retraction_doi=nasty[:100],
        link_state=LinkState.MOVED,
        link_target=nasty,
    )
    ben = signed_in(cast.ben)
    for address in (
        source.get_absolute_url(),
        f"{source.get_absolute_url()}edit/",
        f"{source.get_absolute_url()}history/",
        f"{source.get_absolute_url()}relate/",
        "/sources/",
    ):
        page = ben.get(address).content.decode()
        assert "<script>alert" not in page, f"{address} lets a script through."
        assert 'href="javascript:' not in page


# ------------------------------------------------------------------------------------------ what a thesis rests on


def test_a_thesis_that_rests_on_one_book_says_so(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    for number in range(8):
        post_argument(
            cast.ada, scene.thesis, pro(f"Reason {number}.", citations=(CitationText(source=book),))
        )
    for number in range(5):
        post_argument(cast.ada, scene.thesis, pro(f"Other {number}.", citations=(a_book(f"Book {number}"),)))
    said = "9 of 14 cited points rest on one book:"
    for address in (scene.thesis.get_absolute_url(), scene.debate.get_absolute_url()):
        page = text_of(Client().get(address))
        assert page.count(said) == 1, f"{address} must say it once, at the thesis."
        after = page.split(said)[1][:200]
        assert book.get_absolute_url() in after
    assert said not in text_of(Client().get(scene.reason.get_absolute_url()))


def test_one_web_site_and_two_works_have_their_own_sentences(cast: Cast, scene: Scene) -> None:
    for number in range(5):
        record = Record(type="webpage", title=f"Page {number}", url=f"https://www.example.org/{number}")
        post_argument(
            cast.ada, scene.thesis, pro(f"Reason {number}.", citations=(CitationText(record=record),))
        )
    assert "5 of 6 cited points rest on one web site: example.org" in re.sub(
        "<[^>]*>", "", text_of(Client().get(scene.thesis.get_absolute_url()))
    )
    other = open_debate(cast.ada, "And the gulls?", ["They stay."]).arguments.get()
    books = [post_argument(cast.ada, other, pro("A.", citations=(a_book("One"),))).citations.get().source]
    books.append(post_argument(cast.ada, other, pro("B.", citations=(a_book("Two"),))).citations.get().source)
    for source in books:
        post_argument(cast.ada, other, pro("Again.", citations=(CitationText(source=source),)))
    for number in range(2):
        post_argument(cast.ada, other, pro("Else.", citations=(a_book(f"Else {number}"),)))
    assert "4 of 6 cited points rest on two works:" in text_of(Client().get(other.get_absolute_url()))


def test_what_is_not_shown_to_all_does_not_count(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    posted = [
        post_argument(
            cast.ada, scene.thesis, pro(f"Reason {number}.", citations=(CitationText(source=book),))
        )
        for number in range(4)
    ]
    said = "5 of 5 cited points rest on one book:"
    assert said in text_of(Client().get(scene.thesis.get_absolute_url()))
    Argument.objects.filter(pk=posted[0].pk).update(state=State.WITHDRAWN)
    for client in (Client(), signed_in(cast.ada), signed_in(cast.cleo)):
        assert "cited points rest" not in text_of(client.get(scene.thesis.get_absolute_url())), (
            "The sentence is the same for everyone: it counts what everyone sees."
        )


def test_notes_make_no_point(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    for number in range(6):
        post_argument(
            cast.ada, scene.thesis, a_note(f"Remark {number}.", citations=(CitationText(source=book),))
        )
    assert "cited points rest" not in text_of(Client().get(scene.thesis.get_absolute_url()))


def test_the_answers_to_an_answer_count_for_the_thesis(cast: Cast, scene: Scene) -> None:
    book, under = the_book(scene), scene.rebuttal
    for number in range(4):
        under = post_argument(cast.ada, under, con(f"No, {number}.", citations=(CitationText(source=book),)))
    assert "5 of 5 cited points rest on one book:" in text_of(Client().get(scene.thesis.get_absolute_url()))
