"""References going out: files, lists in the reader's style, what reference managers read, what is copied."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from debates.actions.moderating.hide import hide
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import CitationText
from debates.bibliography import styles_pandoc
from debates.bibliography.record import Name, Record
from debates.models import Argument, Debate, Source, State
from tests.conftest import Cast, Scene, a_book, con, pro, signed_in
from tests.forum.test_security import PAYLOADS, check_words

ENDINGS = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
}
BIDI = "\u202edetalocse\u202c \u2066isolated"


class Seen(HTMLParser):
    """Collect what a program finds in a page: scripts with their words, spans of COinS, meta tags, copy buttons."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.coins: list[dict[str, list[str]]] = []
        self.meta: list[tuple[str, str]] = []
        self.ids: set[str] = set()
        self.copied: list[str] = []
        self.boxes: dict[str, str] = {}
        self.open: tuple[str, dict[str, str | None]] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what stands in attributes."""
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        if tag in ("script", "textarea"):
            self.open = (tag, given)
        if given.get("class") == "Z3988":
            self.coins.append(parse_qs(given["title"] or "", strict_parsing=True))
        if tag == "meta" and (given.get("name") or "").startswith("citation_"):
            self.meta.append((given["name"] or "", given["content"] or ""))
        if "data-copy" in given:
            self.copied.append(given["data-copy"] or "")

    def handle_data(self, data: str) -> None:
        """Take the words of a script or of a box."""
        if self.open is not None and self.open[0] == "script":
            self.scripts.append((self.open[1], data))
        elif self.open is not None:
            self.boxes[self.open[1].get("id") or ""] = data

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        self.open = None

    @property
    def data(self) -> list[Any]:
        """Return the blocks of JSON-LD. Any: JSON."""
        return [
            json.loads(words) for given, words in self.scripts if given.get("type") == "application/ld+json"
        ]


def seen(client: Client, address: str) -> Seen:
    """Return what a program finds at an address."""
    answer = client.get(address)
    assert answer.status_code == 200, f"{address} answers {answer.status_code}."
    return Seen(answer.content.decode())


def book(title: str, family: str, year: int = 1999, **more: Any) -> CitationText:
    """Return a citation of a new book. Any: fields of a record."""
    return CitationText(
        record=Record(type="book", title=title, authors=(Name(family, "Lena"),), issued=(year,), **more)
    )


def cited(scene: Scene) -> Source:
    """Return the source of the rebuttal."""
    return scene.rebuttal.citations.select_related("source").get().source


def pages(scene: Scene) -> dict[str, str]:
    """Return the pages whose references can be had, all of which cite the one book of the scene."""
    return {
        "argument": scene.rebuttal.get_absolute_url(),
        "debate": scene.debate.get_absolute_url(),
        "source": cited(scene).get_absolute_url(),
        "tag": reverse("tag", args=["factual error"]),
    }


def titles(client: Client, page: str) -> list[str]:
    """Return the titles in a page's CSL-JSON, in its order."""
    answer = client.get(f"{page}references.json")
    assert answer.status_code == 200, f"{page} answers {answer.status_code}."
    return [item["title"] for item in json.loads(answer.content)]


# ---------------------------------------------------------------------------------------------------- files


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_pages_references_can_be_had_as_a_file(client: Client, scene: Scene, ending: str) -> None:
    for kind, page in pages(scene).items():
        answer = client.get(f"{page}references.{ending}")
        assert answer.status_code == 200, f"{kind}: {answer.status_code}"
        assert answer.headers["Content-Type"] == ENDINGS[ending], kind
        assert re.fullmatch(
            rf'attachment; filename="references-{kind}[a-z0-9_-]*\.{ending}"',
            answer.headers["Content-Disposition"],
        ), f"{kind}: {answer.headers['Content-Disposition']}"
        assert "Cranes of the harbour" in answer.content.decode(), kind


