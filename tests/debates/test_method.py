"""The page that explains the method: its figures are the engine's, and whatever is typed into its example, it answers."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from debates.forms.method import MOST, Votes, VotesForm
from debates.strength.semantics import METHOD
from debates.strength.words import BANDS
from debates.views.weighing.method import EXAMPLE, small_examples
from debates.views.weighing.worked_example import C1, C2, P1, P2, PARTS, R1, THESIS, Weighed, six
from tests.architecture.test_words import complain, pretended, untranslated
from tests.conftest import Cast, signed_in
from tests.core.strength.examples import WORKED, weighed, without_claim

__all__ = ["pretended"]  # a fixture

ADDRESS = "/method/"
BY_NAME = {part.name: part for part in PARTS}


def page(query: str = "", **headers: str) -> str:
    """Return the page at a query, as a visitor sees it."""
    answer = Client().get(f"{ADDRESS}?{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def text_of(html: str) -> str:
    """Return what can be read on a page, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def faults(html: str) -> list[str]:
    """Return the sentences on what was typed."""
    return [unescape(said) for said in re.findall(r'<li class="wrong"><a [^>]*>(.*?)</a>', html)]


def cells(html: str, step: str) -> list[list[str]]:
    """Return the figures of a step, claim by claim, each as in the example and as the reader changed it."""
    rows = re.findall(rf'<th scope="row">{re.escape(step)}</th>(.*?)</tr>', html, re.DOTALL)
    return [[text_of(cell) for cell in re.findall(r"<td>(.*?)</td>", row, re.DOTALL)] for row in rows]


def read(query: str, name: str = "P1") -> tuple[Votes, list[str]]:
    """Return what becomes of a query for one argument, and the sentences on it."""
    votes, said = VotesForm(QueryDict(query), name, BY_NAME[name].votes).read()
    return votes, [fault.sentence for fault in said]


def test_the_example_is_the_worked_one_of_the_method() -> None:
    mine, theirs = Weighed(EXAMPLE).result, weighed(WORKED)
    assert mine.standing == theirs.standing, (
        "The page must explain the very numbers that the method was tested with."
    )
    assert mine.weight == theirs.weight


@pytest.mark.parametrize(
    ("step", "figures"),
    [
        ("Base, from “does it hold up?”", {R1: "0.700000", P1: "0.692308", P2: "0.583333", C1: "0.565217"}),
        ("Its source, by those who checked", {P1: "0.750000"}),
        ("What the checked source adds", {P1: "0.166667"}),
        ("Weight", {R1: "0.575000", P1: "0.600000", P2: "0.333333", C1: "0.601852", C2: "0.000000"}),
        ("Strength", {R1: "0.700000", P1: "0.700624", C1: "0.486415", THESIS: "0.546990"}),
        ("The thesis without this argument", {R1: "0.535069", P1: "0.495214", C1: "0.637156"}),
    ],
)
def test_every_step_is_shown_to_six_digits(db: None, step: str, figures: dict[int, str]) -> None:
    shown = [row[0].rpartition("= ")[2] for row in cells(page(), step)]
    for figure in figures.values():
        assert figure in shown, f"{step}: the method’s worked example says {figure}."


def test_the_thesis_is_shown_with_its_energy_and_word(db: None) -> None:
    said = text_of(page())
    assert "0.420374 + 0.194444 − 0.292750 − 0.000000 = 0.322069" in said
    assert "contested 0.546990 unanswered objection" in said, "Nobody has answered C2."


@pytest.mark.parametrize("name", ["P1", "C1", "R1", "C2", "P2"])
def test_an_argument_is_taken_away_and_both_figures_stand_side_by_side(db: None, name: str) -> None:
    html = page(f"{name.lower()}-gone=on")
    left = weighed(without_claim(WORKED, BY_NAME[name].key)).standing[THESIS].strength.energy
    (strength,) = [row for row in cells(html, "Strength") if row[0].endswith("= 0.546990")]
    if name == "C2":
        assert strength[1] == "the same", "It weighs nothing as yet."
    else:
        assert strength[1].endswith(f"= {six(left)}")
    assert "You took it away." in html
    assert re.search(rf'name="{name.lower()}-gone"[^>]* checked', html), "What was chosen stands in the form."


def test_small_examples_are_those_of_the_method() -> None:
    outcomes = {(first, second) for _words, first, second in small_examples()}
    for pair in (
        ("0.695122", "0.900000"),
        ("0.304878", "0.100000"),
        ("0.541284", "0.521000"),
        ("0.215385", "0.087500"),
        ("0.431034", "0.375000"),
        ("0.973176", "0.500327"),
        ("0.560000", "0.560000"),
        ("0.411765", "0.411765"),
    ):
        assert pair in outcomes


