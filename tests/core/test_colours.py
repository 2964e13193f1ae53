"""The colours of the style sheet: read well on every ground, in both themes, and tell the two sides apart for every eye."""

from __future__ import annotations

from pathlib import Path

import pytest

from debates.views.specimens.colours import (
    ENOUGH_APART,
    ENOUGH_FOR_EDGES,
    ENOUGH_FOR_TEXT,
    GROUNDS,
    SIGHT,
    TEXT,
    contrast,
    distance,
    tokens_in,
)

CSS = (Path(__file__).parents[2] / "forum/static/forum/site.css").read_text()
TOKENS = tokens_in(CSS)
THEMES = ("light", "dark")

every_theme = pytest.mark.parametrize("theme", THEMES)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54)],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_distance_is_measured_in_cielab() -> None:
    assert distance("#336699", "#336699") == 0
    assert distance("#000000", "#ffffff") == pytest.approx(100, abs=0.01), "Lightness goes from 0 to 100."
    assert distance("#ff0000", "#00ff00") == pytest.approx(170.57, abs=0.1)


def test_the_simulated_eyes_confuse_what_such_eyes_confuse() -> None:
    """A red and a green that everybody else tells apart at once."""
    red, green = "#c0504d", "#7f8f3a"
    seen = distance(red, green)
    for sight in ("protanopia", "deuteranopia"):
        assert distance(red, green, sight) < 0.55 * seen, f"The simulation of {sight} sees as everybody does."
    assert distance("#ffffff", "#000000", "tritanopia") == pytest.approx(100, abs=0.5), "Grey stays grey."


def test_the_tokens_are_found() -> None:
    missing = {*GROUNDS, *TEXT, "edge"} - TOKENS.keys()
    assert not missing, f"The style sheet lays down no colour for {missing}, or writes it otherwise."


@every_theme
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("role", TEXT)
def test_text_reads_well_on_every_ground(role: str, ground: str, theme: str) -> None:
    found = contrast(TOKENS[role].shade(theme), TOKENS[ground].shade(theme))
    assert found >= ENOUGH_FOR_TEXT, (
        f"“{role}” on “{ground}” in the {theme} has {found:.2f} : 1, and text wants {ENOUGH_FOR_TEXT} : 1."
    )


@every_theme
def test_what_is_inverted_reads_well(theme: str) -> None:
    """A filled button, a mark with its sign in it: paper on a role's colour."""
    for role in ("ink", "for", "against", "note", "warning"):
        assert contrast(TOKENS["paper"].shade(theme), TOKENS[role].shade(theme)) >= ENOUGH_FOR_TEXT, role


@every_theme
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edges_of_fields_can_be_seen(ground: str, theme: str) -> None:
    found = contrast(TOKENS["edge"].shade(theme), TOKENS[ground].shade(theme))
    assert found >= ENOUGH_FOR_EDGES, f"An edge on “{ground}” in the {theme} has {found:.2f} : 1."


@every_theme
@pytest.mark.parametrize("sight", ["", *SIGHT])
def test_the_two_sides_look_different_to_every_eye(sight: str, theme: str) -> None:
    apart = distance(TOKENS["for"].shade(theme), TOKENS["against"].shade(theme), sight)
    assert apart >= ENOUGH_APART, (
        f"For and against lie {apart:.1f} apart in the {theme} for {sight or 'everybody'}, less than {ENOUGH_APART}."
    )


@every_theme
def test_the_two_sides_are_of_one_weight(theme: str) -> None:
    """Neither side shouts: their contrasts on paper differ by a quarter at most."""
    pros, cons = (
        contrast(TOKENS[side].shade(theme), TOKENS["paper"].shade(theme)) for side in ("for", "against")
    )
    assert max(pros, cons) / min(pros, cons) <= 1.25, f"{pros:.2f} for, {cons:.2f} against."
