"""No hostile quotation is found and every faithful one is: two lists that grow, and never shrink, with what people try."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from debates.bibliography.quotation import FoldedText, Match, Outcome

FOLDER = Path(__file__).parent / "quotations"
ABSENT = {Outcome.NOT_FOUND, Outcome.TOO_SHORT, Outcome.TOO_LONG}


def read(name: str) -> dict[str, Any]:
    """Return one file of the set. Any: YAML."""
    data: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return data


TEXTS: dict[str, list[str]] = read("texts.yaml")


def cases(name: str) -> list[Any]:
    """Return each quotation of a file with its text, as a test by the name of its class. Any: what pytest makes of it."""
    return [
        pytest.param(text, written, id=f"{kind} {number}")
        for kind, rows in read(name).items()
        for number, (text, quotation) in enumerate(rows, 1)
        for written in unfolded(quotation)
    ]


def unfolded(quotation: Any) -> Iterator[str]:
    """Write a quotation out: as it stands, or repeated up to a number of characters. Any: YAML."""
    if isinstance(quotation, str):
        yield quotation
    else:
        length = quotation["characters"]
        yield (quotation["repeat"] * length)[:length]


def look(texts: str, quotation: str) -> Match:
    """Look for a quotation in one text or in several at once."""
    passages: list[str] = []
    begins = []
    for name in texts.split(" + "):
        begins.append(len(passages))
        passages += TEXTS[name]
    return FoldedText(passages, begins).find(quotation)


@pytest.mark.parametrize(("text", "quotation"), cases("hostile.yaml"))
def test_no_hostile_quotation_is_found(text: str, quotation: str) -> None:
    outcome = look(text, quotation).outcome
    assert outcome in ABSENT, f"“{quotation[:200]}” is not in {text}, and was said to be."


@pytest.mark.parametrize(("text", "quotation"), cases("faithful.yaml"))
def test_every_faithful_quotation_is_found(text: str, quotation: str) -> None:
    outcome = look(text, quotation).outcome
    assert outcome in {Outcome.FOUND, Outcome.SEVERAL}, f"“{quotation}” is in {text}, and was not found."


def test_the_set_is_large_enough() -> None:
    assert len(cases("hostile.yaml")) >= 200
    assert len(cases("faithful.yaml")) >= 60


@pytest.mark.parametrize(("text", "quotation"), cases("faithful.yaml"))
def test_a_faithful_quotation_is_not_found_in_any_other_text(text: str, quotation: str) -> None:
    """A matcher that says yes to everything would pass half of the set."""
    others = " + ".join(name for name in TEXTS if name != text and not twins(name, text))
    assert look(others, quotation).outcome in ABSENT


def twins(one: str, other: str) -> bool:
    """Say whether two texts share words on purpose: both say that all men are created equal."""
    return {one, other} == {"gettysburg", "declaration"}
