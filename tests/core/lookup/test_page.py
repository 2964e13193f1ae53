"""A page says what it is in many ways; what says most counts, and nothing of what others say on it."""

from __future__ import annotations

import html as markup
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.csl import check_item
from debates.bibliography.highwire import highwire
from debates.bibliography.names import Name
from debates.bibliography.record import Record, record_from_csl
from debates.lookup.guard import Answer
from debates.lookup.page import (
    LedAway,
    NoHtml,
    NoPage,
    PageError,
    SaysNotFound,
    SaysNothing,
    canonical,
    look_up_page,
    read_page,
)
from debates.lookup.pieces import pieces_of
from tests.core.lookup.server import Answering, guard_for, page, redirect, running

ADDRESS = "https://harbour.example/2020/cranes"
MARSH = {"family": "Marsh", "given": "Lena"}
REED = {"family": "Reed", "given": "Tom"}


def linked(*nodes: object) -> str:
    """Return a script of linked data."""
    held = nodes[0] if len(nodes) == 1 else list(nodes)
    return f'<script type="application/ld+json">{json.dumps(held)}</script>'


def read(head: str, body: str = "<p>Words.", address: str = ADDRESS) -> dict[str, Any]:
    """Read a page of this head and body. Any: JSON."""
    item = read_page(
        f"<!DOCTYPE html><head>{head}</head><body>{body}".encode(), "text/html; charset=utf-8", address
    )
    assert check_item(item) == []
    return item


NEWS = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Cranes of the harbour",
    "mainEntityOfPage": {"@type": "WebPage", "@id": ADDRESS},
    "datePublished": "2020-05-03T23:30:00-08:00",
    "dateModified": "2024-01-01",
    "author": [
        {"@type": "Person", "name": "Lena Marsh", "url": "https://harbour.example/marsh"},
        {"name": "Tom Reed"},
    ],
    "publisher": {"@type": "Organization", "name": "Harbour News", "logo": {"@type": "ImageObject"}},
    "comment": [
        {"@type": "Comment", "text": "Nice", "datePublished": "2025-09-09", "author": {"name": "Dan"}}
    ],
    "inLanguage": "en-GB",
}


def test_a_news_page_says_what_it_is() -> None:
    head = f"""<title>Cranes of the harbour | Harbour News</title>
    <meta property="og:title" content="Cranes!"><meta property="og:site_name" content="Harbour News">
    <link rel="canonical" href="/2020/cranes?page=1">{linked(NEWS)}"""
    assert read(head) == {
        "type": "article-newspaper",
        "title": "Cranes of the harbour",
        "author": [MARSH, REED],
        "issued": {"date-parts": [[2020, 5, 3]]},
        "container-title": "Harbour News",
        "language": "en-GB",
        "URL": "https://harbour.example/2020/cranes?page=1",
    }


def test_a_page_is_looked_up_through_the_guard() -> None:
    with running(
        {"/a": redirect("/b"), "/b": page(f"<title>Cranes of the harbour</title>{linked(NEWS)}")}
    ) as server:
        item = look_up_page(server.at("/a"), guard_for(server).fetch)
        assert (item["title"], item["URL"]) == ("Cranes of the harbour", server.at("/b"))
        assert server.asked[0][1]["Accept"].startswith("text/html")


def test_a_graph_names_things_that_stand_elsewhere_in_it() -> None:
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "@id": "#site", "name": "Quay blog"},
            {"@type": "WebPage", "@id": ADDRESS, "name": "Cranes - Quay blog", "datePublished": "2019-01-01"},
            {"@type": ["BlogPosting", "Article"], "headline": "Cranes", "author": {"@id": "#lena"}, "datePublished": "2020-05-03",
             "mainEntityOfPage": {"@id": ADDRESS}, "publisher": {"@id": "#quay"}},
            {"@type": "Person", "@id": "#lena", "givenName": "Lena", "familyName": "Marsh"},
            {"@type": "Organization", "@id": "#quay", "name": "Quay Ltd"},
        ],
    }  # fmt: skip
    assert read(linked(graph)) == {
        "type": "post-weblog",
        "title": "Cranes",
        "author": [MARSH],
        "issued": {"date-parts": [[2020, 5, 3]]},
        "container-title": "Quay blog",
        "publisher": "Quay Ltd",
        "URL": ADDRESS,
    }