NUMBERS = st.integers(0, 40)


@st.composite
def any_votes(draw: st.DrawFn, checked: bool) -> Votes:
    """Draw answers that people can have given."""
    yes, no, answers = draw(NUMBERS), draw(NUMBERS), draw(NUMBERS)
    return Votes(
        yes,
        no,
        answers,
        draw(st.integers(0, 4 * answers)),
        draw(st.integers(max(yes + no, answers), yes + no + answers)),
        (draw(NUMBERS), draw(NUMBERS), draw(NUMBERS)) if checked else None,
        draw(st.booleans()),
    )


VOTES = st.fixed_dictionaries({part.key: any_votes(part.votes.check is not None) for part in PARTS})
AS_PYTHON = str.maketrans({"·": "*", "−": "-", "²": "**2"})


@given(VOTES)
def test_every_sum_gives_the_figure_beside_it(votes: dict[int, Votes]) -> None:
    found = Weighed(votes, Weighed(EXAMPLE))
    for key in range(6):
        for step, figure in found.figures(key).items():
            if figure.sum:
                outcome = eval(figure.sum.translate(AS_PYTHON), {"__builtins__": {}})  # noqa: S307  # figures of ours
                value = float(figure.value.translate(AS_PYTHON))
                assert outcome == pytest.approx(value, abs=1e-5), (
                    f"{step}: {figure.sum} is not {figure.value}."
                )


@given(VOTES)
def test_the_form_gives_back_what_can_be_answered(votes: dict[int, Votes]) -> None:
    for part in PARTS:
        given_ = votes[part.key]
        query = QueryDict(mutable=True)
        for name in ("yes", "no", "answers", "points", "people"):
            query[f"{part.name.lower()}-{name}"] = str(getattr(given_, name))
        for name, count in zip(("yes", "partly", "no"), given_.check or (), strict=False):
            query[f"{part.name.lower()}-said_{name}"] = str(count)
        if given_.gone:
            query[f"{part.name.lower()}-gone"] = "on"
        assert VotesForm(query, part.name, part.votes).read() == (given_, []), (
            "An address is shared as it was."
        )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("NaN", "NaN"),
        ("inf", "inf"),
        ("-1", "-1"),
        ("1e9", "1e9"),
        ("2.5", "2.5"),
        (str(MOST + 1), str(MOST + 1)),
        ("9" * 5000, "999999999999…"),
        ("1" + " " * 90 + "2", "1           …"),
        ("'\"><b>", "&#x27;&quot;&gt;&lt;b&gt;"),
        ("%00%ff", "\ufffd"),
    ],
)
def test_what_is_no_number_of_people_is_answered_with_a_sentence(db: None, typed: str, kept: str) -> None:
    html = page(f"p1-yes={typed}")
    assert faults(html) == [
        "P1, “Say that it holds up”: give a whole number from 0 to 1000. Until then it is 14, as in the example."
    ]
    assert "The thesis with your changes" not in html, "The figures fall back to the example’s."
    (field,) = re.findall(r'<input[^>]*name="p1-yes"[^>]*>', html)
    assert 'aria-invalid="true"' in field
    assert (f'value="{kept}"' in field) if kept else ("value=" not in field), "What was typed is not lost."


def test_answers_that_cannot_have_been_given_so_are_answered_with_a_sentence() -> None:
    votes, said = read("p1-answers=2")
    assert (votes.points, said) == (
        8,
        ["P1, “Their points, 0 to 4 each”: 2 answers of 0 to 4 give at most 8 points, so 8 are taken."],
    )
    for typed in ("17", "25", "x", "-1"):
        votes, said = read(f"p1-people={typed}")
        assert (votes.people, len(said)) == (18, 1), (
            "18 people gave the answers, and all 24 may be different ones."
        )
        assert "18 people at least and 24 at most; 18 are taken." in said[0]
    assert read("p1-people=24")[0].people == 24
    assert read("p1-people=")[0].people == 18, "Left empty: as few as can have answered so."


def test_every_field_that_was_not_taken_at_its_word_is_marked(db: None) -> None:
    html = page("p1-yes=x&p2-points=99&c1-people=1&r1-no=2&r1-no=1")
    marked = re.findall(r'<input[^>]*name="([^"]*)"[^>]*aria-invalid="true"', html)
    assert marked == ["p1-yes", "p2-points", "c1-people", "r1-no"]
    ids = re.findall(r'<li class="wrong"><a href="#([^"]*)"', html)
    assert ids == [f"id_{name}" for name in marked], "Each sentence leads to its field."