def test_a_page_links_to_its_files(client: Client, scene: Scene) -> None:
    for kind, page in pages(scene).items():
        shown = client.get(page).content.decode()
        for ending in ENDINGS:
            assert f"{page}references.{ending}" in shown, f"{kind} does not lead to its references.{ending}."


@pytest.mark.parametrize("ending", ["", "bibtex", "BIB", "json.gz", "xml", "%00", "bib/"])
def test_another_format_is_not_found(client: Client, scene: Scene, ending: str) -> None:
    for kind, page in pages(scene).items():
        assert client.get(f"{page}references.{ending}").status_code == 404, kind


@pytest.mark.parametrize("page", ["/arguments/x/", "/debates/x/", "/sources/x/", "/tags/x/"])
def test_the_references_of_nothing_are_not_found(client: Client, db: None, page: str) -> None:
    assert client.get(f"{page}references.bib").status_code == 404


def test_a_debate_hands_out_each_work_once_by_author_year_and_title(cast: Cast, scene: Scene) -> None:
    source = CitationText(source=cited(scene))  # Marsh 1999, cited by the rebuttal already
    for claim, cite in {
        "One.": book("Zinc", "Žabel"),
        "Two.": book("Anchors", "Zimmer"),
        "Three.": source,
        "Four.": book("The quay", "Marsh", 1998),
        "Five.": CitationText(record=Record(type="book", title="Moorings", issued=(1950,))),
    }.items():
        post_argument(cast.ada, scene.thesis, pro(claim, citations=(cite,)))
    assert titles(Client(), scene.debate.get_absolute_url()) == [
        "The quay",
        "Cranes of the harbour",
        "Moorings",
        "Zinc",
        "Anchors",
    ], "Žabel stands before Zimmer, as in every list of references."


def test_where_nothing_is_cited_the_file_is_empty_and_no_page_offers_one(
    client: Client, scene: Scene
) -> None:
    page = scene.reason.get_absolute_url()
    for ending, whole in {"bib": "", "ris": "", "json": "[]"}.items():
        answer = client.get(f"{page}references.{ending}")
        assert (answer.status_code, answer.content.decode().strip()) == (200, whole)
    for address in (page, reverse("tag", args=["memory"])):
        assert "references." not in client.get(address).content.decode()


def test_a_name_without_ascii_letters_still_names_a_file(client: Client, cast: Cast, scene: Scene) -> None:
    post_argument(cast.ada, scene.thesis, pro("Tagged.", topic_tags=("порт", "économie")))
    for tag, name in {"порт": "references-tag.bib", "économie": "references-tag-economie.bib"}.items():
        answer = client.get(f"{reverse('tag', args=[tag])}references.bib")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'


# ----------------------------------------------------------------------------------------------- who sees what


def test_what_a_hidden_argument_cites_goes_out_nowhere(client: Client, cast: Cast, scene: Scene) -> None:
    own = scene.rebuttal.get_absolute_url()
    hide(cast.cleo, scene.rebuttal, "It insults.")
    assert titles(client, scene.debate.get_absolute_url()) == []
    assert titles(client, reverse("tag", args=["factual error"])) == []
    assert client.get(f"{own}references.json").status_code == 404
    assert titles(signed_in(cast.ben), own) == ["Cranes of the harbour"], "Its author reads it still."
    assert titles(signed_in(cast.cleo), scene.debate.get_absolute_url()) == [], (
        "A debate's references are the same for everyone."
    )


def test_a_hidden_source_goes_out_nowhere(client: Client, cast: Cast, scene: Scene) -> None:
    source = cited(scene)
    hide(cast.cleo, source, "It is made up.")
    for kind, page in pages(scene).items():
        if kind != "source":
            assert titles(client, page) == [], kind
            assert "Cranes of the harbour" not in client.get(page).content.decode(), kind
    assert client.get(f"{source.get_absolute_url()}references.bib").status_code == 404


