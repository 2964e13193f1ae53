"""The library: searched and sifted; a record mended by who may, with every version kept."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from debates.actions.moderating.hide import hide
from debates.actions.sources.edit_source import edit_source
from debates.actions.sources.merge_sources import merge_sources
from debates.actions.sources.relate_sources import relate_sources
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import CitationText
from debates.bibliography.record import TYPES, Name, Record, record_from_csl
from debates.forms.source import ASKED, FIELD_ORDER, SourceForm, read_record, shown_in_form
from debates.models import LinkState, LogEntry, Source, SourceRevision
from debates.permissions import Refused
from forum.accounts.models import User
from tests.architecture.test_words import pretended, untranslated  # noqa: F401  # a fixture
from tests.conftest import Cast, Scene, a_book, pro, signed_in
from tests.debates.test_once import all_at_once, crowd  # noqa: F401  # a fixture


def text_of(response: Any) -> str:
    """Return a page's text. Any: the test client's response."""
    return str(response.content.decode())


def the_book(scene: Scene) -> Source:
    """Return the source of the rebuttal, which Ben added and alone cites."""
    return scene.rebuttal.citations.get().source


def cited(cast: Cast, scene: Scene, record: Record, times: int = 1) -> Source:
    """Return a source that Ada cites some times."""
    source: Source | None = None
    for number in range(times):
        text = CitationText(record=record) if source is None else CitationText(source=source)
        posted = post_argument(
            cast.ada, scene.thesis, pro(f"As {record.title}, {number}.", citations=(text,))
        )
        source = posted.citations.get().source
    assert source is not None
    return source


def titles(page: str) -> list[str]:
    """Return the titles of a list of sources, in order."""
    items = page.split('<ol class="source-list">')[1].split("</ol>")[0]
    return [
        html.unescape(found) for found in re.findall(r'<li>.*?<a href="[^"]*" dir="auto">([^<]*)</a>', items)
    ]


# -------------------------------------------------------------------------------------------------- the library


def test_the_most_cited_stand_first(cast: Cast, scene: Scene) -> None:
    cited(cast, scene, Record(type="book", title="Gulls"), times=3)
    cited(cast, scene, Record(type="book", title="Ropes"), times=2)
    assert titles(text_of(Client().get("/sources/"))) == ["Gulls", "Ropes", "Cranes of the harbour"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("gulls", ["Gulls of the quay"]),
        ("GULL quays", ["Gulls of the quay"]),
        ("ostrom", ["Gulls of the quay"]),
        ("10.1234/gulls", ["Gulls of the quay"]),
        ("https://doi.org/10.1234/GULLS", ["Gulls of the quay"]),
        ("elephants", []),
        ("\0", ["Cranes of the harbour", "Gulls of the quay"]),
        ("'; DROP TABLE", []),
    ],
)
def test_it_is_searched(cast: Cast, scene: Scene, query: str, found: list[str]) -> None:
    cited(
        cast,
        scene,
        Record(
            type="book", title="Gulls of the quay", authors=(Name("Ostrom", "Vera"),), doi="10.1234/gulls"
        ),
    )
    page = text_of(Client().get("/sources/", {"q": query}))
    assert sorted(titles(page)) == found
    if not found:
        assert "No source holds all this." in page


def test_the_library_is_the_same_for_everyone(cast: Cast, scene: Scene) -> None:
    own = Source(added_by=cast.ada)
    own.take(Record(type="book", title="Gulls that nobody cites"))
    own.save()
    assert "Gulls" not in text_of(signed_in(cast.ada).get("/sources/", {"q": "gulls"}))


def test_it_is_sifted_with_counts(cast: Cast, scene: Scene) -> None:
    assert "?incomplete=1" not in text_of(Client().get("/sources/")), "A filter without a hit is no help."
    wanting = cited(cast, scene, Record(type="book", title="Wanting"))
    Source.objects.filter(pk=wanting.pk).update(incomplete="The year is not known.")
    gone = cited(cast, scene, Record(type="webpage", title="Lost", url="https://example.org/lost"))
    Source.objects.filter(pk=gone.pk).update(link_state=LinkState.GONE)
    taken = cited(cast, scene, Record(type="article-journal", title="Taken back"))
    Source.objects.filter(pk=taken.pk).update(retraction_nature="Retraction", retracted_on=date(2020, 5, 1))
    page = text_of(Client().get("/sources/"))
    for name in ("incomplete", "retracted", "gone"):
        assert f"{name}=1" in page
    assert page.count("(1)") == 3
    assert "All sources (4)" in page.replace("</a>", "")
    assert titles(text_of(Client().get("/sources/?incomplete=1"))) == ["Wanting"]
    assert titles(text_of(Client().get("/sources/?gone=1"))) == ["Lost"]
    retracted = text_of(Client().get("/sources/?retracted=1"))
    assert titles(retracted) == ["Taken back"]
    assert "This work has been retracted." in retracted
    assert titles(text_of(Client().get("/sources/?gone=1&q=cranes"))) == []


def test_what_a_record_wants_stands_in_the_list(cast: Cast, scene: Scene) -> None:
    cited(cast, scene, Record(type="article-journal", title="Bare"))
    assert "It wants the author, the year, the journal" in text_of(Client().get("/sources/?q=bare"))


def test_the_second_page_of_a_search_searches(cast: Cast, scene: Scene) -> None:
    for number in range(55):
        cited(cast, scene, Record(type="book", title=f"Rope {number:02d}"))
    page = text_of(Client().get("/sources/?q=rope&page=2"))
    assert titles(page) == [f"Rope {number}" for number in range(50, 55)]
    assert "q=rope&amp;page=1" in page


# -------------------------------------------------------------------------------------------- who mends a record


def a_form(source: Source, **more: str) -> dict[str, str]:
    """Return what the browser sends for a source's record as it stands, with changes."""
    last = source.revisions.order_by("-number").first()
    return {
        **shown_in_form(source.record),
        "incomplete": source.incomplete,
        "seen": str(last.number if last else 0),
        **more,
    }


