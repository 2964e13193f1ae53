"""What members write becomes HTML that can do nothing, or a sentence that says why not."""

from __future__ import annotations

import re
import time

import nh3
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from debates.markdown import DEEPEST, LONGEST_INPUT, LONGEST_OUTPUT, TextError, render

TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "sup"}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "<javascript:alert(1)>",
    '[x](https://x.example "\\" onmouseover=\\"alert(1)")',
    "![x](https://x.example/x.png)",
    "[x]\n\n[x]: javascript:alert(1)",
    "`<script>`",
    "```html\n<script>\n```",
    "    <script>",
    "<!-- <script>alert(1)</script> -->",
    "<style>p{display:none}</style>",
    "<iframe src=https://x.example></iframe>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]


def assert_safe(html: str) -> None:
    """Fail where HTML holds a tag, an attribute or an address that we do not know."""
    for tag, attributes in re.findall(r"<\s*/?\s*([^\s>/]+)([^>]*)>", html):
        assert tag in TAGS, f"<{tag}> must not stand in a text of members: {html[:300]}"
        for name in re.findall(r"""([\w:-]+)\s*=\s*"[^"]*\"""", attributes):
            assert name in {"href", "title", "rel", "start"}, (
                f"The attribute {name} is not ours: {html[:300]}"
            )
    for address in re.findall(r'href="([^"]*)"', html):
        assert re.match(r"https?:|mailto:|[^:]*$|[/?#]|[^:]*[/?#]", address), (
            f"{address} is not an address to follow."
        )


def set_or_refused(text: str) -> str:
    """Return the HTML of a text, or nothing where a sentence refuses it; anything else is a crash."""
    try:
        return render(text)
    except TextError:
        return ""


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_does_nothing(text: str) -> None:
    html = render(text)
    assert_safe(html)
    assert "<img" not in html
    assert 'href="java' not in html.lower()


def test_raw_html_is_shown_as_it_was_typed() -> None:
    assert render("a <b>bold</b> word") == "<p>a &lt;b&gt;bold&lt;/b&gt; word</p>\n"


@given(st.text(max_size=400))
@example("\0")
@example("\ufffe")
@example("[a]: x\n[a]")
@settings(max_examples=150)
def test_any_text_is_safe_or_refused(text: str) -> None:
    html = set_or_refused(text)
    assert_safe(html)
    cleaner = nh3.Cleaner(
        tags=TAGS, attributes={"a": {"href", "title"}, "ol": {"start"}}, link_rel="nofollow ugc noopener"
    )
    assert cleaner.clean(html) == html, "Cleaned again it must stay the same, else it was not clean."


@given(st.text("*_[]()<>!`>-+1. \n\\&#\"'ab:/", max_size=200))
@settings(max_examples=150)
def test_any_heap_of_marks_is_safe_or_refused(text: str) -> None:
    assert_safe(set_or_refused(text))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        (" \n ", ""),
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>\n"),
        ("*so* **it** is", "<p><em>so</em> <strong>it</strong> is</p>\n"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>\n"),
        ("3. three", '<ol start="3">\n<li>three</li>\n</ol>\n'),
        ("# No heading", "<p># No heading</p>\n"),
        (
            "![seen](https://x.example/x.png)",
            '<p>!<a href="https://x.example/x.png" rel="nofollow ugc noopener">seen</a></p>\n',
        ),
    ],
)
def test_what_is_set_and_what_is_not(text: str, html: str) -> None:
    assert render(text) == html


def test_links_carry_no_weight_and_no_window() -> None:
    assert 'rel="nofollow ugc noopener"' in render("[here](https://x.example/)")


@pytest.mark.parametrize(
    "text",
    [
        ">" * 500 + " deep",
        "> " * 500 + "deep",
        "- " * 500 + "deep",
        "1) " * 500 + "deep",
        "> - " * 200 + "deep",
        "".join("  " * level + "- x\n" for level in range(60)),
        ">" * 30 + " just beyond what the parser sets",
    ],
    ids=lambda text: text[:8],
)
def test_what_nests_too_deep_is_refused_and_not_dropped(text: str) -> None:
    """The parser leaves out what lies too deep without a word; a member’s text must not vanish."""
    with pytest.raises(TextError, match=f"nests lists or quotations more than {DEEPEST} deep"):
        render(text)


@pytest.mark.parametrize("levels", range(1, 40))
def test_quotations_are_shown_or_refused_at_every_depth(levels: int) -> None:
    try:
        assert "deep" in render(">" * levels + " deep")
    except TextError:
        assert levels > DEEPEST


def test_stars_without_end_are_refused() -> None:
    with pytest.raises(TextError, match="nests stars or underscores"):
        render("*" * 9_000 + "a" + "*" * 9_000)


def test_many_links_to_one_long_address_are_refused() -> None:
    text = f"[a]: https://x.example/{'y' * 1000}\n\n" + "[a] " * 4000
    assert len(text) < LONGEST_INPUT
    with pytest.raises(TextError, match="grows too large when it is set"):
        render(text)


def test_a_text_that_is_too_long_is_counted() -> None:
    with pytest.raises(TextError, match=r"The text has 20,001 characters; shorten it to 20,000 or fewer\."):
        render("x" * 20_001)
    assert len(render("x" * 20_000)) < LONGEST_OUTPUT


@pytest.mark.parametrize(
    "text",
    [
        "[" * 19_999,
        "![](" * 4_999,
        "`" * 19_999,
        "<" * 19_999,
        "[a](<b" * 3_000,
        "*a _b " * 3_000,
        "\\" * 19_999,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    set_or_refused(text)
    assert time.process_time() - began < 3, "One text must not hold up the site."


# ------------------------------------------------------------------------------------------------- footnote marks


def test_a_footnote_mark_leads_to_its_source() -> None:
    assert render("It fell.[^2]", 2, "cite-abc") == (
        '<p>It fell.<sup><a href="#cite-abc-2" rel="nofollow ugc noopener">[2]</a></sup></p>\n'
    )


@pytest.mark.parametrize("text", ["It fell.[^3]", "*It fell.[^0]*", "> - quoted[^999]"])
def test_a_mark_that_refers_to_nothing_is_refused(text: str) -> None:
    with pytest.raises(TextError, match=r"refers to a source that the text does not cite: it cites 2\."):
        render(text, 2)


@pytest.mark.parametrize("text", ["`[^3]`", "    [^3]", r"\[^3]", "[^x]", "[^1234]"])
def test_what_is_no_mark_stays_as_it_is_written(text: str) -> None:
    assert "<sup>" not in render(text, 0)
