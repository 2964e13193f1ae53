"""Measure how standings are computed: `make bench`.

Every round visits each measurement in turn, so that whatever else the machine does hits all alike; what is printed are
ratios within a round: least, median and greatest over the rounds. Floors are what no design can do without: to read
the rows, or to write one rating under the lock of its debate.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROUNDS = 7
SIZES = (100, 1_000, 10_000)
SEED = 1917
FLOORS = {
    "write a rating under the lock": "write a rating under the lock",
    "rate, and walk up": "write a rating under the lock",
}
"""What each measurement is a ratio to, where that is not reading the rows."""


def main() -> None:
    """Build the debates, measure in rounds, print the table."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
        os.environ.setdefault("COUNTERPOINT_MODE", "test")
        os.environ.setdefault("COUNTERPOINT_DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        import django

        django.setup()
        _run()


def _run() -> None:
    """Measure, with Django at hand."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    rng = random.Random(SEED)  # noqa: S311  # the same debates in every run, and no secret
    debates = {size: _debate(size, rng) for size in SIZES}
    measured: dict[str, list[float]] = {}
    for _round in range(ROUNDS):
        for name, act in _measurements(debates, rng):
            started = time.process_time()
            act()
            measured.setdefault(name, []).append(time.process_time() - started)
    _print(measured)


def _debate(size: int, rng: random.Random) -> int:
    """Write a debate of some size, as bushy as debates are, with a dozen ratings for every argument; return its key."""
    from debates.actions.weighing.rescore_debates import rescore_debate
    from debates.models import Argument, Debate, Rating, StandingChange
    from debates.tree import depth_of, path_of
    from forum.accounts.models import User

    people = [User.objects.get_or_create(username=f"bench{number}")[0] for number in range(12)]
    debate = Debate.objects.create(slug=f"bench-{size}", question=f"A debate of {size}?")
    thesis = Argument.objects.create(
        debate=debate, kind="thesis", claim="It is.", path=path_of("", 0), depth=0
    )
    placed, children = [thesis], {thesis.path: 0}
    rows = []
    for number in range(size):
        parent = placed[int(len(placed) * rng.random() ** 2)]
        path = path_of(parent.path, children[parent.path])
        children[parent.path] += 1
        stance = rng.choice(["pro", "con"])
        row = Argument(
            debate=debate,
            parent=parent,
            stance=stance,
            attacks="claim" if stance == "con" else "",
            claim=f"Claim {number}.",
            path=path,
            depth=depth_of(path),
            author=rng.choice(people),
        )
        row.save(force_insert=True)
        children[path] = 0
        placed.append(row)
        rows.append(row)
    Rating.objects.bulk_create(
        [
            Rating(argument=row, member=member, holds=rng.randrange(5), matters=rng.randrange(5))
            for row in rows
            for member in people[: rng.randrange(13)]
        ],
        batch_size=2000,
    )
    rescore_debate(debate.pk, StandingChange.Cause.LOADED)
    return debate.pk


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
