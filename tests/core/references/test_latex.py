"""LaTeX becomes words and words become LaTeX, in linear time, however deep it nests."""

from __future__ import annotations

from contextlib import suppress
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.formats.references.latex import DEEPEST, TooDeep, from_latex, tidy, to_latex

PIECES = [
    *(
        "\\",
        "{",
        "}",
        "$",
        "~",
        "^",
        "_",
        "`",
        "'",
        "``",
        "''",
        "--",
        "---",
        "?`",
        " ",
        "\n",
        "%",
        "&",
        "#",
        "é",
        "а",
        "x",
    ),
    *(
        "\\'",
        '\\"',
        "\\c",
        "\\v ",
        "\\t",
        "\\i",
        "\\emph",
        "\\alpha",
        "\\frac",
        "\\href",
        "\\enquote",
        "\\foo",
        "\\\\",
        "\\(",
    ),
    *("\\textsuperscript", "\\newline", "\\par", "\\begin", "\\relax", "\0"),
]
SOUP = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join)


@given(st.text() | SOUP)
def test_any_text_comes_back_from_latex_as_it_was(text: str) -> None:
    assert from_latex(to_latex(text)) == tidy(text.replace("\0", "")), (
        "An export that alters a title is a forgery."
    )


@given(st.text() | SOUP)
def test_what_is_written_has_braces_that_pair(text: str) -> None:
    depth = 0
    for char in to_latex(text):
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0, "BibTeX counts every brace: an odd one swallows the entries that follow."


@given(SOUP)
def test_no_latex_whatever_makes_the_reader_fall_over(latex: str) -> None:
    assert isinstance(from_latex(latex), str)


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"Universit{\'e} de Montr\'eal", "Université de Montréal"),
        (r"{\'E}mile \'{E}mile \'Emile", "Émile Émile Émile"),
        (r"Erd{\H o}s, \v{C}apek, Dvo\v r\'ak", "Erdős, Čapek, Dvořák"),
        (r"na{\"\i}ve, \c c, \k{e}, \r{a}, \=u, \.{I}, \.\i", "naïve, ç, ę, å, ū, İ, i"),
        (r"{\ss} {\AE} {\o} {\L}{\'o}d{\'z} \aa", "ß Æ ø Łódź å"),
        (r"{W}orld {H}ealth {O}rganization", "World Health Organization"),
        (r"{{Nested} {\emph{fonts}}} {\em here} \textit{and there}", "Nested fonts here and there"),
        (r"1914--1918 --- a war", "1914–1918 — a war"),
        (r"``quoted'' and `single' but don't", "“quoted” and ‘single’ but don't"),
        ("the dogs' tails", "the dogs' tails"),
        (r"\enquote{quoted} \mkbibquote{too}", "“quoted” “too”"),
        (r"Ben \& Jerry 100\% \$5 \#1 a\_b \{x\}", "Ben & Jerry 100% $5 #1 a_b {x}"),
        (r"C:\temp\new", r"C:\temp\new"),
        (r"\textbackslash{}temp \textasciitilde{}ada \~{}ben \^{}", r"\temp ~ada ~ben ^"),
        (r"Donald~E.\ Knuth, J.\,S. Bach", "Donald E. Knuth, J. S. Bach"),
        (r"H$_2$O, $E = mc^2$, $\alpha$-decay, $x_{ij}$, 5$^{th}$", "H₂O, E = mc², α-decay, x_ij, 5th"),
        (r"10\textsuperscript{-3} CO\textsubscript{2} 2\textsuperscript{nd}", "10⁻³ CO₂ 2nd"),
        (r"it costs $5", "it costs $5"),
        (r"\href{https://example.org}{the page} \noopsort{1973}Second", "the page Second"),
        (r"\unknown{kept} \LaTeX{} \ldots", "kept LaTeX …"),
        ("a\n  wrapped\r\n\tline", "a wrapped line"),
        (r"one\newline two\newline{}three", "one\ntwo\nthree"),
        (r"?`Qu\'e? !`Hola!", "¿Qué? ¡Hola!"),
        (r"Stra\ss e und \glqq Wort\grqq{}", "Straße und „Wort“"),
        ("дом </script> \u202e", "дом </script> \u202e"),
    ],
)
def test_latex_is_read_as_the_words_that_it_sets(latex: str, words: str) -> None:
    assert from_latex(latex) == words


@pytest.mark.parametrize(
    "latex",
    ["{" * 1000 + "x" + "}" * 1000, r"\emph{" * 1000, r"\'" * 1000, "{" * (DEEPEST + 1)],
    ids=["braces", "commands", "accents", "one too many"],
)
def test_latex_that_nests_a_thousand_deep_is_refused_in_a_sentence(latex: str) -> None:
    with pytest.raises(TooDeep, match="nests more than 50 braces"):
        from_latex(latex)


def test_latex_that_nests_as_deep_as_we_go_is_read() -> None:
    assert from_latex("{" * DEEPEST + "x" + "}" * DEEPEST) == "x"


@pytest.mark.parametrize("piece", [r"\'e", "{x}", "$", "`", "--", r"\foo", "{", "}", " ", r"$x^{2}$", "\\"])
def test_time_grows_with_the_length_and_not_with_its_square(piece: str) -> None:
    def seconds(times: int) -> float:
        begun = perf_counter()
        with suppress(TooDeep):
            from_latex(piece * times)
        return perf_counter() - begun

    long = min(seconds(20_000) for _ in range(2))
    assert long < 2, f"20,000 times {piece} took {long:.1f} s."
