"""What can be wrong in a seed, and how it is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

type Place = tuple[str | int, ...]
"""Where in a file: the keys and numbers that lead there."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a seed."""

    file: str
    line: int
    field: str
    sentence: str

    def __str__(self) -> str:
        return (
            f"{self.file}, line {self.line}: {self.field}: {self.sentence}"
            if self.field
            else f"{self.file}, line {self.line}: {self.sentence}"
        )


class SeedError(ValueError):
    """Carry everything that is wrong in the seeds, so that one reading mends all."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def written(place: Place) -> str:
    written = ""
    for step in place:
        written += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if written else step
    return written


def shown(value: Any) -> str:
    """Return a value as a person would point at it. Any: YAML."""
    if isinstance(value, str):
        return f"“{value[:60]}…”" if len(value) > 60 else f"“{value}”"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