def test_a_topic_goes_with_the_text_that_carried_it(client: Client, cast: Cast, scene: Scene) -> None:
    page = reverse("tag", args=["memory"])
    assert titles(client, page) == []
    hide(cast.cleo, scene.reason, "It insults.")
    assert client.get(f"{page}references.json").status_code == 404, "The word itself was hidden."


def test_an_address_from_before_a_merge_gives_what_stands_for_the_work(client: Client, scene: Scene) -> None:
    old = Source(merged_into=cited(scene))
    old.take(Record(type="book", title="Cranes of the harbor"))
    old.save()
    assert titles(client, old.get_absolute_url()) == ["Cranes of the harbour"]


# --------------------------------------------------------------------------------------------- the reader's style


@pytest.fixture
def set_in_styles(scene: Scene) -> Source:
    """Give the book of the scene as two styles set it."""
    source = cited(scene)
    source.formatted = {
        "chicago-author-date": "Marsh, Lena. 1999. <em>Cranes of the Harbour</em>.",
        "apa": "Marsh, L. (1999). <em>Cranes of the harbour</em>.",
    }
    source.save()
    return source


def lists(scene: Scene) -> list[str]:
    """Return the pages that show a list of references."""
    return [
        scene.rebuttal.get_absolute_url(),
        scene.debate.get_absolute_url(),
        cited(scene).get_absolute_url(),
    ]


def test_references_are_set_in_the_style_asked_for(
    client: Client, scene: Scene, set_in_styles: Source
) -> None:
    for page in lists(scene):
        assert "Marsh, Lena. 1999. <em>Cranes" in client.get(page).content.decode(), page
        assert "Marsh, L. (1999). <em>Cranes" in client.get(f"{page}?style=apa").content.decode(), page


@pytest.mark.parametrize("style", ["", "nothing", "apa'", "\0", "../apa", "<script>"])
def test_an_unknown_style_is_chicagos(
    client: Client, scene: Scene, set_in_styles: Source, style: str
) -> None:
    for page in lists(scene):
        answer = client.get(page, {"style": style})
        assert "Marsh, Lena. 1999. <em>Cranes" in answer.content.decode(), page


def test_what_no_style_has_set_is_shown_plainly_and_no_reader_waits_for_pandoc(
    client: Client, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_words: object, **_more: object) -> None:
        raise AssertionError("A reader's request must not run the style processor.")

    monkeypatch.setattr(styles_pandoc, "run", never)
    monkeypatch.setattr("subprocess.Popen.__init__", never)
    for page in lists(scene):
        for style in ("", "?style=mla"):
            shown = client.get(f"{page}{style}").content.decode()
            assert re.search(r'class="reference"[^>]*>Marsh, Lena \(1999\)\. <em>Cranes', shown), page


def test_a_page_keeps_what_else_its_address_asked_for(client: Client, scene: Scene) -> None:
    shown = client.get(f"{scene.debate.get_absolute_url()}?open=all&style=apa").content.decode()
    assert 'href="?open=all&amp;style=mla#references"' in shown
    assert re.search(r'style=apa#references"[^>]*aria-current', shown)
    assert "<details open>" in shown, "Whoever chose a style wants to see the list."


