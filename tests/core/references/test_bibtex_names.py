"""Names are split first and decoded then: braces keep a body together, small words are particles."""

from __future__ import annotations

import pytest

from debates.formats.references.bibtex_names import read_names, write_names


def person(family: str = "", given: str = "", **parts: str) -> dict[str, str]:
    """Return a name as CSL-JSON has it."""
    named = {
        "family": family,
        "given": given,
        **{part.replace("_", "-"): text for part, text in parts.items()},
    }
    return {part: text for part, text in named.items() if text}


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Lars T. Lih", [person("Lih", "Lars T.")]),
        ("Lih, Lars T.", [person("Lih", "Lars T.")]),
        ("Plato", [person("Plato")]),
        ("李明", [person("李明")]),
        (
            "Marsh, Lena AND Reed, Tom\n   and\n Ito, Ken",
            [person("Marsh", "Lena"), person("Reed", "Tom"), person("Ito", "Ken")],
        ),
        ("Ludwig van Beethoven", [person("Beethoven", "Ludwig", non_dropping_particle="van")]),
        ("van Beethoven, Ludwig", [person("Beethoven", "Ludwig", non_dropping_particle="van")]),
        (
            "de la Vallée Poussin, Charles",
            [person("Vallée Poussin", "Charles", non_dropping_particle="de la")],
        ),
        (
            r"de la Vall{\'e}e Poussin, Charles",
            [person("Vallée Poussin", "Charles", non_dropping_particle="de la")],
        ),
        ("Brinch Hansen, Per", [person("Brinch Hansen", "Per")]),
        ("{de Gaulle}, Charles", [person("de Gaulle", "Charles")]),
        ("d'Alembert, Jean", [person("d'Alembert", "Jean")]),
        ("King, Jr., Martin Luther", [person("King", "Martin Luther", suffix="Jr.")]),
        (r"{\'E}mile Zola", [person("Zola", "Émile")]),
        (r"Karel \v{C}apek", [person("Čapek", "Karel")]),
        (r"Maria {\uppercase{d}e la} Cruz", [person("Cruz", "Maria", non_dropping_particle="de la")]),
        ("Donald~E. Knuth", [person("Knuth", "Donald E.")]),
        ("Family, Given", [person("Family", "Given")]),
        ("{World Health Organization}", [{"literal": "World Health Organization"}]),
        (
            "{Barnes and Noble} and {Simon \\& Schuster}",
            [{"literal": "Barnes and Noble"}, {"literal": "Simon & Schuster"}],
        ),
        ("{{United Nations}}", [{"literal": "United Nations"}]),
        ("Knuth, Donald E. and others", [person("Knuth", "Donald E.")]),
        ("{others}", [{"literal": "others"}]),
        ("Anderson, Ann and Sandor Sand", [person("Anderson", "Ann"), person("Sand", "Sandor")]),
        (
            "family=Brown, given=Robert William, given-i={RW}, suffix=Jr.",
            [person("Brown", "Robert William", suffix="Jr.")],
        ),
        (
            "given=Ludwig, family=Beethoven, prefix=van, useprefix=false",
            [person("Beethoven", "Ludwig", dropping_particle="van")],
        ),
        ('"family={Sand, Inc.}" , given=X', [person("Sand, Inc.", "X")]),
        ("and and", []),
        ("", []),
    ],
)
def test_names_are_read_by_the_rules_of_bibtex(written: str, names: list[dict[str, str]]) -> None:
    assert read_names(written) == names


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (person("Lih", "Lars T."), "Lih, Lars T."),
        (person("Beethoven", "Ludwig", non_dropping_particle="van"), "van Beethoven, Ludwig"),
        (person("King", "Martin Luther", suffix="Jr."), "King, Jr., Martin Luther"),
        (person("de Gaulle", "Charles"), "{de Gaulle}, {Charles}"),
        (person("Plato"), "Plato"),
        (person("others"), "{others},"),
        ({"literal": "Barnes and Noble"}, "{Barnes and Noble}"),
        (
            person("Beethoven", "Ludwig", dropping_particle="van"),
            "family={Beethoven}, given={Ludwig}, prefix={van}, useprefix=false",
        ),
        (
            person("Gaulle", "Charles", non_dropping_particle="De"),
            "family={Gaulle}, given={Charles}, prefix={De}",
        ),
    ],
)
def test_a_name_is_written_in_the_shortest_form_that_says_it(name: dict[str, str], written: str) -> None:
    assert write_names([name], long_form=True) == written
    assert read_names(written) == [name]


def test_bibtex_gets_a_dropping_particle_after_the_given_name() -> None:
    name = person("Beethoven", "Ludwig", dropping_particle="van")
    assert write_names([name], long_form=False) == "Beethoven, Ludwig van", "BibTeX does not know `family=…`."
