"""Measure how standings are computed: `make bench`.

Every round visits each measurement in turn, so that whatever else the machine does hits all alike; what is printed are
ratios within a round: least, median and greatest over the rounds. Floors are what no design can do without: to read
the rows, or to write one rating under the lock of its debate.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

from bench.debates import SEED, SIZES, a_debate, a_site

ROUNDS = 7
FLOORS = {
    "write a rating under the lock": "write a rating under the lock",
    "rate, and walk up": "write a rating under the lock",
}
"""What each measurement is a ratio to, where that is not reading the rows."""


def main() -> None:
    """Build the debates, measure in rounds, print the table."""
    rng = random.Random(SEED)  # noqa: S311  # the same debates in every run, and no secret
    with a_site():
        debates = {size: a_debate(size, rng) for size in SIZES}
        measured: dict[str, list[float]] = {}
        for _round in range(ROUNDS):
            for name, act in _measurements(debates, rng):
                started = time.process_time()
                act()
                measured.setdefault(name, []).append(time.process_time() - started)
        _print(measured)


def _measurements(debates: dict[int, int], rng: random.Random) -> list[tuple[str, Callable[[], object]]]:
    """Return what is measured in one round, the floors first."""
    from django.contrib.auth.models import AnonymousUser
    from django.db import transaction

    from debates.actions.arranging.placing import lock_tree
    from debates.actions.weighing.rate import rate
    from debates.actions.weighing.rescore_debates import find_drift
    from debates.actions.weighing.standing_whole import whole
    from debates.models import Argument, Rating
    from debates.strength.graph import Graph, compute
    from debates.views.weighing.why import why_of
    from forum.accounts.models import User

    found: list[tuple[str, Callable[[], object]]] = []
    member, _made = User.objects.get_or_create(username="bench-reader")

    def vote(one: Argument) -> object:
        return rate(member, one, holds=rng.randrange(5))

    def explain(key: int) -> object:
        return why_of(Argument.objects.get(debate=key, kind="thesis"), AnonymousUser())

    for size, key in debates.items():
        arguments = Argument.objects.filter(debate=key, kind="argument")
        one = arguments.get(pk=rng.choice(list(arguments.values_list("pk", flat=True))))

        def read(key: int = key) -> object:
            rows = Argument.objects.filter(debate=key, kind="argument")
            return list(rows.values_list("pk", "parent_id", "stance", "attacks", "path"))

        def write(key: int = key, one: Argument = one) -> None:
            with transaction.atomic():
                lock_tree(key)
                Rating.objects.update_or_create(
                    argument=one, member=member, defaults={"holds": rng.randrange(5)}
                )

        read_all = whole(key)
        graph = Graph(read_all.claims, read_all.places)
        found += [
            (f"{size}: read the rows", read),
            (f"{size}: write a rating under the lock", write),
            (f"{size}: compute all, rows at hand", partial(compute, graph)),
            (f"{size}: find drift (read, count, compute, compare)", partial(find_drift, key)),
            (f"{size}: rate, and walk up", partial(vote, one)),
            (f"{size}: explain the thesis", partial(explain, key)),
        ]
    return found


def _print(measured: dict[str, list[float]]) -> None:
    """Print each measurement in milliseconds of CPU and as a ratio to the floor of its size."""
    sys.stdout.write(f"{'measurement':<52} {'ms':>9} {'least':>8} {'median':>8} {'most':>8}  to\n")
    for name, times in measured.items():
        size = name.split(":")[0]
        floor = f"{size}: {FLOORS.get(name.split(': ')[1], 'read the rows')}"
        ratios = [own / base for own, base in zip(times, measured[floor], strict=True)]
        middle = statistics.median(times) * 1000
        sys.stdout.write(
            f"{name:<52} {middle:>9.2f} {min(ratios):>8.2f} {statistics.median(ratios):>8.2f} {max(ratios):>8.2f}"
            f"  {floor.split(': ')[1]}\n"
        )


if __name__ == "__main__":
    main()