def test_a_scholarly_article_stands_in_an_issue_of_a_volume_of_a_journal() -> None:
    article = {
        "@type": "ScholarlyArticle",
        "name": "Cranes",
        "author": ["Marsh, Lena", {"@type": "Organization", "name": "Harbour Survey"}],
        "pageStart": 12,
        "pageEnd": "19",
        "sameAs": "https://doi.org/10.5555/CRANES",
        "isPartOf": {
            "@type": "PublicationIssue",
            "issueNumber": 3,
            "isPartOf": {
                "@type": ["PublicationVolume", "Periodical"],
                "name": "Harbour Studies",
                "issn": ["1234-5679"],
                "volumeNumber": "8",
            },
        },
    }
    assert read(linked(article)) == {
        "type": "article-journal",
        "title": "Cranes",
        "author": [MARSH, {"literal": "Harbour Survey"}],
        "container-title": "Harbour Studies",
        "volume": "8",
        "issue": "3",
        "page": "12-19",
        "ISSN": "1234-5679",
        "DOI": "10.5555/cranes",
        "URL": ADDRESS,
    }


@pytest.mark.parametrize(
    "author",
    [
        "Lena Marsh and Tom Reed",
        "By Lena Marsh, Tom Reed",
        ["Lena Marsh", "Tom Reed"],
        {"@type": "Person", "name": ["Lena Marsh", "Tom Reed"]},
        [
            {"@type": "Person", "name": "Marsh, Lena"},
            {"@type": "Person", "familyName": "Reed", "givenName": "Tom"},
        ],
    ],
)
def test_authors_are_read_in_every_shape(author: object) -> None:
    assert read(linked({**NEWS, "author": author}))["author"] == [MARSH, REED]


@pytest.mark.parametrize(
    "script",
    [
        "<!--\n{}\n-->",
        "//<![CDATA[\n{}\n//]]>",
        "/*<![CDATA[*/{}/*]]>*/",
        "{};",
        "\n\n{}\n",
        '[{{"@type": "BreadcrumbList"}}, {}]',
        '{{"@graph": [{}]}}',
        '{{"@type": "WebPage", "mainEntity": {}}}',
    ],
)
def test_linked_data_is_found_in_every_wrapping(script: str) -> None:
    body = script.format(json.dumps(NEWS).replace("Cranes of", "Cranes\\tof"))
    assert read(f"<script type='application/LD+JSON; charset=utf-8'>{body}</script>")["author"] == [
        MARSH,
        REED,
    ]


def test_linked_data_that_is_broken_is_passed_over() -> None:
    for script in (
        '{"@type": "NewsArticle", "headline": "Cra',
        "[" * 50_000,
        "7",
        '"x"',
        "null",
        '[{"@type": 7}]',
        "NaN",
    ):
        head = f'<title>Ropes</title><script type="application/ld+json">{script}</script>'
        assert read(head) == {"type": "webpage", "title": "Ropes", "URL": ADDRESS}, script[:40]


def test_an_article_that_stands_beside_the_page_is_not_the_page() -> None:
    others = [
        {**NEWS, "headline": f"Other {number}", "mainEntityOfPage": f"{ADDRESS}/{number}"}
        for number in range(3)
    ]
    item = read(f"<title>Ropes</title>{linked(*others)}")
    assert item == {"type": "webpage", "title": "Ropes", "URL": ADDRESS}
    one = read(f"<title>Ropes</title>{linked(others[0])}")
    assert "issued" not in one, "A date of something else is worse than none."
    assert read(f"<title>Ropes</title>{linked(*others, NEWS)}")["title"] == "Cranes of the harbour"


def test_an_article_with_a_wrong_address_is_known_by_its_title() -> None:
    astray = {**NEWS, "mainEntityOfPage": {"@type": "WebPage", "@id": "https://google.com/article"}}
    assert read(f"<title>x</title>{linked(astray)}", "<h1>Cranes of the harbour</h1>")["author"] == [
        MARSH,
        REED,
    ]


