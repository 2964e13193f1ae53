"""A title's own marks are kept, quotation marks are the style's, and everything else is text."""

import html
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.styles_output import html as written
from debates.bibliography.styles_titles import clean, inlines


@pytest.mark.parametrize(
    ("title", "as_html"),
    [
        ("Genome of <i>C. elegans</i>", "Genome of <em>C. elegans</em>"),
        ("H<sub>2</sub>O and x<sup>2</sup>", "H<sub>2</sub>O and x<sup>2</sup>"),
        (
            "<b>Cranes</b> in <sc>ad</sc> 900",
            '<strong>Cranes</strong> in <span class="smallcaps">ad</span> 900',
        ),
        ('<span class="nocase">iPhone</span> cranes', "iPhone cranes"),
        ('<span class="loud">iPhone</span>', "&lt;span class=&quot;loud&quot;&gt;iPhone&lt;/span&gt;"),
        ("1 < 2 and 3 > 2", "1 &lt; 2 and 3 &gt; 2"),
        ("<i>never closed", "&lt;i&gt;never closed"),
        ("<i>crossed <b>over</i> again</b>", "<em>crossed &lt;b&gt;over</em> again&lt;/b&gt;"),
        ("<I>Cranes</I>", "&lt;I&gt;Cranes&lt;/I&gt;"),
        ('The "third" crane', "The “third” crane"),
        ("“Race,” writing", "“Race,” writing"),
        ("The ‘third’ crane", "The ‘third’ crane"),
        ("‘The workers’ party’", "‘The workers’ party’"),
        ("The harbour's cranes", "The harbour’s cranes"),
        ('A 12" pipe', "A 12&quot; pipe"),
        ("  many \n spaces\t", "many spaces"),
    ],
)
def test_a_mark_is_one_only_where_it_is_paired(title: str, as_html: str) -> None:
    assert written(inlines(title)) == as_html


def test_quotation_marks_are_told_apart_from_text() -> None:
    """Only then can a style set its own: single ones in Harvard, single ones within double ones in Chicago."""
    kinds = [one["t"] for one in inlines("The “third” ‘crane’ isn’t")]
    assert kinds == ["Str", "Space", "Quoted", "Space", "Quoted", "Space", "Str"]
    doubtful = [one["t"] for one in inlines("‘The workers’ party’")]
    assert "Quoted" not in doubtful, (
        "Which of the two closes it? As it was typed, it is right in half of the styles."
    )


@pytest.mark.parametrize(
    ("node", "as_html"),
    [
        ({"t": "Link", "c": [["", [], []], [{"t": "Str", "c": "a"}], ["javascript:alert(1)", ""]]}, "a"),
        ({"t": "RawInline", "c": ["html", "<b onclick=x>"]}, "&lt;b onclick=x&gt;"),
        ({"t": "Code", "c": [["", [], []], "<b>"]}, "&lt;b&gt;"),
        ({"t": "Image", "c": [["", [], []], [{"t": "Str", "c": "a"}], ["file:///etc/passwd", ""]]}, ""),
        (
            {"t": "Emph", "c": [{"t": "Emph", "c": [{"t": "Str", "c": "a"}]}, {"t": "Str", "c": "b"}]},
            "a<em>b</em>",
        ),
    ],
)
def test_what_pandoc_might_answer_with_is_text_too(node: dict[str, object], as_html: str) -> None:
    assert written([node]) == as_html


pieces = st.lists(
    st.sampled_from(
        [
            "<i>",
            "</i>",
            "<b>",
            "</b>",
            "<sub>",
            "</sub>",
            '"',
            "“",
            "”",
            "‘",
            "’",
            "'",
            " ",
            "a",
            "b.",
            "&",
            "<",
            ">",
        ]
    ),
    max_size=60,
).map("".join)


@given(pieces)
def test_no_letter_of_a_title_is_lost(title: str) -> None:
    text = html.unescape(re.sub("</?(?:em|strong|sub)>", "", written(inlines(title))))
    bare = re.compile("</?(?:i|b|sub)>|[\"“”‘’']|\\s")
    assert bare.sub("", text) == bare.sub("", clean(title))


@given(st.text(max_size=80))
def test_any_text_is_only_text(title: str) -> None:
    assert not re.search("<(?!/?(?:em|strong|sup|sub|span)\\b)", written(inlines(title)))


def test_a_title_is_read_in_time_that_grows_with_its_length() -> None:
    """Pandoc's own reader never ended on 170 times `<i>`."""
    began = time.monotonic()
    for piece in ("<i>", "</i>", "<i></b>", "“", "‘", "‘a’ ", '"'):
        assert inlines(piece * 10_000)
    assert time.monotonic() - began < 20, (
        "It takes one second; with the square of the length it would be minutes."
    )