def test_a_number_given_twice_is_answered_with_a_sentence() -> None:
    votes, said = read("p1-yes=3&p1-yes=5")
    assert votes.yes == 5
    assert said == ["P1, “Say that it holds up”: given more than once; the last one is taken."]
    assert read("p2-said_yes=3&p2-said_yes=5", "P2") == (EXAMPLE[P2], []), (
        "P2 cites nothing, so there is nothing to say."
    )


def test_what_an_address_leaves_out_is_as_in_the_example(db: None) -> None:
    assert all(read("", part.name) == (part.votes, []) for part in PARTS)
    assert faults(page("utm_source=elsewhere&p9-yes=1")) == []


@given(
    st.dictionaries(
        st.sampled_from(["yes", "no", "answers", "points", "people", "gone", "said_no"]), st.text()
    )
)
def test_nothing_that_is_typed_can_break_it(typed: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    for name, value in typed.items():
        query[f"p1-{name}"] = value
    votes, said = VotesForm(query, "P1", EXAMPLE[P1]).read()
    assert 0 <= Weighed({**EXAMPLE, P1: votes}).result.standing[THESIS].strength.energy <= 1
    assert len(said) <= len(typed) + 1, (
        "A sentence a field, and one more where points and answers do not agree."
    )


def test_the_word_that_stood_before_stays_near_the_edge(db: None) -> None:
    said = text_of(page("c1-yes=0&r1-yes=21"))
    assert "contested 0.601887" in said
    assert "By its value it would be “leaning backed”; “contested” stood before" in said


def test_with_everything_taken_away_nothing_is_said(db: None) -> None:
    html = page("&".join(f"{part.name.lower()}-gone=1" for part in PARTS))
    assert "too little reviewed to say 0.500000" in text_of(html)
    assert "There is no argument left to take away." in html


def test_an_answer_to_what_is_gone_reaches_nothing(db: None) -> None:
    weights = {row[0].rpartition("= ")[2]: row[1] for row in cells(page("c1-gone=1"), "Weight")}
    assert weights["0.575000"] == "–", "R1 answers C1, and C1 is gone."
    assert weights["0.600000"] == "the same"


def test_htmx_gets_the_figures_and_what_is_told_aloud(db: None) -> None:
    piece = page("c1-gone=on&p2-yes=x", **{"HX-Request": "true"})
    assert "<html" not in piece
    assert "<form" not in piece, "The form stays, and with it the focus."
    (told,) = re.findall(r'<p id="method-says" data-hx-swap-oob="innerHTML">(.*?)</p>', piece)
    assert told == "The thesis now stands at 0.637156: leaning backed. One input could not be taken as it is."
    for taking in ('tabindex="-1"', "refusal", "field-wrong", "preview"):
        assert taking not in piece, f"site.js would move the focus to what is marked {taking}."


def test_the_whole_page_comes_when_htmx_goes_back(db: None) -> None:
    whole = page("c1-gone=on", **{"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in whole
    assert "data-hx-swap-oob" not in whole


def test_pieces_and_pages_are_kept_apart_by_what_stores_them(db: None) -> None:
    assert "HX-Request" in Client().get(ADDRESS)["Vary"]


def test_without_scripts_it_is_a_plain_form(db: None) -> None:
    html = page()
    (form,) = re.findall(r'<form class="method-form"[^>]*>', html)
    assert f'action="{ADDRESS}#play" method="get" novalidate' in form, (
        "A browser that checked the numbers itself would hold back the request, and no sentence would be said."
    )
    assert re.search(r'<p id="method-says"[^>]*role="status"></p>', html), (
        "A live region is there before it speaks."
    )
    assert html.count('id="method-says"') == 1
    assert html.count('type="submit">Compute') == 1


def test_it_asks_the_database_nothing(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        Client().get(ADDRESS)
    dan = signed_in(cast.dan)
    with CaptureQueriesContext(connection) as frame:
        dan.get("/rules/")
    with django_assert_num_queries(len(frame)):  # the frame of the page asks who it is, and for notices
        dan.get(ADDRESS)


def test_it_names_the_bands_and_the_version_of_the_engine(db: None) -> None:
    said = text_of(page())
    for low, high in BANDS.values():
        assert f"{low:.2f} {high:.2f}" in said
    assert f"This is version {METHOD}." in said


def test_all_its_words_can_be_translated(db: None, pretended: None) -> None:
    for query in (
        "",
        "p1-yes=NaN&p2-points=99&c1-gone=on&r1-yes=3&r1-yes=4&c2-people=9",
        "c1-yes=0&r1-yes=21",
    ):
        complain([f"{query}: {words}" for words in untranslated(page(query))])