HIGHWIRE = """
<meta name="citation_title" content="Cranes of the harbour"><meta name="citation_author" content="Marsh, Lena">
<meta name="citation_author" content="Tom Reed"><meta name="citation_journal_title" content="Harbour Studies">
<meta name="citation_publication_date" content="2020/5/3"><meta name="citation_volume" content="8">
<meta name="citation_issue" content="3"><meta name="citation_firstpage" content="12"><meta name="citation_lastpage" content="19">
<meta name="citation_doi" content="doi:10.5555/CRANES"><meta name="citation_issn" content="1234-5679">
<meta name="citation_pdf_url" content="https://harbour.example/cranes.pdf"><meta name="citation_publisher" content="Quay">
"""


def test_highwires_tags_say_more_than_a_mere_page_of_linked_data() -> None:
    web_page = {"@type": "WebPage", "name": "Harbour Studies", "url": ADDRESS, "datePublished": "2001"}
    assert read(HIGHWIRE + linked(web_page)) == {
        "type": "article-journal",
        "title": "Cranes of the harbour",
        "author": [MARSH, REED],
        "container-title": "Harbour Studies",
        "issued": {"date-parts": [[2020, 5, 3]]},
        "volume": "8",
        "issue": "3",
        "page": "12-19",
        "DOI": "10.5555/cranes",
        "ISSN": "1234-5679",
        "publisher": "Quay",
        "URL": ADDRESS,
    }


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"citation_conference_title": "Harbour days"}, "paper-conference"),
        ({"citation_inbook_title": "Iron birds"}, "chapter"),
        ({"citation_dissertation_institution": "Quay University"}, "thesis"),
        ({"citation_technical_report_institution": "Quay Institute"}, "report"),
        ({"citation_isbn": "978-0-306-40615-7"}, "book"),
        ({}, "webpage"),
    ],
)
def test_highwires_tags_say_what_kind_of_work_it_is(tags: dict[str, str], kind: str) -> None:
    tags = {"citation_title": "Cranes", **tags}
    assert (
        read("".join(f'<meta name="{name}" content="{held}">' for name, held in tags.items()))["type"] == kind
    )


WORD = st.text("abcdefgh äöß&>\"'", min_size=1, max_size=12).map(lambda text: " ".join(f"X{text}".split()))
FAMILY = st.sampled_from(["Marsh", "Reed", "Öst"])


@given(
    title=WORD,
    authors=st.lists(
        st.builds(Name, family=FAMILY, given=st.sampled_from(["Lena", "Tom"])),
        min_size=1,
        max_size=3,
        unique=True,
    ),
    issued=st.just(()) | st.tuples(st.integers(1500, 2100), st.integers(1, 12), st.integers(1, 28)),
    volume=st.sampled_from(["", "8"]),
    pages=st.sampled_from(["", "12", "12-19"]),
    doi=st.sampled_from(["", "10.5555/cranes"]),
)
def test_what_our_own_pages_say_is_read_back(title: str, authors: list[Name], **fields: Any) -> None:
    """Any: what hypothesis draws for each field."""
    record = Record(
        "article-journal", title, authors=tuple(authors), container="Harbour", url=ADDRESS, **fields
    )
    head = "".join(f'<meta name="{name}" content="{markup.escape(held)}">' for name, held in highwire(record))
    assert record_from_csl(read(head)) == record, "One Counterpoint must be able to cite from another."


def test_dublin_core_and_open_graph_are_read_when_nothing_says_more() -> None:
    core = """<meta name="DC.title" content="Cranes"><meta name="DC.creator" content="Marsh, Lena"><meta name="DCTERMS.issued"
    content="2020-05"><meta name="DC.publisher" content="Quay"><meta name="DC.identifier" content="doi:10.5555/cranes">"""
    assert read(core) == {
        "type": "webpage",
        "title": "Cranes",
        "author": [MARSH],
        "issued": {"date-parts": [[2020, 5]]},
        "container-title": "Quay",
        "DOI": "10.5555/cranes",
        "URL": ADDRESS,
    }
    graph = """<meta property="og:title" content="Cranes &amp; ropes"><meta property="og:site_name" content="Quay blog">
    <meta property="article:published_time" content="2020-05-03T10:00:00Z"><meta property="og:locale" content="en_GB">
    <meta property="article:author" content="https://social.example/marsh"><meta name="author" content="Lena Marsh">"""
    assert read(graph) == {
        "type": "webpage",
        "title": "Cranes & ropes",
        "author": [MARSH],
        "issued": {"date-parts": [[2020, 5, 3]]},
        "container-title": "Quay blog",
        "language": "en-GB",
        "URL": ADDRESS,
    }


