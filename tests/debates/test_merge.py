"""Two records of one work become one: nothing is lost, the old address leads on, and all of it can be undone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debates.actions.arranging.placing import lock_tree
from debates.actions.moderating.hide import hide
from debates.actions.sources.attach_text import attach_text
from debates.actions.sources.merge_sources import merge_sources
from debates.actions.sources.relate_sources import part_sources, relate_sources
from debates.actions.sources.undo_merge import undo_merge
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import CitationText
from debates.bibliography.record import Name, Record
from debates.models import Citation, Debate, Document, LogEntry, Source, SourceMerge, SourceRelation
from debates.permissions import Refused
from debates.search import find_sources
from tests.conftest import Cast, Scene, a_book, con, pro, signed_in
from tests.debates.test_once import all_at_once, crowd  # noqa: F401  # a fixture
from tests.seeds.small import SMALL, load, seeded, write

REASON = "The same book twice."


def a_source(cast: Cast, scene: Scene, title: str = "Cranes of the harbor", **more: Any) -> Source:
    """Return a second record, cited once by Ada, with a quotation. Any: fields of a record."""
    record = Record(type="book", title=title, authors=(Name("Marsh", "Lena"),), issued=(1999,), **more)
    text = CitationText(record=record, locator_label="page", locator="7", quotation="The first crane stood.")
    argument = post_argument(cast.ada, scene.thesis, pro(f"As {title} says.", citations=(text,)))
    return argument.citations.get().source


def the_book(scene: Scene) -> Source:
    """Return the source of the rebuttal."""
    return scene.rebuttal.citations.get().source


def text_of(response: Any) -> str:
    """Return a page's text. Any: the test client's response."""
    return str(response.content.decode())


# ------------------------------------------------------------------------------------------------ what it does


def test_all_citations_and_debates_move_and_the_address_leads_on(cast: Cast, scene: Scene) -> None:
    kept, gone = the_book(scene), a_source(cast, scene)
    grown = open_debate(cast.ada, "What became of them?", ["They fell."], article=CitationText(source=gone))
    merge_sources(cast.cleo, gone, kept, REASON)
    assert kept.citations.count() == 2
    assert not gone.citations.exists()
    assert Debate.objects.get(pk=grown.pk).article == kept
    answer = Client().get(gone.get_absolute_url())
    assert (answer.status_code, answer.headers["Location"]) == (302, kept.get_absolute_url()), (
        "Who kept the old address must arrive; 302, because a merge can be undone."
    )
    for route in ("history", "edit", "relate", "merge", "text"):
        answer = signed_in(cast.cleo).get(f"{gone.get_absolute_url()}{route}/")
        assert answer.headers["Location"] == f"{kept.get_absolute_url()}{route}/"


def test_a_merged_source_stands_in_no_list(cast: Cast, scene: Scene) -> None:
    kept, gone = the_book(scene), a_source(cast, scene)
    merge_sources(cast.cleo, gone, kept, REASON)
    assert "Cranes of the harbor<" not in text_of(Client().get("/sources/"))
    assert "cited 2 times" in text_of(Client().get("/sources/"))
    assert "Cranes of the harbor<" not in text_of(Client().get("/search/?q=cranes"))


def test_the_old_address_tells_nothing_of_a_source_that_is_hidden(cast: Cast, scene: Scene) -> None:
    kept, gone = the_book(scene), a_source(cast, scene)
    merge_sources(cast.cleo, gone, kept, REASON)
    hide(cast.cleo, kept, "It is made up.")
    assert Client().get(gone.get_absolute_url()).status_code == 404, "A redirect would say that it is there."
    assert signed_in(cast.cleo).get(gone.get_absolute_url()).status_code == 302


def test_what_named_the_other_record_names_the_one_that_stays(cast: Cast, scene: Scene) -> None:
    kept, gone = the_book(scene), a_source(cast, scene, doi="10.1234/cranes")
    merge = merge_sources(cast.cleo, gone, kept, REASON)
    assert list(find_sources("10.1234/cranes", cast.ada)) == [kept], (
        "Whoever pastes the DOI of the record that is gone would add the work a third time."
    )
    assert list(Source.objects.to_cite(cast.ada).same_work(gone.record)) == [kept]
    undo_merge(cast.cleo, merge, "They are two.")
    assert list(find_sources("10.1234/cranes", cast.ada)) == [gone]


def test_the_log_says_who_and_why_and_whoever_added_it_is_told(cast: Cast, scene: Scene) -> None:
    gone = a_source(cast, scene)
    merge = merge_sources(cast.cleo, gone, the_book(scene), REASON)
    entry = LogEntry.objects.get(act=LogEntry.Act.MERGE_SOURCES)
    assert (entry.item_id, entry.reason, entry.actor_name) == (gone.public_id, REASON, "cleo")
    ada = signed_in(cast.ada)
    page = text_of(ada.get("/notices/"))
    assert "A moderator merged a source that you added" in page
    assert REASON in page
    undo_merge(cast.cleo, merge, "They are two.")
    assert "A moderator undid the merge of a source that you added." in text_of(ada.get("/notices/"))
    assert LogEntry.objects.get(act=LogEntry.Act.UNDO_MERGE).reason == "They are two."


@pytest.mark.parametrize("who", ["ada", "dan"])
def test_only_moderators_merge(cast: Cast, scene: Scene, who: str) -> None:
    member, gone = getattr(cast, who), a_source(cast, scene)
    with pytest.raises(Refused):
        merge_sources(member, gone, the_book(scene), REASON)
    assert signed_in(member).get(f"{gone.get_absolute_url()}merge/").status_code == 403
    assert Client().get(f"{gone.get_absolute_url()}merge/").status_code == 302
    merge = merge_sources(cast.cleo, gone, the_book(scene), REASON)
    with pytest.raises(Refused):
        undo_merge(member, merge, REASON)
    assert signed_in(member).post(f"/merges/{merge.pk}/undo/", {"reason": "x"}).status_code == 403
    assert gone.merges_from.filter(undone_at=None).exists()


def test_without_a_reason_nothing_is_merged(cast: Cast, scene: Scene) -> None:
    gone = a_source(cast, scene)
    with pytest.raises(Refused) as refusal:
        merge_sources(cast.cleo, gone, the_book(scene), "  ")
    assert refusal.value.field == "reason"
    assert gone.citations.count() == 1


def test_a_source_is_not_merged_into_itself_nor_twice(cast: Cast, scene: Scene) -> None:
    book, gone, third = the_book(scene), a_source(cast, scene), a_source(cast, scene, "Cranes again")
    with pytest.raises(Refused):
        merge_sources(cast.cleo, book, book, REASON)
    merge_sources(cast.cleo, gone, book, REASON)
    for one, other in ((gone, third), (third, gone), (book, gone)):
        with pytest.raises(Refused) as refusal:
            merge_sources(cast.cleo, one, other, REASON)
        assert refusal.value.status == 409


@pytest.mark.parametrize("which", ["gone", "kept"])
def test_what_is_hidden_is_not_merged(cast: Cast, scene: Scene, which: str) -> None:
    pair = {"kept": the_book(scene), "gone": a_source(cast, scene)}
    hide(cast.cleo, pair[which], "It is made up.")
    with pytest.raises(Refused, match="hidden"):
        merge_sources(cast.cleo, pair["gone"], pair["kept"], REASON)


def test_the_text_goes_along_where_there_is_one(cast: Cast, scene: Scene) -> None:
    kept, gone = the_book(scene), a_source(cast, scene)
    attach_text(
        cast.ada, gone, "The first crane stood. Then the third crane fell.", Document.Reading.EVERYONE, ""
    )
    # The rebuttal quotes “The third crane fell.”; no text of the book was here to look into.
    assert scene.rebuttal.citations.get().quotation_state == Citation.Quotation.NO_TEXT
    merge = merge_sources(cast.cleo, gone, kept, REASON)
    assert Document.objects.get().source == kept
    assert scene.rebuttal.citations.get().quotation_state == Citation.Quotation.FOUND
    undo_merge(cast.cleo, merge, "They are two.")
    assert Document.objects.get().source == gone
    assert scene.rebuttal.citations.get().quotation_state == Citation.Quotation.NO_TEXT


def test_a_text_that_was_attached_since_stays_where_it_was_attached(cast: Cast, scene: Scene) -> None:
    kept, gone = the_book(scene), a_source(cast, scene)
    attach_text(cast.ada, gone, "The first crane stood.", Document.Reading.EVERYONE, "")
    merge = merge_sources(cast.cleo, gone, kept, REASON)
    attach_text(cast.cleo, kept, "Another text altogether.", Document.Reading.EVERYONE, "")
    undo_merge(cast.cleo, merge, "They are two.")
    assert Document.objects.get().source == kept


@pytest.mark.parametrize("words", ["The first crane stood.", "Nothing of the kind."])
def test_what_was_said_of_a_quotation_is_said_again(cast: Cast, scene: Scene, words: str) -> None:
    """Found in the other's text and not in its own, a quotation would otherwise seem to stand in a text that changed."""
    kept, gone = the_book(scene), a_source(cast, scene)
    attach_text(cast.ada, gone, words, Document.Reading.EVERYONE, "")
    attach_text(cast.ben, kept, "It says: The first crane stood.", Document.Reading.EVERYONE, "")
    before = gone.citations.get().quotation_state
    merge = merge_sources(cast.cleo, gone, kept, REASON)
    assert kept.citations.get(argument__author=cast.ada).quotation_state == Citation.Quotation.FOUND
    undo_merge(cast.cleo, merge, "They are two.")
    assert gone.citations.get().quotation_state == before