def test_a_member_keeps_a_style(cast: Cast, scene: Scene, set_in_styles: Source) -> None:
    dan = signed_in(cast.dan)
    page = scene.debate.get_absolute_url()
    assert reverse("references_style") in dan.get(f"{page}?style=apa").content.decode()
    answer = dan.post(reverse("references_style"), {"style": "apa", "next": f"{page}?open=all#references"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{page}?open=all#references")
    for shown in lists(scene):
        assert "Marsh, L. (1999)." in dan.get(shown).content.decode(), shown
    assert reverse("references_style") not in dan.get(page).content.decode(), "It is kept already."
    assert "Marsh, Lena. 1999." in Client().get(page).content.decode(), "It is Dan's style, nobody else's."
    dan.post(reverse("references_style"), {"style": "nothing", "next": page})
    assert "Marsh, L. (1999)." in dan.get(page).content.decode(), "What is no style changes nothing."


def test_keeping_leads_back_to_the_page_without_the_style_in_its_address(cast: Cast, scene: Scene) -> None:
    page = scene.debate.get_absolute_url()
    shown = signed_in(cast.dan).get(f"{page}?open=all&style=apa").content.decode()
    assert f'name="next" value="{page}?open=all#references"' in shown


def test_a_visitor_is_offered_no_button_and_sent_to_sign_in(client: Client, scene: Scene) -> None:
    page = scene.debate.get_absolute_url()
    assert reverse("references_style") not in client.get(f"{page}?style=apa").content.decode(), (
        "A token in the page would keep it out of every cache."
    )
    answer = client.post(reverse("references_style"), {"style": "apa", "next": page})
    assert answer.headers["Location"] == f"{reverse('account_login')}?next={page}"


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "\\\\evil.example", "javascript:alert(1)", "", "\0"]
)
def test_keeping_a_style_sends_nobody_elsewhere(cast: Cast, target: str) -> None:
    answer = signed_in(cast.dan).post(reverse("references_style"), {"style": "apa", "next": target})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("home"))