def edit_address(source: Source) -> str:
    """Return the address of the form."""
    return f"{source.get_absolute_url()}edit/"


@pytest.mark.parametrize("how", ["cites", "opens a debate"])
def test_who_added_a_source_mends_it_while_nobody_else_relies_on_it(
    cast: Cast, scene: Scene, how: str
) -> None:
    book, ben = the_book(scene), signed_in(cast.ben)
    assert "Mend this record" in text_of(ben.get(book.get_absolute_url()))
    answer = ben.post(
        edit_address(book), a_form(book, title="Cranes of the old harbour", reason="Title page.")
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, book.get_absolute_url())
    book.refresh_from_db()
    assert book.title == "Cranes of the old harbour"
    assert not LogEntry.objects.exists(), "The log is of what moderators do."
    last = book.revisions.order_by("number").last()
    assert last is not None
    assert (last.number, last.editor_name, last.note) == (2, "ben", "Title page.")
    if how == "cites":
        post_argument(cast.ada, scene.thesis, pro("Me too.", citations=(CitationText(source=book),)))
    else:
        open_debate(cast.ada, "And now?", ["Now."], article=CitationText(source=book))
    assert "Mend this record" not in text_of(ben.get(book.get_absolute_url()))
    late = ben.post(edit_address(book), a_form(book, title="Something else altogether"))
    assert late.status_code == 403
    assert "Something else altogether" in text_of(late), "What was typed comes back."
    book.refresh_from_db()
    assert book.title == "Cranes of the old harbour", "What others cite must not be changed under their feet."


@pytest.mark.parametrize("who", ["ada", "dan"])
def test_nobody_else_mends_it(cast: Cast, scene: Scene, who: str) -> None:
    book, member = the_book(scene), signed_in(getattr(cast, who))
    assert member.get(edit_address(book)).status_code == 403
    assert member.post(edit_address(book), a_form(book, title="Mine")).status_code == 403
    assert Client().get(edit_address(book)).status_code == 302
    book.refresh_from_db()
    assert book.title == "Cranes of the harbour"