def test_a_text_that_arguments_come_from_is_not_left_behind(cast: Cast, scene: Scene) -> None:
    kept, gone = the_book(scene), a_source(cast, scene)
    attach_text(cast.ada, gone, "The first crane stood.", Document.Reading.EVERYONE, "")
    Document.objects.filter(source=gone).update(layout={"lines": []})
    attach_text(cast.ben, kept, "The third crane fell.", Document.Reading.EVERYONE, "")
    with pytest.raises(Refused, match="Both have a text"):
        merge_sources(cast.cleo, gone, kept, REASON)
    merge_sources(cast.cleo, kept, gone, REASON)
    assert Document.objects.get(source=gone).layout


# --------------------------------------------------------------------------------------------------- undoing it


def test_undoing_gives_back_what_was_moved_and_leaves_what_came_since(cast: Cast, scene: Scene) -> None:
    kept, gone = the_book(scene), a_source(cast, scene)
    merge = merge_sources(cast.cleo, gone, kept, REASON)
    since = post_argument(cast.dan, scene.thesis, pro("Cited since.", citations=(CitationText(source=kept),)))
    assert undo_merge(cast.cleo, merge, "They are two.")
    assert not undo_merge(cast.cleo, merge, "They are two."), "The second click finds nothing to do."
    assert gone.citations.count() == 1
    assert since.citations.get().source == kept
    assert Client().get(gone.get_absolute_url()).status_code == 200