def test_a_page_without_any_tags_has_at_least_its_title() -> None:
    assert read("<title>\n Cranes &mdash; ropes </title>") == {
        "type": "webpage",
        "title": "Cranes — ropes",
        "URL": ADDRESS,
    }
    assert read("", "<h1>Cranes <i>and</i> ropes</h1>")["title"] == "Cranes and ropes"


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Cranes | Quay blog", "Cranes"),
        ("Cranes – Quay blog", "Cranes"),
        ("Quay blog: Cranes", "Cranes"),
        ("Quay blog", "Quay blog"),
        ("Why I left Quay blog", "Why I left Quay blog"),
        ("Cranes | Ropes", "Cranes | Ropes"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(title: str, bare: str) -> None:
    assert read(f'<title>{title}</title><meta property="og:site_name" content="Quay blog">')["title"] == bare


COMMENTS = """<div id="comments"><ol class="comment-list"><li class="comment"><div class="comment-author vcard">
<cite class="fn">Dan Other</cite></div><time datetime="2025-09-09">9 September 2025</time>
<meta itemprop="datePublished" content="2025-09-09">
<span class="author">Dan Other</span> says: nice, by Dan Other</li></ol></div>"""


def test_an_author_in_the_text_is_found_and_a_commenter_is_not() -> None:
    byline = '<p class="byline">By <a rel="author" href="/marsh">Lena Marsh</a></p><p>Words.</p>'
    assert read("<title>Cranes</title>", byline + COMMENTS)["author"] == [MARSH]
    assert "author" not in read("<title>Cranes</title>", "<p>Words.</p>" + COMMENTS), (
        "Who comments has not written it."
    )


@pytest.mark.parametrize(
    "mark", ['class="comment-author vcard"', "id=comments", "class='x comment-body y'", 'id="disqus_thread"']
)
def test_what_begins_with_comments_has_no_author(mark: str) -> None:
    comments = f'<div {mark}><cite class="fn">Dan Other</cite><a rel="author">Dan Other</a></div>'
    assert "author" not in read("<title>Cranes</title>", f"<p>Words.</p>{comments}")


def test_only_what_a_browser_would_take_for_a_tag_is_one() -> None:
    cut = pieces_of(
        """<!doctype html><HTML lang=en><!-- <meta name=author content=Dan> --><head><TITLE>Cranes &amp; ropes
        of iron</title><meta name=Author content="L &quot;M&quot;"><script>"<meta name=author content=Dan>"</script>
        <svg><title>Drawing</title></svg><style><meta name=author content=Dan></style><link rel="canonical shortlink" href=/a>
        <body><a title=it's>1 < 2</a><meta property="og:title" content='it"s'><h1>Cranes <i>and</i></h1></bogus <!--> x"""
    )
    assert (cut.title, cut.heading, cut.language) == ("Cranes & ropes of iron", "Cranes and", "en")
    assert cut.metas == [("author", 'L "M"'), ("og:title", 'it"s')], (
        "What a comment or a script says is not the page's."
    )
    assert cut.links == [("canonical", "/a"), ("shortlink", "/a")]
    assert "Dan" not in cut.words + cut.body


def test_no_date_comes_from_a_comment() -> None:
    item = read("<title>Cranes</title>", "<p>Words.</p>" + COMMENTS)
    assert "issued" not in item, "Nothing but the page's own date is its date: a comment is years younger."


@pytest.mark.parametrize(
    ("link", "address", "found"),
    [
        (
            "/2020/cranes",
            "https://harbour.example/2020/cranes?utm_source=x",
            "https://harbour.example/2020/cranes",
        ),
        ("https://www.harbour.example/c", ADDRESS, "https://www.harbour.example/c"),
        ("https://amp.harbour.example/c", ADDRESS, "https://amp.harbour.example/c"),
        ("https://other.example/c", ADDRESS, ADDRESS),
        ("https://notharbour.example/c", ADDRESS, ADDRESS),
        ("/", ADDRESS, ADDRESS),
        ("https://harbour.example", ADDRESS, ADDRESS),
        ("/", "https://harbour.example/", "https://harbour.example/"),
        ("/?p=7", ADDRESS, "https://harbour.example/?p=7"),
        ("javascript:alert(1)", ADDRESS, ADDRESS),
        ("https://ada@harbour.example/c", ADDRESS, ADDRESS),
        ("https://[::1/c", ADDRESS, ADDRESS),
        ("/" + "x" * 3000, ADDRESS, ADDRESS),
        ("", ADDRESS, ADDRESS),
    ],
)
def test_a_page_may_name_its_own_address_and_no_other_sites(link: str, address: str, found: str) -> None:
    assert canonical(pieces_of(f'<link rel="canonical" href="{link}">'), address) == found


@pytest.mark.parametrize(
    ("answering", "refusal"),
    [
        (page("<title>Page not found | Quay</title>"), SaysNotFound),
        (page("<h1>Page not found</h1>"), SaysNotFound),
        (page("no", "404 Not Found"), NoPage),
        (page("no", "403 Forbidden"), NoPage),
        (page("", "204 No Content"), NoPage),
        (page(""), SaysNothing),
        (page("<p>Words."), SaysNothing),
        (page("%PDF-1.7 …", content_type="application/pdf"), NoHtml),
        (page("%PDF-1.7 …"), NoHtml),
        (page('{"a": 1}', content_type="application/json"), NoHtml),
        (page("\x89PNG", content_type="image/png"), NoHtml),
    ],
)
def test_a_page_that_says_nothing_is_refused_in_a_sentence(
    answering: Answering, refusal: type[PageError]
) -> None:
    with running({"/cranes": answering}) as server, pytest.raises(refusal) as refused:
        look_up_page(server.at("/cranes"), guard_for(server).fetch)
    assert type(refused.value) is refusal
    assert str(refused.value).endswith((".", "?"))


def test_the_front_page_is_not_the_page_that_was_asked_for() -> None:
    with (
        running(
            {"/2009/cranes": redirect("/", "301 Moved"), "/": page("<title>Harbour News</title>")}
        ) as server,
        pytest.raises(LedAway, match=r"front page of works\.example"),
    ):
        look_up_page(server.at("/2009/cranes"), guard_for(server).fetch)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", ""])
def test_the_declared_encoding_may_be_a_lie(charset: str) -> None:
    text = "<title>Übers Meer à côté</title>"
    for body in (text.encode(), text.encode("cp1252")):
        assert read_page(body, f"text/html; charset={charset}", ADDRESS)["title"] == "Übers Meer à côté"


HOSTILE = {
    "nested": "<ul><li>",
    "nested bold": "<div><b>",
    "attributes": "<p " + "a=1 " * 400 + ">",
    "unclosed quotes": "<a b='",
    "comments": "<!--",
    "brackets": "<",
    "headings": "<h1>",
    "tags": "<meta name=citation_author content='Lena Marsh'>",
    "linked data": '<script type="application/ld+json">[[[[',
    "linked articles": '<script type="application/ld+json">[{"@type":"Article"}]</script>',
    "spaces": '<script type="application/ld+json">[' + " " * 240_000 + "1</script>",
    "classes": "<div " + "class=" * 80 + ">",
    "bylines": "<span class=author>Lena ",
    "authors": "<meta name=author content='" + "by Lena, Tom and " * 50 + "'>",
}


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_much_of_anything_is_read_in_a_moment(kind: str) -> None:
    unit = HOSTILE[kind]
    body = f"<title>Cranes</title>{unit * max(1, 250_000 // len(unit))}".encode()
    begun = time.process_time()
    read_page(body, "text/html", ADDRESS)
    assert time.process_time() - begun < 2, (
        "A stranger's page must not keep the worker: a tree of this takes minutes."
    )


@given(st.text("<>/!-='\" abcmetahtilscrp\n&;", max_size=80), st.binary(max_size=40))
def test_any_bytes_are_a_page_or_refused(text: str, more: bytes) -> None:
    try:
        item = read_page(text.encode() + more, "text/html", ADDRESS)
    except PageError:
        return
    assert check_item(item) == []
    assert item["title"]


def test_an_answer_from_anywhere_will_do() -> None:
    def fetch(address: str, *, accept: str) -> Answer:
        return Answer(200, address, type="", body=b"<title>Cranes</title>")

    assert look_up_page(ADDRESS, fetch)["title"] == "Cranes"