def test_who_alone_cites_a_source_of_somebody_else_does_not_mend_it(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    scene.rebuttal.citations.all().delete()
    post_argument(cast.ada, scene.thesis, pro("Mine alone.", citations=(CitationText(source=book),)))
    with pytest.raises(Refused, match="Only the one who added"):
        edit_source(cast.ada, book, replace(book.record, title="Mine"), "", "")


def test_what_a_visitor_typed_is_there_after_signing_in(cast: Cast, scene: Scene) -> None:
    book, client = the_book(scene), Client()
    assert client.post(edit_address(book), a_form(book, title="Typed before")).status_code == 302
    client.force_login(cast.ben)
    assert "Typed before" in text_of(client.get(edit_address(book)))


def test_a_moderator_gives_a_reason_that_the_log_shows(cast: Cast, scene: Scene) -> None:
    book, cleo = the_book(scene), signed_in(cast.cleo)
    bare = cleo.post(edit_address(book), a_form(book, publisher="Quay & Sons"))
    assert bare.status_code == 422
    assert "Give a reason" in text_of(bare)
    assert "Quay &amp; Sons" in text_of(bare), "What was typed stays in the form."
    assert (
        cleo.post(edit_address(book), a_form(book, publisher="Quay & Sons", reason="Title page.")).status_code
        == 302
    )
    assert LogEntry.objects.get().reason == "Title page."
    page = text_of(signed_in(cast.ben).get("/notices/"))
    assert "A moderator mended the record of a source that you added." in page
    assert "Title page." in page


def test_a_hidden_source_is_told_to_who_added_it(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    hide(cast.cleo, book, "It is made up.", "sources")
    page = text_of(signed_in(cast.ben).get("/notices/"))
    assert "A moderator hid a source that you added." in page
    assert "It is made up." in page
    assert book.title in page
    assert "hid a source" not in text_of(signed_in(cast.ada).get("/notices/"))


def test_the_later_of_two_windows_does_not_write_over_the_earlier(cast: Cast, scene: Scene) -> None:
    book, ben = the_book(scene), signed_in(cast.ben)
    one, other = a_form(book, title="From one window"), a_form(book, title="From the other", place="Grimsby")
    assert ben.post(edit_address(book), one).status_code == 302
    late = ben.post(edit_address(book), other)
    page = text_of(late)
    assert late.status_code == 409
    assert "From the other" in page
    assert "From one window" in page, "What was changed meanwhile stands beside it."
    book.refresh_from_db()
    assert book.title == "From one window"
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen is not None
    assert ben.post(edit_address(book), {**other, "seen": seen[1]}).status_code == 302
    book.refresh_from_db()
    assert book.title == "From the other"


def test_of_two_who_mend_at_once_one_is_told(crowd: tuple[Cast, Scene]) -> None:  # noqa: F811  # the fixture
    cast, scene = crowd
    book = the_book(scene)

    def mend(editor: User, title: str) -> bool | int:
        try:
            return edit_source(editor, book, replace(book.record, title=title), "", "It is.", 1)
        except Refused as refusal:
            return refusal.status

    outcomes = all_at_once([lambda: mend(cast.ben, "Ben’s"), lambda: mend(cast.cleo, "Cleo’s")])
    assert sorted(outcomes) == [True, 409]
    assert list(book.revisions.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_saving_without_a_change_makes_no_version(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    assert signed_in(cast.ben).post(edit_address(book), a_form(book)).status_code == 302
    assert book.revisions.count() == 1


# ------------------------------------------------------------------------------------------------------ the form


def test_every_kind_is_asked_for_its_own_fields(cast: Cast, scene: Scene) -> None:
    assert set(ASKED) == set(TYPES), "Each kind of work that we offer says what it is asked for."
    for kind, fields in ASKED.items():
        assert set(fields) <= set(FIELD_ORDER), f"{kind} asks for a field that there is not."
    book = the_book(scene)
    ben = signed_in(cast.ben)
    answer = ben.post(edit_address(book), a_form(book, type="article-journal", title="Typed", retype="1"))
    page, folded = text_of(answer).split('<details class="more-fields">')
    assert answer.status_code == 200
    assert "Typed" in page, "Looking at other fields loses nothing."
    for name in ("volume", "issue", "doi", "pmid"):
        assert f'name="{name}"' in page
    assert 'name="place"' in folded
    assert 'name="publisher"' in page, "A field that holds something is never folded away."
    book.refresh_from_db()
    assert book.record.type == "book"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", "", "Give the title"),
        ("isbn", "9780306406158", "its last digit does not fit"),
        ("doi", "11.1000/182", "is not a DOI"),
        ("issued", "sometime", "is not a date"),
        ("accessed", "2024-13-01", "the month goes from 1 to 12"),
        ("archived_on", "yesterday", "is not a date"),
        ("original_date", "1867-02-31", "days at most"),
        ("url", "javascript:alert(1)", "is not an address on the web"),
        ("archived_url", "ftp://example.org", "is not an address on the web"),
        ("pmid", "PMID", "is not a PubMed number"),
        ("arxiv", "1", "is not an arXiv number"),
        ("title", "a" * 10_000, "at most 5000 characters"),
        ("title", "nul\0", "ull characters are not allowed"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    cast: Cast, scene: Scene, field: str, typed: str, sentence: str
) -> None:
    book = the_book(scene)
    answer = signed_in(cast.ben).post(
        edit_address(book), a_form(book, note="Kept in the form.", **{field: typed})
    )
    page = html.unescape(text_of(answer))
    assert answer.status_code == 422
    part = re.search(rf'<p class="wrong" id="id_{field}_error">(.*?)</p>', page, re.DOTALL)
    assert part is not None, f"Nothing stands at the field {field}."
    assert sentence in part[1]
    assert "Kept in the form." in page
    assert book.revisions.count() == 1


def test_the_whole_record_is_kept(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    typed = {
        "type": "chapter",
        "title": "Ropes & <b>knots</b>",
        "authors": "van Dyck, Anna\r\nHarbour Society",
        "editors": "Ostrom, Vera",
        "translators": "Kern, Otto",
        "issued": "1917-11-07",
        "original_date": "1867",
        "container": "The Quay",
        "publisher": "Quay Press",
        "place": "Grimsby",
        "edition": "3",
        "volume": "2",
        "issue": "7",
        "pages": "11–19",
        "number": "12",
        "doi": "https://doi.org/10.1000/182",
        "isbn": "978-0-306-40615-7",
        "pmid": "PMID: 13054692",
        "arxiv": "arXiv:2101.01234",
        "url": "https://example.org/ropes",
        "accessed": "2024-05-01",
        "archived_url": "https://web.archive.org/web/2024/https://example.org/ropes",
        "archived_on": "2024-05-02",
        "note": "One line.\r\nAnother.",
        "incomplete": "The plates.",
    }
    answer = signed_in(cast.ben).post(edit_address(book), a_form(book, **typed))
    assert answer.status_code == 302
    book.refresh_from_db()
    record = book.record
    assert record.authors == (Name("Dyck", "Anna", particle="van"), Name(literal="Harbour Society"))
    assert record.issued == (1917, 11, 7)
    assert (record.doi, record.isbn, record.pmid, record.arxiv) == (
        "10.1000/182",
        "9780306406157",
        "13054692",
        "2101.01234",
    )
    assert (record.original_date, record.accessed, record.archived_on) == (
        (1867,),
        (2024, 5, 1),
        "2024-05-02",
    )
    assert record.note == "One line.\nAnother."
    assert (book.doi, book.isbn, book.year, book.incomplete) == (record.doi, record.isbn, 1917, "The plates.")
    again = signed_in(cast.ben).post(edit_address(book), a_form(book))
    assert again.status_code == 302
    assert book.revisions.count() == 2, "The form shows the record so that saving it again changes nothing."
    page = text_of(Client().get(book.get_absolute_url()))
    assert "Ropes &amp; &lt;b&gt;knots&lt;/b&gt;" in page


RECORDS = st.builds(
    lambda names, parts, words, extra: record_from_csl(
        {
            "type": "book",
            "title": words[0] or "A title",
            "author": names,
            "issued": {"date-parts": parts},
            "publisher": words[1],
            "URL": words[2],
            "page": words[3],
            **extra,
        }
    ),
    names=st.lists(
        st.one_of(
            st.fixed_dictionaries(
                {
                    "family": st.sampled_from(["Marsh", "La Fontaine", "O’Hara, Jr", ""]),
                    "given": st.just("Lena"),
                },
                optional={
                    "non-dropping-particle": st.sampled_from(["van", "d’"]),
                    "dropping-particle": st.just("de"),
                    "suffix": st.just("Jr."),
                },
            ),
            st.fixed_dictionaries({"literal": st.sampled_from(["Harbour Society", "Marsh, Lena & Sons"])}),
        ),
        max_size=3,
    ),
    parts=st.sampled_from(
        [[[1999]], [[1999, 5]], [[1999, 5, 4]], [[1999], [2001]], [[1999, 5, 4], [1999, 6, 1]]]
    ),
    words=st.lists(
        st.sampled_from(
            ["", "plain", "javascript:alert(1)", "  spaced  out ", "two\nlines", "https://example.org"]
        ),
        min_size=4,
        max_size=4,
    ),
    extra=st.fixed_dictionaries(
        {},
        optional={
            "abstract": st.just("Long."),
            "event-title": st.just("Fair"),
            "custom": st.just({"x": "y"}),
        },
    ),
)


@given(RECORDS)
def test_a_record_that_nobody_touches_stays_to_the_letter(record: Record) -> None:
    form = SourceForm(
        {name: value.replace("\n", "\r\n") for name, value in shown_in_form(record).items()},
        old=record,
        incomplete="",
        logged=False,
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data["record"] == record, (
        "What a form has no field for, and what nobody touched, is kept."
    )


@given(RECORDS)
def test_a_change_in_one_field_changes_that_alone(record: Record) -> None:
    changed, wrong = read_record({**shown_in_form(record), "publisher": "Another"}, record)
    assert not wrong
    assert replace(changed, publisher=record.publisher, extra={}) == replace(record, extra={})
    assert changed.publisher == "Another"


# --------------------------------------------------------------------------------------------------- its history


def test_the_history_says_who_when_why_and_what(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    record = replace(book.record, title="Cranes of the old harbour", publisher="")
    edit_source(cast.cleo, book, record, "The plates.", "Title page.")
    page = text_of(Client().get(f"{book.get_absolute_url()}history/"))
    assert page.index("Version 2") < page.index("Version 1"), "The newest stands first."
    assert "Title page." in page
    for said in (
        '<del dir="auto">Cranes of the harbour</del> <ins dir="auto">Cranes of the old harbour</ins>',
        '<del dir="auto">Quay Press</del>',
        "The plates.",
        "<bdi>cleo</bdi>",
        "<bdi>ben</bdi>",
    ):
        assert said in page, said
    assert page.count("Lena") == 1, "What did not change stands in the first version alone."


def test_what_the_form_has_no_field_for_stands_in_the_history_too(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    edit_source(cast.cleo, book, replace(book.record, extra={"abstract": "<i>Long</i>"}), "", "An abstract.")
    page = text_of(Client().get(f"{book.get_absolute_url()}history/"))
    assert "abstract" in page
    assert "&lt;i&gt;Long&lt;/i&gt;" in page


def test_a_source_without_versions_has_an_empty_history(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    SourceRevision.objects.filter(source=book).delete()
    assert "Nothing has happened to this record" in text_of(
        Client().get(f"{book.get_absolute_url()}history/")
    )


def test_what_stood_before_there_was_a_history_is_its_first_version(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    SourceRevision.objects.filter(source=book).delete()
    edit_source(cast.cleo, book, replace(book.record, title="Cranes of the old harbour"), "", "Title page.")
    first, second = book.revisions.order_by("number")
    assert (first.record.title, first.editor_name) == ("Cranes of the harbour", "ben")
    assert (second.record.title, second.editor_name) == ("Cranes of the old harbour", "cleo")


def test_the_history_of_what_may_not_be_read_is_not_found(cast: Cast, scene: Scene) -> None:
    book = the_book(scene)
    hide(cast.cleo, book, "It is made up.")
    assert Client().get(f"{book.get_absolute_url()}history/").status_code == 404
    assert signed_in(cast.cleo).get(f"{book.get_absolute_url()}history/").status_code == 200


# ------------------------------------------------------------------------------------------------ the staff room


def test_the_staff_room_mends_with_the_same_form(cast: Cast, scene: Scene) -> None:
    book, cleo = the_book(scene), signed_in(cast.cleo)
    address = f"/admin/debates/source/{book.pk}/change/"
    page = text_of(cleo.get(address))
    for name in FIELD_ORDER:
        assert f'name="{name}"' in page, (
            f"The staff room has no field {name}: a second list of fields has crept in."
        )
    assert f"{book.get_absolute_url()}merge/" in page
    assert cleo.post(address, a_form(book, volume="2", reason="Title page.")).status_code == 302
    book.refresh_from_db()
    assert book.record.volume == "2"
    late = cleo.post(address, a_form(book, volume="3", seen="1", reason="Again."))
    assert late.status_code == 409, "Here, too, nothing is written over in silence."


def test_the_staff_room_lists_what_was_merged_with_its_citations(cast: Cast, scene: Scene) -> None:
    book, cleo = the_book(scene), signed_in(cast.cleo)
    gone = cited(cast, scene, Record(type="book", title="The twin"))
    merge_sources(cast.cleo, gone, book, "The same.")
    listed = text_of(cleo.get("/admin/debates/source/?merged_into__isempty=0"))
    assert "The twin" in listed
    assert "The twin" not in text_of(cleo.get("/admin/debates/source/?merged_into__isempty=1"))
    page = text_of(cleo.get(f"/admin/debates/source/{gone.pk}/change/"))
    assert "As The twin, 0." in page, "What it brought along is there to be looked at."
    assert 'name="title"' not in page, "What was merged is not mended."
    assert "Undo this merge" in page
    for query in ("link_state__exact=gone", "retraction_nature__isempty=0", "merged_into__isempty=1"):
        assert cleo.get(f"/admin/debates/source/?{query}").status_code == 200


# ------------------------------------------------------------------------------------------------- every language


def test_the_pages_around_a_source_can_be_translated(
    cast: Cast,
    scene: Scene,
    pretended: None,  # noqa: F811  # the fixture
) -> None:
    book = the_book(scene)
    edit_source(cast.cleo, book, replace(book.record, place="", note=""), "", "Look at this.")
    twin = cited(cast, scene, Record(type="book", title="Cranes", issued=(1999,), url="https://example.org/"))
    gone = cited(cast, scene, Record(type="book", title="Cranes"))
    merge = merge_sources(cast.cleo, gone, book, "Look at this.")
    relate_sources(cast.cleo, twin, book, "preprint")
    Source.objects.filter(pk=twin.pk).update(link_state=LinkState.GONE, retraction_nature="Retraction")
    cleo = signed_in(cast.cleo)
    addresses = [
        twin.get_absolute_url(),
        *(f"{book.get_absolute_url()}{route}/" for route in ("", "edit", "history", "merge", "relate")),
        f"{book.get_absolute_url()}merge/?other={twin.public_id}",
        f"/merges/{merge.pk}/undo/",
        "/sources/?gone=1",
        "/sources/?retracted=1&q=cranes",
        "/notices/",
    ]
    found = []
    for client in (cleo, signed_in(cast.ada)):
        for address in addresses:
            page = text_of(client.get(address))
            for one in (book, twin, gone):
                page = page.replace(one.get_absolute_url(), "").replace(one.public_id, "")
            found += [f"{address}: {words}" for words in untranslated(page) if "rft" not in words]
    for address in (f"{book.get_absolute_url()}edit/", f"{book.get_absolute_url()}relate/"):
        found += [f"POST {address}: {words}" for words in untranslated(text_of(cleo.post(address, {})))]
    assert not found, "These words go past gettext and cannot be translated:\n" + "\n".join(found)


def test_a_long_title_in_any_script_is_stored(cast: Cast, scene: Scene) -> None:
    """PostgreSQL refuses a row whose entry in an index is longer than a third of a page, and the post would break."""
    words = "".join(chr(0x4E00 + (number * 7919) % 20_000) for number in range(4_900))
    posted = post_argument(cast.ada, scene.thesis, pro("Long.", citations=(a_book(words),)))
    assert posted.citations.get().source.title == words
