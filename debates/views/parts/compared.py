"""Two wordings of an argument beside each other, word by word."""

from dataclasses import dataclass
from typing import Protocol

from debates.difference import Piece, difference


class Worded(Protocol):
    """What has a claim and an elaboration: an argument, one of its versions, a suggested edit."""

    @property
    def claim(self) -> str: ...

    @property
    def elaboration(self) -> str: ...


@dataclass(frozen=True)
class Compared:
    """What was taken away and what came, in the claim and in the elaboration."""

    claim: list[Piece]
    elaboration: list[Piece]
    differs: bool


def compared(old: Worded, new: Worded) -> Compared:
    """Compare two wordings; line ends are no difference."""
    claim = difference(old.claim, new.claim)
    elaboration = difference(_plain(old.elaboration), _plain(new.elaboration))
    return Compared(claim, elaboration, any(piece.kind != "same" for piece in (*claim, *elaboration)))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