def test_of_two_merges_in_a_row_the_later_is_undone_first(cast: Cast, scene: Scene) -> None:
    first, second, third = the_book(scene), a_source(cast, scene), a_source(cast, scene, "Cranes again")
    inner = merge_sources(cast.cleo, first, second, REASON)
    outer = merge_sources(cast.cleo, second, third, REASON)
    assert Client().get(first.get_absolute_url()).headers["Location"] == third.get_absolute_url()
    with pytest.raises(Refused, match="undo that merge first"):
        undo_merge(cast.cleo, inner, "They are two.")
    undo_merge(cast.cleo, outer, "They are two.")
    undo_merge(cast.cleo, inner, "They are two.")
    assert [one.citations.count() for one in (first, second, third)] == [1, 1, 1]


def test_an_edit_from_a_form_that_was_opened_before_the_merge_keeps_row_and_checks(
    cast: Cast, scene: Scene
) -> None:
    kept, gone = a_source(cast, scene), the_book(scene)
    cited = scene.rebuttal.citations.get()
    merge_sources(cast.cleo, gone, kept, REASON)
    text = con(
        "Half of the cranes came from elsewhere, says the harbour master.",
        rebuttal_tags=("factual-error",),
        citations=(CitationText(source=gone, locator_label="page", locator="12", quotation=cited.quotation),),
    )
    edit_argument(cast.ben, scene.rebuttal, text, 1)
    now = scene.rebuttal.citations.get()
    assert now.source == kept, "A citation must never hang on a record that is gone."
    assert now.pk == cited.pk, "Its row stays, with the checks of members."