def test_a_bare_word_is_no_route(cast: Cast) -> None:
    answer = signed_in(cast.dan).post(reverse("references_style"), {"style": "apa", "next": "debate"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "debate")


def test_keeping_a_style_is_a_form_with_its_token(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.dan)
    assert strict.post(reverse("references_style"), {"style": "apa"}).status_code == 403
    assert strict.get(reverse("references_style")).status_code == 405


def test_a_numbered_style_takes_the_numbers_of_the_marks(client: Client, cast: Cast, scene: Scene) -> None:
    source = CitationText(source=cited(scene))
    argument = post_argument(
        cast.ada,
        scene.thesis,
        pro("Three works.", citations=(book("Zinc", "Zorn"), source, book("Anchors", "Abel"))),
    )
    page = argument.get_absolute_url()
    numbered = client.get(f"{page}?style=vancouver").content.decode()
    found = re.findall(r'<li value="(\d)">\s*<div class="reference"[^>]*>([A-Z]\w+)', numbered)
    assert found == [("1", "Zorn"), ("2", "Marsh"), ("3", "Abel")]
    assert '<ol class="reference-list">' in numbered
    sorted_page = client.get(f"{page}?style=mla").content.decode()
    found = re.findall(r'<li>\s*<div class="reference"[^>]*>([A-Z]\w+)', sorted_page)
    assert found == ["Abel", "Marsh", "Zorn"]
    assert '<ul class="reference-list">' in sorted_page


def test_a_work_cited_twice_is_one_reference(client: Client, cast: Cast, scene: Scene) -> None:
    twice = (CitationText(source=cited(scene), locator="1"), CitationText(source=cited(scene), locator="2"))
    argument = post_argument(cast.ada, scene.thesis, pro("Twice.", citations=twice))
    shown = client.get(argument.get_absolute_url()).content.decode()
    assert shown.count('class="reference"') == 1


# ---------------------------------------------------------------------------------------------- copying


def test_what_is_copied_stands_on_the_page(client: Client, scene: Scene) -> None:
    for page in lists(scene):
        found = seen(client, page)
        assert found.copied, page
        assert set(found.copied) <= found.ids, f"{page}: a button copies what is not there."
        assert "hidden" in client.get(page).content.decode().split("data-copy=")[1].split(">")[0], (
            "Without scripts a button that copies would do nothing."
        )


def test_bibtex_stands_where_references_are_few(client: Client, scene: Scene) -> None:
    argument, debate, source = (seen(client, page) for page in lists(scene))
    anchor = f"reference-{cited(scene).public_id}-bibtex"
    for found in (argument, source):
        assert "Cranes of the harbour" in found.boxes[anchor]
        assert anchor in found.copied
    assert not debate.boxes, (
        "Writing BibTeX for every work of a debate would be work for a file that few take."
    )


# ------------------------------------------------------------------------------------ what programs read


def test_every_work_cited_is_offered_to_reference_managers_once(
    client: Client, cast: Cast, scene: Scene
) -> None:
    again = CitationText(source=cited(scene), locator_label="page", locator="99")
    post_argument(cast.ada, scene.thesis, pro("Again.", citations=(again, book("Anchors", "Abel"))))
    post_argument(cast.ben, scene.reason, con("Twice.", rebuttal_tags=("factual-error",), citations=(again,)))
    everywhere = {
        f"{scene.debate.get_absolute_url()}?open=all": ["Anchors", "Cranes of the harbour"],
        scene.thesis.get_absolute_url(): ["Anchors", "Cranes of the harbour"],
        scene.rebuttal.get_absolute_url(): ["Cranes of the harbour"],
        reverse("tag", args=["factual error"]): ["Cranes of the harbour"],
        cited(scene).get_absolute_url(): ["Cranes of the harbour"],
    }
    for page, works in everywhere.items():
        found = sorted(coins["rft.btitle"][0] for coins in seen(client, page).coins)
        assert found == works, f"{page} offers {found}."


def test_a_sources_page_says_what_it_is_about_and_no_other_does(client: Client, scene: Scene) -> None:
    argument, debate, source = (seen(client, page) for page in lists(scene))
    assert ("citation_title", "Cranes of the harbour") in source.meta
    assert ("citation_author", "Marsh, Lena") in source.meta
    assert not argument.meta, "The page is no publication of the works that it cites."
    assert not debate.meta


def test_a_debate_says_what_it_cites_and_what_it_is_based_on(
    client: Client, cast: Cast, scene: Scene
) -> None:
    article = Source()
    article.take(Record(type="webpage", title="The harbour article", url="https://example.org/harbour"))
    article.save()
    scene.debate.article = article
    scene.debate.save()
    (data,) = seen(client, scene.debate.get_absolute_url()).data
    assert (data["@context"], data["headline"]) == ("https://schema.org", scene.debate.question)
    assert data["@id"] == f"http://testserver{scene.debate.get_absolute_url()}"
    assert [work["name"] for work in data["isBasedOn"]] == ["The harbour article"]
    assert [(work["@type"], work["@id"]) for work in data["citation"]] == [
        ("Book", f"http://testserver{cited(scene).get_absolute_url()}")
    ]
    hide(cast.cleo, article, "It is made up.")
    (data,) = seen(client, scene.debate.get_absolute_url()).data
    assert "isBasedOn" not in data, "A hidden source is not told to search engines either."


def test_an_argument_says_what_it_cites_and_where_it_belongs(client: Client, scene: Scene) -> None:
    (data,) = seen(client, scene.rebuttal.get_absolute_url()).data
    assert (data["@type"], data["text"]) == ("DiscussionForumPosting", scene.rebuttal.claim)
    assert data["isPartOf"]["headline"] == scene.debate.question
    assert [work["name"] for work in data["citation"]] == ["Cranes of the harbour"]


def test_a_debate_that_is_gone_is_not_named(cast: Cast, scene: Scene) -> None:
    Debate.objects.filter(pk=scene.debate.pk).update(state=State.HIDDEN)
    (data,) = seen(signed_in(cast.ben), scene.rebuttal.get_absolute_url()).data
    assert "isPartOf" not in data


# -------------------------------------------------------------------------------------------- hostile words


def hostile(cast: Cast, words: Callable[[str], str]) -> tuple[Argument, Source]:
    """Make a debate, an argument and a source of somebody's words."""
    record = Record(
        type="article-journal",
        title=words("title"),
        authors=(Name(words("family"), words("given")), Name(literal=words("body"))),
        container=words("container"),
        publisher=words("publisher"),
        volume=words("volume"),
        issue=words("issue"),
        pages=words("pages"),
        url="javascript:alert('url')",
        doi=f"10.1000/{words('doi')}",
        note=words("note"),
        extra={"ISSN": words("issn"), "language": words("language")},
    )
    debate = open_debate(cast.ada, words("question"), ["It is."], article=CitationText(record=record))
    cite = CitationText(source=debate.article)
    argument = post_argument(
        cast.ada, debate.arguments.get(), pro(words("claim"), citations=(cite,), topic_tags=("harbour",))
    )
    edit_argument(cast.ada, argument, pro(words("claim anew"), citations=(cite,), topic_tags=("harbour",)), 1)
    assert debate.article is not None
    return argument, debate.article


def hostile_pages(argument: Argument, source: Source) -> Iterator[str]:
    """Yield the pages with somebody's words."""
    for page in (
        argument.get_absolute_url(),
        argument.debate.get_absolute_url(),
        source.get_absolute_url(),
        reverse("tag", args=["harbour"]),
        reverse("member", args=["ada"]),
    ):
        yield page
        yield f"{page}?style=vancouver"


@pytest.mark.parametrize("kind", PAYLOADS)
def test_what_people_write_comes_out_as_words(cast: Cast, kind: str) -> None:
    def bad(where: str) -> str:
        return PAYLOADS[kind].format(where) + f"</script></textarea></title>{BIDI}"

    argument, source = hostile(cast, bad)
    ada = signed_in(cast.ada)
    for page in hostile_pages(argument, source):
        found = seen(ada, page)
        check_words(page, ada.get(page).content.decode())
        assert all("src" in given or given.get("type") == "application/ld+json" for given, _ in found.scripts)
        for data in found.data:
            assert [work["name"] for work in data["citation"]] == [bad("title")], (
                f"{page}: what was written must come back whole from JSON-LD."
            )
        for coins in found.coins:
            assert coins["rft.atitle"] == [bad("title")]
    (data,) = seen(ada, argument.get_absolute_url()).data
    assert data["text"] == bad("claim anew")


def test_what_turns_the_direction_of_writing_stays_in_its_field(client: Client, cast: Cast) -> None:
    argument, _source = hostile(cast, lambda where: f"{where} {BIDI}")
    page = client.get(argument.get_absolute_url()).content.decode()
    blocks = re.findall(r"<script type=.*?</script>|<span class=\"Z3988\".*?>", page, re.DOTALL)
    assert len(blocks) == 2
    assert all(block.isascii() for block in blocks)
    for line in re.findall(r'<div class="reference"[^>]*>', page):
        assert 'dir="auto"' in line, "Without isolation a direction runs on into the page."


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_holds_words_and_is_never_shown_as_a_page(cast: Cast, ending: str) -> None:
    argument, _source = hostile(cast, PAYLOADS["tag"].format)
    answer = Client().get(f"{argument.get_absolute_url()}references.{ending}")
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment;")


def test_escaping_is_what_was_looked_for(client: Client, cast: Cast) -> None:
    """The words must be there, escaped: a test that finds nothing at all would prove nothing."""
    argument, source = hostile(cast, PAYLOADS["attribute"].format)
    for page in (argument.get_absolute_url(), source.get_absolute_url()):
        shown = client.get(page).content.decode()
        assert escape(PAYLOADS["attribute"].format("title")) in shown.replace("&quot;", "&quot;")
        assert not re.search(r"<img", shown)


def test_a_book_without_a_title_breaks_no_page(client: Client, cast: Cast, scene: Scene) -> None:
    Source.objects.filter(pk=cited(scene).pk).update(data={"type": "book", "title": ""}, title="")
    for page in lists(scene):
        assert client.get(page).status_code == 200
    cite = a_book("Named")
    post_argument(cast.ada, scene.thesis, pro("Named.", citations=(cite,)))
    assert titles(client, scene.debate.get_absolute_url())[-1] == "Named"
