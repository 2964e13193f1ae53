"""What a load did, in counts and sentences."""

from collections import Counter
from dataclasses import dataclass, field

CREATED, UPDATED, UNCHANGED, LEFT, REMOVED = "created", "updated", "unchanged", "left as edited", "removed"


@dataclass
class LoadReport:
    """What a load did: counts by kind and outcome, and a sentence for everything that it did not do."""

    debate: str
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)

    def note(self, kind: str, outcome: str) -> None:
        """Count one item."""
        self.counts[kind, outcome] += 1

    def written(self, kind: str) -> int:
        """Return how many items of a kind were written."""
        return self.counts[kind, CREATED] + self.counts[kind, UPDATED]

    def total(self, outcome: str) -> int:
        """Return how many items of all kinds had an outcome."""
        return sum(count for (_kind, found), count in self.counts.items() if found == outcome)


class CheckOnly(Exception):
    """Leave the transaction without writing."""