def test_a_citation_posted_by_an_old_form_hangs_on_the_record_that_stands(cast: Cast, scene: Scene) -> None:
    first, second, third = the_book(scene), a_source(cast, scene), a_source(cast, scene, "Cranes again")
    merge_sources(cast.cleo, first, second, REASON)
    merge_sources(cast.cleo, second, third, REASON)
    posted = post_argument(cast.dan, scene.thesis, pro("Late.", citations=(CitationText(source=first),)))
    assert posted.citations.get().source == third
    debate = open_debate(cast.ada, "And now?", ["Now."], article=CitationText(source=first))
    assert debate.article == third


def test_what_an_argument_cited_stays_in_its_history(cast: Cast, scene: Scene) -> None:
    merge_sources(cast.cleo, the_book(scene), a_source(cast, scene), REASON)
    page = text_of(Client().get(f"{scene.rebuttal.get_absolute_url()}history/"))
    assert "Marsh 1999" in page, "The citation is of a work that can still be read, under another address."


# -------------------------------------------------------------------------------------------------- its pages


def test_the_page_offers_what_seems_the_same_and_shows_both(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    twin = a_source(cast, scene, book.title)
    a_source(cast, scene, "Gulls of the quay")
    cleo = signed_in(cast.cleo)
    address = f"{twin.get_absolute_url()}merge/"
    offered = text_of(cleo.get(address))
    assert f"?other={book.public_id}" in offered, "Title, year and first author are the same."
    assert "Gulls" not in offered
    for written in (book.public_id, book.get_absolute_url(), f"http://testserver{book.get_absolute_url()}"):
        page = text_of(cleo.get(address, {"other": written}))
        assert page.count("Cranes of the harbour") >= 2
        assert f'value="{twin.public_id}" required' in page.replace(" checked", "")
    for wrong in ("nothing", "javascript:alert(1)", twin.public_id, "\0", "x" * 200):
        assert 'class="wrong"' in text_of(cleo.get(address, {"other": wrong}))


def test_merging_and_undoing_on_the_pages(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    twin, cleo = a_source(cast, scene, book.title), signed_in(cast.cleo)
    address = f"{twin.get_absolute_url()}merge/"
    form = {"other": book.public_id, "kept": book.public_id}
    bare = cleo.post(address, form)
    assert bare.status_code == 422
    assert "Give a reason" in text_of(bare)
    answer = cleo.post(address, {**form, "reason": REASON})
    assert (answer.status_code, answer.headers["Location"]) == (302, book.get_absolute_url())
    merge = SourceMerge.objects.get()
    assert (merge.gone, merge.kept) == (twin, book)
    history = text_of(cleo.get(f"{book.get_absolute_url()}history/"))
    assert REASON in history
    assert f"/merges/{merge.pk}/undo/" in history
    assert "Undo this merge" not in text_of(Client().get(f"{book.get_absolute_url()}history/"))
    assert cleo.get(f"/merges/{merge.pk}/undo/").status_code == 200
    assert cleo.post(f"/merges/{merge.pk}/undo/", {"reason": ""}).status_code == 422
    assert cleo.post(f"/merges/{merge.pk}/undo/", {"reason": "They are two."}).status_code == 302
    both = text_of(Client().get(f"{twin.get_absolute_url()}history/"))
    assert "They are two." in both, "Either page says that the two were one for a while."
    assert cleo.post(f"/merges/{merge.pk}/undo/", {"reason": "Again."}).status_code == 302
    assert cleo.get("/merges/999999/undo/").status_code == 404


def test_a_form_sent_after_a_colleagues_merge_is_told(cast: Cast, scene: Scene) -> None:
    book, twin, third = the_book(scene), a_source(cast, scene), a_source(cast, scene, "Cranes again")
    merge_sources(cast.cleo, third, book, REASON)
    answer = signed_in(cast.cleo).post(
        f"{twin.get_absolute_url()}merge/",
        {"other": third.public_id, "kept": third.public_id, "reason": REASON},
    )
    assert answer.status_code == 422, "The record that was to stay is gone, and what stands is another."
    assert not twin.merges_from.exists()


# ------------------------------------------------------------------------------------------- related, not merged


def test_a_preprint_and_its_publication_stand_on_both_pages(cast: Cast, scene: Scene) -> None:
    book, preprint = the_book(scene), a_source(cast, scene, "A preprint")
    ada = signed_in(cast.ada)
    address = f"{preprint.get_absolute_url()}relate/"
    assert ada.post(address, {"kind": "preprint"}).status_code == 422
    assert ada.post(address, {"kind": "preprint", "other": book.public_id}).status_code == 302
    assert "A preprint of" in text_of(Client().get(preprint.get_absolute_url()))
    assert "Has a preprint:" in text_of(Client().get(book.get_absolute_url()))
    back = signed_in(cast.ben).post(
        f"{book.get_absolute_url()}relate/", {"kind": "edition", "other": preprint.public_id}
    )
    assert back.status_code == 409, "The two are related already."
    relation = SourceRelation.objects.get()
    assert (
        signed_in(cast.ben).post(f"{book.get_absolute_url()}relate/", {"part": relation.pk}).status_code
        == 403
    )
    for _click in range(2):
        assert ada.post(address, {"part": relation.pk}).status_code == 302
    assert not SourceRelation.objects.exists()
    assert ada.post(address, {"part": "nothing"}).status_code == 302


def test_who_did_not_add_a_source_does_not_relate_it(cast: Cast, scene: Scene) -> None:
    book, other = the_book(scene), a_source(cast, scene)
    with pytest.raises(Refused):
        relate_sources(cast.dan, book, other, "preprint")
    assert signed_in(cast.dan).get(f"{book.get_absolute_url()}relate/").status_code == 403
    assert relate_sources(cast.cleo, book, other, "preprint")
    assert not relate_sources(cast.cleo, book, other, "preprint")
    assert relate_sources(cast.cleo, book, other, "edition")
    with pytest.raises(Refused):
        relate_sources(cast.cleo, book, book, "edition")
    with pytest.raises(Refused):
        relate_sources(cast.cleo, book, other, "cousin")
    with pytest.raises(Refused):
        part_sources(cast.dan, SourceRelation.objects.get())


def test_a_relation_follows_a_merge_and_comes_back(cast: Cast, scene: Scene) -> None:
    book, twin, preprint = the_book(scene), a_source(cast, scene), a_source(cast, scene, "A preprint")
    relate_sources(cast.cleo, preprint, twin, "preprint")
    merge = merge_sources(cast.cleo, twin, book, REASON)
    assert "Has a preprint:" in text_of(Client().get(book.get_absolute_url()))
    assert book.get_absolute_url() in text_of(Client().get(preprint.get_absolute_url()))
    undo_merge(cast.cleo, merge, "They are two.")
    assert "Has a preprint:" not in text_of(Client().get(book.get_absolute_url()))
    assert "Has a preprint:" in text_of(Client().get(twin.get_absolute_url()))
    merge_sources(cast.cleo, preprint, twin, REASON)
    assert "Related works" not in text_of(Client().get(twin.get_absolute_url())), (
        "Nothing is a preprint of itself."
    )


def test_a_hidden_work_is_not_named_as_related(cast: Cast, scene: Scene) -> None:
    book, preprint = the_book(scene), a_source(cast, scene, "A preprint")
    relate_sources(cast.cleo, preprint, book, "preprint")
    hide(cast.cleo, preprint, "It is made up.")
    assert preprint.get_absolute_url() not in text_of(Client().get(book.get_absolute_url()))
    assert preprint.get_absolute_url() in text_of(signed_in(cast.cleo).get(book.get_absolute_url()))


# -------------------------------------------------------------------------------------------- at the same time


def test_of_two_merges_the_other_way_round_at_once_one_holds(crowd: tuple[Cast, Scene]) -> None:  # noqa: F811  # the fixture
    cast, scene = crowd

    def merge(gone: Source, kept: Source) -> str:
        try:
            merge_sources(cast.cleo, gone, kept, REASON)
        except Refused as refusal:
            return str(refusal.status)
        return "merged"

    for _round in range(5):
        one, other = a_source(cast, scene), a_source(cast, scene, "Cranes again")
        outcomes = all_at_once([partial(merge, one, other), partial(merge, other, one)])
        assert sorted(outcomes) == ["409", "merged"], f"Two moderators, one outcome: {outcomes}"
        kept = Source.objects.get(pk__in=[one.pk, other.pk], merged_into=None)
        assert kept.citations.count() == 2, "Nothing that was cited is lost."


def test_citations_posted_during_a_merge_hang_on_what_stands(crowd: tuple[Cast, Scene]) -> None:  # noqa: F811  # the fixture
    cast, scene = crowd
    gone, kept = a_source(cast, scene), the_book(scene)
    debate = open_debate(cast.ada, "Grown from it?", ["It is."], article=CitationText(source=gone))
    thesis = debate.arguments.get()

    def post(number: int) -> None:
        under = thesis if number % 2 else scene.thesis
        post_argument(cast.ada, under, pro(f"Number {number}.", citations=(CitationText(source=gone),)))

    def edit() -> None:
        text = con(
            "Said anew.", rebuttal_tags=("factual-error",), citations=(CitationText(source=kept), a_book())
        )
        edit_argument(cast.ben, scene.rebuttal, text, 1)

    def merge() -> None:
        merge_sources(cast.cleo, gone, kept, REASON)

    posts = [partial(post, number) for number in range(8)]
    jobs: list[Callable[[], None]] = [*posts[:4], merge, *posts[4:], edit]
    all_at_once(jobs)
    assert not Citation.objects.filter(source__merged_into__isnull=False).exists(), (
        "A citation that was posted in the very moment of the merge hangs on a record that is gone."
    )
    assert kept.citations.count() == 10
    assert Debate.objects.get(pk=debate.pk).article == kept


def test_a_merge_waits_for_a_post_that_is_not_through_and_takes_its_citation_along(
    crowd: tuple[Cast, Scene],  # noqa: F811  # the fixture
) -> None:
    """The order that a race hits once in a thousand: the post has chosen its source, the merge comes, the post ends."""
    cast, scene = crowd
    gone, kept = a_source(cast, scene), the_book(scene)

    def merge() -> None:
        merge_sources(cast.cleo, gone, kept, REASON)
        connection.close()

    with transaction.atomic():
        posted = post_argument(cast.dan, scene.thesis, pro("Late.", citations=(CitationText(source=gone),)))
        thread = Thread(target=merge)
        thread.start()
        thread.join(0.3)
        assert thread.is_alive(), "The merge must wait for whoever holds the source."
    thread.join(20)
    assert posted.citations.get().source == kept


def test_a_merge_locks_no_debate_in_which_its_sources_are_only_cited(
    crowd: tuple[Cast, Scene],  # noqa: F811  # the fixture
) -> None:
    """Whoever answers locks the debate, then the sources; a merge that did it the other way round would deadlock."""
    cast, scene = crowd
    gone, kept = a_source(cast, scene), the_book(scene)

    def merge() -> None:
        merge_sources(cast.cleo, gone, kept, REASON)
        connection.close()

    one_lock_for_all = connection.vendor == "sqlite"
    with transaction.atomic():
        lock_tree(scene.debate.pk)
        thread = Thread(target=merge)
        thread.start()
        thread.join(0.3 if one_lock_for_all else 10)
        assert thread.is_alive() == one_lock_for_all, (
            "The merge waits for an answer that has nothing to do with it."
        )
    thread.join(20)
    assert kept.citations.count() == 2


# ---------------------------------------------------------------------------------------- any order of any acts

SOURCES = 5


def state_of_all() -> dict[str, Any]:
    """Return everything that a merge may touch. Any: values of columns."""
    return {
        "citations": list(
            Citation.objects.order_by("pk").values_list(
                "pk", "source", "quotation_state", "quotation_text", "position", "quotation"
            )
        ),
        "debates": list(Debate.objects.order_by("pk").values_list("pk", "article")),
        "documents": list(Document.objects.order_by("pk").values_list("pk", "source", "digest")),
        "sources": list(Source.objects.order_by("pk").values_list("pk", "merged_into", "data", "title")),
        "keys": sorted(
            Source.objects.filter(keys__isnull=False).values_list("pk", "keys__kind", "keys__value")
        ),
    }


@pytest.fixture
def library(cast: Cast, scene: Scene) -> tuple[Cast, list[Source]]:
    """Give five records, some with a text, some the article of a debate, each cited and quoted."""
    made = [a_source(cast, scene, f"Book {number}", doi=f"10.1234/{number}") for number in range(SOURCES)]
    for number, source in enumerate(made):
        open_debate(cast.ada, f"Grown from {number}?", ["It grew."], article=CitationText(source=source))
        if number % 2:
            words = "The first crane stood." if number == 1 else "Nothing of the kind."
            attach_text(cast.cleo, source, f"{words} Number {number}.", Document.Reading.EVERYONE, "")
    return cast, made


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(
        st.tuples(st.booleans(), st.integers(0, SOURCES - 1), st.integers(0, SOURCES - 1)), max_size=12
    )
)
def test_after_undoing_all_everything_stands_as_at_first(
    library: tuple[Cast, list[Source]], acts: list[tuple[bool, int, int]]
) -> None:
    cast, sources = library
    with transaction.atomic():
        before = state_of_all()
        cited = {pk: None for pk, *_rest in before["citations"]}
        for undo, one, other in acts:
            active = list(SourceMerge.objects.filter(undone_at=None).order_by("pk"))
            with suppress(Refused):
                if undo and active:
                    undo_merge(cast.cleo, active[one % len(active)], "They are two.")
                else:
                    merge_sources(cast.cleo, sources[one], sources[other], REASON)
            now = Citation.objects.select_related("source").order_by("pk")
            assert {one.pk: None for one in now} == cited, "A citation was lost or made."
            assert all(one.source.merged_into_id is None for one in now), (
                "One hangs on a record that is gone."
            )
            assert not Debate.objects.filter(article__merged_into__isnull=False).exists()
            for source in Source.objects.exclude(merged_into=None):
                assert source.standing.merged_into_id is None
        while merges := list(SourceMerge.objects.filter(undone_at=None).order_by("-pk")):
            undo_merge(cast.cleo, merges[0], "They are two.")
        assert state_of_all() == before, "Undoing must give back exactly what was there."
        transaction.set_rollback(True)


def test_loading_the_seeds_again_leaves_a_merge(cast: Cast, tmp_path: Path) -> None:
    folder = write(tmp_path, cranes=SMALL)
    load(folder)
    count, letter = Source.objects.get(isbn="9780306406157"), Source.objects.get(title="Keep the cranes")
    kept = [Source(added_by=cast.ada) for _ in range(2)]
    for number, source in enumerate(kept):
        source.take(Record(type="book", title=f"The record that stays, {number}"))
        source.save()
    merges = [
        merge_sources(cast.cleo, count, kept[0], REASON),
        merge_sources(cast.cleo, letter, kept[1], REASON),
    ]
    for text in (
        SMALL,
        SMALL.replace("name their makers", "name every maker"),
        SMALL.replace("1999-05-04", "1999"),
    ):
        load(write(tmp_path, cranes=text))
        assert seeded("foreign").citations.get().source == kept[0], "A seed must not part what was merged."
        assert Debate.objects.get(slug="harbour-cranes").article == kept[1]
        assert Document.objects.get().source == kept[1]
    for merge in merges:
        undo_merge(cast.cleo, merge, "They are two.")
    assert Document.objects.get().source == letter
    assert Debate.objects.get(slug="harbour-cranes").article == letter
