"""Citing without leaving the form: find in the library, paste references, be asked whether it is the same work."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from debates.actions.moderating.hide import hide
from debates.actions.sources.add_sources import add_sources
from debates.actions.sources.check_citation import check_citation
from debates.actions.sources.merge_sources import merge_sources
from debates.bibliography.record import Record
from debates.models import Source
from tests.conftest import Cast, Scene, signed_in
from tests.debates.test_writing import NEW_SOURCE, at, newest, rebuttal, words

BIRDS = """@book{marsh1999,
  author = {Marsh, Lena},
  title = {Cranes of the harbour},
  year = 1999,
  publisher = {Quay Press},
}
"""
GULLS = """@article{ostrom2011,
  author = {Ostrom, Vera and {Harbour Society}},
  title = {Birds of the quay},
  journal = {Quay Notes},
  year = 2011,
  pages = {3--9},
}
"""
BROKEN = """@article{torn2012,
  author = {Torn, Ada},
  title = {Never closed
"""


def row(page: str, number: int) -> dict[str, str]:
    """Return what a browser would send of one row of the citation form."""
    found = {}
    for tag in re.findall(rf'<input[^>]*name="cite-{number}-[a-z]+"[^>]*>', page):
        name = re.search(rf'name="cite-{number}-([a-z]+)"', tag)[1]  # type: ignore[index]  # it was just found
        value = re.search(r'value="([^"]*)"', tag)
        if "radio" in tag and "checked" not in tag:
            continue
        found[name] = unescape(value[1]) if value else ""
    return found


def press(
    client: Client, scene: Scene, button: str, value: str = "1", *cites: dict[str, str], **more: Any
) -> str:
    """Press a button among the citations of Ben’s rebuttal; return the page as it is sent. Any: form values."""
    answer = client.post(at("rebut", scene.reason), rebuttal(*cites, **{button: value, **more}))
    assert answer.status_code == 200
    return str(answer.content.decode())


# ---------------------------------------------------------------------------------------------------- find


@pytest.mark.parametrize("typed", ["cranes harb", "Marsh", "CRANES OF THE", "1999 crane"])
def test_ben_finds_a_source_and_cites_it(cast: Cast, scene: Scene, typed: str) -> None:
    ben, source = signed_in(cast.ben), Source.objects.get()
    page = press(ben, scene, "find", "cite-0", {"find": typed})
    assert f'value="{source.public_id}"' in page
    assert "Cranes of the harbour" in page
    ben.post(at("rebut", scene.reason), rebuttal({"find": typed, "source": source.public_id}))
    assert newest().citations.get().source == source
    assert Source.objects.count() == 1


def test_a_search_without_a_choice_is_no_citation(cast: Cast, scene: Scene) -> None:
    answer = signed_in(cast.ben).post(at("rebut", scene.reason), rebuttal({"find": "cranes"}))
    assert answer.status_code == 422
    assert "describe a new one by its title" in words(answer)
    assert 'value="cranes"' in words(answer), "What was searched for stays."


def test_typing_offers_what_it_may_mean(cast: Cast, scene: Scene) -> None:
    asked = signed_in(cast.ben).get(
        "/sources/find/?row=cite-2&in=abc",
        {"row": "cite-2", "in": "abc", "cite-2-find": "cran"},
        headers={"HX-Request": "true"},
    )
    page = words(asked)
    assert "<html" not in page, "A fragment answers a script."
    assert f'name="cite-2-source" value="{Source.objects.get().public_id}"' in page
    assert 'id="id_abc_cite-2-source_0"' in page, (
        "Several forms stand open on one page; no two fields share an id."
    )


def test_without_a_script_the_search_leads_to_the_library(scene: Scene) -> None:
    answer = Client().get("/sources/find/", {"row": "cite-0", "cite-0-find": "cranes"})
    assert answer["Location"] == "/sources/?q=cranes"


def test_nobody_finds_a_hidden_source(cast: Cast, scene: Scene) -> None:
    hide(cast.cleo, Source.objects.get(), "It is not a work.")
    page = press(signed_in(cast.ada), scene, "find", "cite-0", {"find": "cranes"})
    assert "The library has nothing like this" in page
    assert "Cranes of the harbour" not in page.split('class="cites"')[1].split("</fieldset>")[0], (
        "A hidden source must not be offered: its title is what was hidden."
    )


# --------------------------------------------------------------------------------------------------- paste


def test_ben_pastes_bibtex_and_cites_it(cast: Cast, scene: Scene) -> None:
    ben = signed_in(cast.ben)
    page = press(ben, scene, "read", paste=GULLS)
    assert "1 reference was read." in page
    assert "Birds of the quay" in page
    sent = {
        **row(page, 0),
        "locator": "p. 4",
        "quotation": "They nest there.",
        "purpose": "They are counted.",
    }
    assert ben.post(at("rebut", scene.reason), rebuttal(sent)).status_code == 302
    citation = newest().citations.get()
    assert citation.source.record.pages in ("3-9", "3–9")
    assert [name.short() for name in citation.source.record.authors] == ["Ostrom", "Harbour Society"]
    assert (citation.locator, citation.quotation) == ("4", "They nest there.")


def test_what_the_library_has_is_cited_from_there(cast: Cast, scene: Scene) -> None:
    ben = signed_in(cast.ben)
    page = press(ben, scene, "read", paste=BIRDS + GULLS)
    here = Source.objects.get()
    assert "2 references were read. 1 of them seems to be in the library already." in page
    assert f'name="cite-0-same" value="{here.public_id}"' in page, (
        "It is suggested, and nothing read is thrown away."
    )
    unanswered = ben.post(at("rebut", scene.reason), rebuttal(row(page, 0), row(page, 1)))
    assert "looks like the same work" in words(unanswered)
    ben.post(at("rebut", scene.reason), rebuttal({**row(page, 0), "same": here.public_id}, row(page, 1)))
    assert Source.objects.count() == 2
    assert newest().citations.count() == 2


def test_a_broken_entry_is_named_and_the_good_ones_are_kept(cast: Cast, scene: Scene) -> None:
    page = press(signed_in(cast.ben), scene, "read", paste=GULLS + BROKEN)
    assert "1 reference was read." in page
    assert "torn2012" in page.split('role="alert"')[1][:600], "The fault names its entry."
    left = page.split('<textarea id="paste')[1].split("</textarea>")[0]
    assert "torn2012" in left, "What could not be read stays, to be mended."
    assert "ostrom2011" not in left, "What was read does not stay: it would be read twice."


def test_what_was_pasted_and_not_read_is_read_before_anything_is_posted(cast: Cast, scene: Scene) -> None:
    answer = signed_in(cast.ben).post(at("rebut", scene.reason), rebuttal(paste=GULLS, post="1"))
    assert answer.status_code == 422
    assert "Birds of the quay" in words(answer)
    assert scene.reason.children.count() == 1, "Nothing is posted before its author has seen what was read."


def test_more_than_an_argument_can_cite_stays_in_the_text(cast: Cast, scene: Scene) -> None:
    many = "\n".join(
        GULLS.replace("ostrom2011", f"work{n}").replace("Birds", f"Birds {n}") for n in range(14)
    )
    page = press(signed_in(cast.ben), scene, "read", paste=many)
    assert "10 references were read." in page
    assert "4 references are left below" in page
    assert "work13" in page.split('<textarea id="paste')[1]


def test_an_identifier_finds_its_work_or_begins_its_description(cast: Cast, scene: Scene) -> None:
    ben = signed_in(cast.ben)
    page = press(ben, scene, "read", paste="10.1000/182")
    assert row(page, 0)["doi"] == "10.1000/182"
    answer = ben.post(at("rebut", scene.reason), rebuttal(row(page, 0)))
    assert answer.status_code == 422
    assert "this site does not ask others what “10.1000/182” is" in words(answer)
    ben.post(
        at("rebut", scene.reason), rebuttal({**row(page, 0), "title": "A work with a DOI", "type": "article"})
    )
    page = press(ben, scene, "read", paste="https://doi.org/10.1000/182")
    assert row(page, 0)["source"] == newest().citations.get().source.public_id


def test_each_kind_of_work_is_asked_for_what_its_reference_prints(cast: Cast, scene: Scene) -> None:
    ben = signed_in(cast.ben)
    typed = {"title": "Birds of the quay", "type": "chapter", "authors": "Ostrom, Vera"}
    page = press(ben, scene, "retype", "cite-0", typed)
    open_fields, folded = page.split('class="new-source-fields"')[1].split('class="more-fields"')[:2]
    assert 'name="cite-0-editors"' in open_fields, "A chapter stands in somebody’s book."
    assert 'name="cite-0-issue"' in folded.split("</details>")[0]
    assert "Birds of the quay" in open_fields
    ben.post(
        at("rebut", scene.reason),
        rebuttal({**typed, "container": "The quay", "editors": "Torn, Ada", "pages": "3-9"}),
    )
    record = newest().citations.get().source.record
    assert (record.type, record.container, record.pages) == ("chapter", "The quay", "3-9")
    assert [name.family for name in record.editors] == ["Torn"]


def test_a_page_past_the_end_is_refused_with_the_last_one(cast: Cast, scene: Scene) -> None:
    typed = {**NEW_SOURCE, "pages": "3-9", "locator": "p. 12"}
    answer = signed_in(cast.ben).post(at("rebut", scene.reason), rebuttal(typed))
    assert answer.status_code == 422
    assert "The work ends on page 9; which of its pages is “12”?" in words(answer)


def test_a_row_is_taken_away(cast: Cast, scene: Scene) -> None:
    page = press(signed_in(cast.ben), scene, "drop", "cite-0", NEW_SOURCE, {**NEW_SOURCE, "title": "Another"})
    assert "Another" in page
    assert "Birds of the quay" not in page
    assert 'name="cite-1-title"' not in page


@pytest.mark.parametrize(
    "item",
    [
        "{",
        "[]",
        '{"type": "book"}',
        '{"type": "sonnet", "title": "x"}',
        '{"type": "book", "title": 5}',
        "[" * 9000,
        '{"title": "\\u0000", "type": "book"}',
    ],
)
def test_a_record_that_nobody_wrote_into_the_page_is_refused(cast: Cast, scene: Scene, item: str) -> None:
    answer = signed_in(cast.ben).post(at("rebut", scene.reason), rebuttal({"item": item}))
    assert answer.status_code == 422, (
        "The hidden record comes back from the browser: it is checked like anything else."
    )
    assert Source.objects.count() == 1


def test_an_edit_can_paste_too(cast: Cast, scene: Scene) -> None:
    own, ben = scene.rebuttal, signed_in(cast.ben)
    cited = own.citations.get().source.public_id
    data = {**rebuttal({"source": cited}), "seen": "1", "paste": GULLS, "read": "1"}
    page = ben.post(at("edit", own), data).content.decode()
    assert row(page, 0)["source"] == cited
    ben.post(at("edit", own), {**rebuttal(row(page, 0), row(page, 1)), "seen": "1"})
    assert [cite.source.title for cite in own.citations.order_by("position")] == [
        "Cranes of the harbour",
        "Birds of the quay",
    ]


# -------------------------------------------------------------------------------------------- the same work

AGAIN = {"title": "The Cranes of the Harbour", "type": "book", "authors": "Marsh, L.", "issued": "1999"}


def test_the_same_work_is_suggested_before_it_is_saved(cast: Cast, scene: Scene) -> None:
    answer = signed_in(cast.ben).post(at("rebut", scene.reason), rebuttal(AGAIN))
    assert answer.status_code == 422
    assert "looks like the same work" in words(answer)
    assert f'value="{Source.objects.get().public_id}"' in words(answer)
    assert Source.objects.count() == 1


def test_yes_cites_the_one_that_is_here(cast: Cast, scene: Scene) -> None:
    here = Source.objects.get()
    signed_in(cast.ben).post(at("rebut", scene.reason), rebuttal({**AGAIN, "same": here.public_id}))
    assert newest().citations.get().source == here
    assert Source.objects.count() == 1


def test_no_adds_another_work(cast: Cast, scene: Scene) -> None:
    signed_in(cast.ben).post(at("rebut", scene.reason), rebuttal({**AGAIN, "same": "new"}))
    assert newest().citations.get().source.title == AGAIN["title"]
    assert Source.objects.count() == 2


@pytest.mark.parametrize(
    ("here", "typed"),
    [
        ({"doi": "10.1000/182"}, {"doi": "https://doi.org/10.1000/182"}),
        ({"isbn": "9780306406157"}, {"isbn": "0-306-40615-2", "type": "book"}),
        ({"url": "http://www.example.org/crane/"}, {"url": "https://example.org/crane?utm_source=x#top"}),
    ],
)
def test_an_identifier_tells_the_same_work(
    cast: Cast, scene: Scene, here: dict[str, str], typed: dict[str, str]
) -> None:
    ben = signed_in(cast.ben)
    ben.post(at("rebut", scene.reason), rebuttal({**NEW_SOURCE, "type": "book", **here}))
    answer = ben.post(
        at("rebut", scene.reason), rebuttal({"title": "Under another title", "type": "book", **typed})
    )
    assert "looks like the same work" in words(answer)


# ------------------------------------------------------------------------------------- many at once: the library


def add(client: Client, **data: Any) -> Any:
    """Send the form that adds sources. Any: form values, the test client's response."""
    return client.post("/sources/add/", data)


def items_of(page: str) -> str:
    """Return the hidden list of works on the second step."""
    return re.search(r'name="items" value="([^"]*)"', page)[1]  # type: ignore[index]  # a missing one fails the test


def test_ben_adds_what_his_reference_manager_exports(cast: Cast, scene: Scene) -> None:
    ben = signed_in(cast.ben)
    answer = add(ben, references=BIRDS + GULLS + BROKEN)
    assert answer.status_code == 200
    page = words(answer)
    assert "2 works were read" in page
    assert "torn2012" in page
    assert "Looks like what is here already" in page
    assert re.search(r'name="add" value="2" checked', page)
    assert not re.search(r'name="add" value="1" checked', page), "What seems to be here is not added unasked."
    items = re.search(r'name="items" value="([^"]*)"', answer.content.decode())[1]  # type: ignore[index]

    sent = {"items": unescape(items), "add": ["2"], "key": "7d2c3b1e-2f9a-4f0a-8e55-5ad1d4c0c001"}
    assert add(ben, **sent)["Location"] == "/sources/add/"
    add(ben, **sent)  # the same form again
    assert list(
        Source.objects.filter(added_by=cast.ben).exclude(citations=None).values_list("title", flat=True)
    ) == ["Cranes of the harbour"]
    assert Source.objects.filter(title="Birds of the quay").count() == 1, "One form adds its works once."
    assert "Birds of the quay" in words(ben.get("/sources/add/"))
    assert "Birds of the quay" not in words(signed_in(cast.ada).get("/sources/")), (
        "A work stands in lists once somebody cites it: a title can say anything."
    )
    assert "Birds of the quay" in press(ben, scene, "find", "cite-0", {"find": "birds quay"})


def test_a_file_is_read_whatever_its_encoding_says(cast: Cast) -> None:

    ben = signed_in(cast.ben)
    text = "% Encoding: ISO-8859-1\n" + GULLS.replace("Birds", "Vögel")
    page = words(add(ben, file=SimpleUploadedFile("quay.bib", text.encode("latin-1"))))
    assert "Vögel of the quay" in page
    answer = add(ben, file=SimpleUploadedFile("quay.bib", b"%PDF-1.7\n\x00\xff\xfe"))
    assert answer.status_code == 422
    assert "quay.bib" in words(answer)


def test_nothing_pasted_is_said(cast: Cast) -> None:
    answer = add(signed_in(cast.ben), references=" ")
    assert answer.status_code == 422
    assert "Nothing was pasted" in words(answer)


def test_a_list_that_was_tampered_with_is_refused(cast: Cast) -> None:
    ben = signed_in(cast.ben)
    for items in (
        "{",
        "5",
        json.dumps([{"type": "book"}] * 300),
        json.dumps([{"type": "sonnet", "title": "x"}]),
    ):
        assert add(ben, items=items, add=["1"]).status_code == 422
    assert not Source.objects.exists()


def test_dan_signs_in_first(db: None) -> None:
    assert add(Client(), references=GULLS)["Location"].startswith("/accounts/login/")


def test_a_choice_from_before_a_merge_is_not_lost(cast: Cast, scene: Scene) -> None:
    gone = Source.objects.get()
    [kept] = add_sources(cast.ben, [Record(type="book", title="Cranes", issued=(1999,))])
    merge_sources(cast.cleo, gone, kept, "They are one work.")
    answer = signed_in(cast.dan).post(at("rebut", scene.reason), rebuttal({"source": gone.public_id}))
    assert answer.status_code == 302, words(answer)
    assert newest().citations.get().source == kept


# ------------------------------------------------------------------------------- what nobody may find this way


@pytest.mark.parametrize("button", [{"more": "1"}, {"find": "cite-0"}, {"paste": GULLS}])
@pytest.mark.parametrize("field", ["source", "same"])
def test_a_typed_name_opens_no_hidden_source(
    cast: Cast, scene: Scene, button: dict[str, str], field: str
) -> None:
    hidden = Source.objects.get()
    hide(cast.cleo, hidden, "It is not a work.")
    answer = signed_in(cast.dan).post(
        at("rebut", scene.reason), rebuttal({field: hidden.public_id}, **button)
    )
    shown = words(answer).split('class="cites"')[1]
    assert "Cranes of the harbour" not in shown, (
        "Whoever knows an address must not read by it what was hidden."
    )


def test_what_one_cites_already_stays_though_it_was_hidden(cast: Cast, scene: Scene) -> None:
    cited = scene.rebuttal.citations.get().source
    hide(cast.cleo, cited, "It is not a work.")
    data = {**rebuttal({"source": cited.public_id}), "seen": "1", "more": "1"}
    assert (
        row(signed_in(cast.ben).post(at("edit", scene.rebuttal), data).content.decode(), 0)["source"]
        == cited.public_id
    )


@pytest.mark.parametrize("name", ["\0", "a\0b", "x" * 500, "../..", "%00"])
def test_a_name_that_is_none_breaks_nothing(cast: Cast, scene: Scene, name: str) -> None:
    for button in ({}, {"more": "1"}):
        sent = rebuttal({"source": name, "same": name}, **button)
        assert signed_in(cast.ben).post(at("rebut", scene.reason), sent).status_code in (200, 422)


@pytest.mark.parametrize(("pasted", "field"), [("PMID: 12345678", "pmid"), ("arXiv:2101.00001", "arxiv")])
def test_an_identifier_without_a_library_is_kept(cast: Cast, scene: Scene, pasted: str, field: str) -> None:
    page = press(signed_in(cast.ben), scene, "read", paste=pasted)
    assert row(page, 0)[field]


def test_a_paste_waits_while_its_author_signs_in(cast: Cast, scene: Scene) -> None:
    visitor = Client()
    visitor.post(at("rebut", scene.reason), rebuttal(paste=GULLS, read="1"))
    visitor.force_login(cast.ben)
    session = visitor.session
    session["kept_form"] = session.get("kept_form") or {
        "path": at("rebut", scene.reason),
        "body": "paste=" + quote(GULLS),
    }
    session.save()
    assert "ostrom2011" in words(visitor.get(at("rebut", scene.reason)))


def test_of_two_citations_of_one_work_the_other_keeps_its_checks(cast: Cast, scene: Scene) -> None:
    source = Source.objects.get()
    ben = signed_in(cast.ben)
    ben.post(
        at("rebut", scene.reason),
        rebuttal(
            {"source": source.public_id, "locator": "p. 1"}, {"source": source.public_id, "locator": "p. 50"}
        ),
    )
    posted = newest()
    second = posted.citations.get(locator="50")
    check_citation(cast.dan, second, "yes")
    ben.post(at("edit", posted), {**rebuttal({"source": source.public_id, "locator": "p. 50"}), "seen": "1"})
    assert posted.citations.get().checks.count() == 1, (
        "Its row is the one with its own place, and the checks hang on that."
    )
